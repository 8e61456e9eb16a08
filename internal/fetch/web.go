package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// web is the way to the network for one resource. It remembers which hosts the
// user typed.
type web struct {
	client  *http.Client
	config  *Config
	timeout time.Duration
}

// response is the answer to one request.
type response struct {
	body        []byte
	contentType string
	url         string // after redirects, without credentials
}

// newWeb makes the client of a resource. The hosts are those that the user typed.
func (c *Client) newWeb(hosts []string) *web {
	g := newGuard(hosts, c.config.DenyPrivate, c.config.Control)
	g.ports = c.config.Ports
	transport := &http.Transport{
		Proxy:                  nil, // a proxy would dial for us, past the guard
		DialContext:            g.dial,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // readBody unpacks, within the limit
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  c.config.Timeout,
		MaxResponseHeaderBytes: 256 << 10,
		MaxConnsPerHost:        concurrency,
		MaxIdleConnsPerHost:    concurrency,
		IdleConnTimeout:        10 * time.Second,
	}
	return &web{
		config:  &c.config,
		timeout: c.config.Timeout,
		client: &http.Client{
			Transport:     &dresser{next: transport, config: &c.config, guard: g},
			CheckRedirect: checkRedirect,
			Jar:           c.jar,
		},
	}
}

// get reads one URL.
func (w *web) get(ctx context.Context, u *url.URL, lim limit, referer string) (*response, error) {
	source := bare(u)
	if u.Scheme == "" {
		return nil, &Error{Kind: Refused, Source: source, Err: ErrNoAddress}
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, &Error{Kind: Refused, Source: source, Err: fmt.Errorf("scheme %q is not http or https", u.Scheme)}
	}
	if err := w.config.checkAllowed(u, lim); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &Error{Kind: Refused, Source: source, Err: err}
	}
	req.Header.Set("Accept", lim.accept)
	if referer != "" {
		req.Header.Set("Referer", referer) // picture hosts turn away requests without one
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, webError(source, err)
	}
	defer resp.Body.Close()
	if err := w.config.checkAllowed(resp.Request.URL, lim); err != nil { // where redirects led
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, &Error{
			Kind: Status, Source: source, Code: resp.StatusCode,
			Err: fmt.Errorf("the server answered %d %s", resp.StatusCode, http.StatusText(resp.StatusCode)),
		}
	}
	body, err := readBody(resp, source, lim)
	if err != nil {
		return nil, webError(source, err)
	}
	return &response{body: body, contentType: resp.Header.Get("Content-Type"), url: bare(resp.Request.URL)}, nil
}

// checkRedirect bounds the redirects of a request. The guard checks where each
// of them leads.
func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > MaxRedirect {
		return &Error{Kind: Refused, Err: fmt.Errorf("more than %d redirects", MaxRedirect)}
	}
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return &Error{Kind: Refused, Err: fmt.Errorf("redirected to scheme %q", req.URL.Scheme)}
	}
	if via[0].URL.Scheme == "https" && req.URL.Scheme == "http" {
		req.Header.Del("Referer") // RFC 9110 §10.1.3
	}
	return nil
}

// dresser puts the configured headers on each request, redirected ones too.
type dresser struct {
	next   http.RoundTripper
	config *Config
	guard  *guard
}

func (d *dresser) RoundTrip(req *http.Request) (*http.Response, error) {
	dressed := req.Clone(req.Context())
	dressed.Header.Set("User-Agent", d.config.UserAgent)
	if d.guard.isTyped(req.URL.Hostname()) {
		for name, values := range d.config.Headers {
			if http.CanonicalHeaderKey(name) == "Host" && len(values) > 0 {
				dressed.Host = values[0]
				continue
			}
			dressed.Header[http.CanonicalHeaderKey(name)] = values
		}
	}
	dressed.Header.Set("Accept-Encoding", "gzip")
	return d.next.RoundTrip(dressed)
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the transport.
func (d *dresser) CloseIdleConnections() {
	if t, ok := d.next.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

// bare is a URL without credentials and fragment.
func bare(u *url.URL) string {
	b := *u
	b.User, b.Fragment, b.RawFragment = nil, "", ""
	return b.String()
}
