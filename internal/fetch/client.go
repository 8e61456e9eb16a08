package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"time"
)

// Limits on what is read.
const (
	MaxPage     = 8 << 20   // bytes of a page, unpacked
	MaxPicture  = 20 << 20  // bytes of a picture
	MaxPictures = 64        // pictures of one page
	MaxTogether = 128 << 20 // bytes of all of a page's pictures
	MaxRedirect = 5         // redirects of one request
	concurrency = 6         // pictures under way at once
)

// DefaultTimeout is how long a request may take when Config names no time.
const DefaultTimeout = 30 * time.Second

// Stdin is the source that stands for standard input.
const Stdin = "-"

// Config says how to fetch. The zero value is ready for use.
type Config struct {
	// BaseURL stands in for the address of a page that comes from a file or
	// from standard input: http, https, or a local folder or file.
	BaseURL string
	// Headers go with each request to the host that the user typed, and to no
	// other.
	Headers http.Header
	// CookieFile is a cookie file in Netscape's format, as curl writes it.
	CookieFile string
	UserAgent  string        // empty: "offprint"
	Timeout    time.Duration // of one request, body included; 0: DefaultTimeout
	// DenyPrivate refuses private addresses also for the typed host: for
	// servers, where the person who types is a stranger.
	DenyPrivate bool
	// AllowHosts, when there are any, are the only hosts that pages are read
	// from, with the hosts beneath them.
	AllowHosts []string
	// Ports are HOST:PORT beside 80 and 443 at which pages of a host, and of those
	// beneath it, may be read where DenyPrivate holds. Entries without a port say
	// nothing. Where it does not hold, the typed host may be at any port.
	Ports []string
	Stdin io.Reader // nil: the process's own

	// Control, when not nil, is asked before each connection, with the address
	// that the host's name has become. Tests refuse all but loopback with it.
	Control func(network, address string) error
}

// Client opens pages. It is safe for use by many goroutines at once.
type Client struct {
	config Config
	jar    http.CookieJar // nil without a cookie file
}

// New checks the configuration and reads the cookie file.
func New(config Config) (*Client, error) {
	c := &Client{config: config}
	if c.config.Timeout == 0 {
		c.config.Timeout = DefaultTimeout
	}
	if c.config.UserAgent == "" {
		c.config.UserAgent = "offprint"
	}
	if err := checkBase(config.BaseURL); err != nil {
		return nil, err
	}
	if err := CheckHosts(config.AllowHosts); err != nil {
		return nil, err
	}
	if config.CookieFile == "" {
		return c, nil
	}
	cookies, err := readCookies(config.CookieFile)
	if err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("make cookie jar: %w", err)
	}
	for _, cookie := range cookies {
		jar.SetCookies(cookie.origin, []*http.Cookie{cookie.cookie})
	}
	c.jar = jar
	return c, nil
}

// Open reads the page at source: an http or https URL, the path or file: URL of
// a file, or "-". Call Close on the resource when its pictures are fetched.
// Errors are of type *Error.
func (c *Client) Open(ctx context.Context, source string) (*Resource, error) {
	return c.open(ctx, source, pageLimit)
}

// Read reads a page that the caller holds, under the rules of a page from standard
// input. Errors are of type *Error.
func (c *Client) Read(in io.Reader) (*Resource, error) {
	return c.read(in, "the HTML", pageLimit)
}

// OpenPicture reads a picture that the user, not a page, named: a logo.
func (c *Client) OpenPicture(ctx context.Context, source string) ([]byte, error) {
	r, err := c.open(ctx, source, pictureLimit)
	if err != nil {
		return nil, err
	}
	r.Close()
	return r.Body, nil
}

// Detached is a resource for an article that came without its page: the
// pictures of it may be at public addresses, and beneath Config.BaseURL.
func (c *Client) Detached() (*Resource, error) {
	return c.newResource(c.config.BaseURL, "")
}

func (c *Client) open(ctx context.Context, source string, lim limit) (*Resource, error) {
	switch address, kind := classify(source); kind {
	case fromStdin:
		return c.openStdin(lim)
	case fromFile:
		return c.openFile(address, lim)
	case fromWeb:
		return c.openURL(ctx, address, lim)
	default:
		return nil, &Error{
			Kind: Refused, Source: source,
			Err: errors.New("a source is an http or https URL, a file, or -"),
		}
	}
}

func (c *Client) openURL(ctx context.Context, source string, lim limit) (*Resource, error) {
	u, err := url.Parse(source)
	if err != nil || u.Host == "" {
		return nil, &Error{Kind: Refused, Source: source, Err: errors.New("not a whole URL")}
	}
	r, err := c.newResource(c.config.BaseURL, u.Hostname())
	if err != nil {
		return nil, err
	}
	got, err := r.web.get(ctx, u, lim, "")
	if err != nil {
		r.Close()
		return nil, err
	}
	r.Body, r.ContentType, r.URL = got.body, got.contentType, got.url
	if r.BaseURL == "" {
		r.BaseURL = got.url
	}
	return r, nil
}

func (c *Client) openStdin(lim limit) (*Resource, error) {
	in := c.config.Stdin
	if in == nil {
		in = os.Stdin
	}
	return c.read(in, "standard input", lim)
}

// read takes a body that comes without its address: Config.BaseURL stands for it.
func (c *Client) read(in io.Reader, name string, lim limit) (*Resource, error) {
	body, err := readAll(in, -1, name, lim)
	if err != nil {
		return nil, fileError(name, err)
	}
	r, err := c.newResource(c.config.BaseURL, "")
	if err != nil {
		return nil, err
	}
	r.Body, r.URL = body, r.BaseURL
	return r, nil
}

// The kinds of source.
type sourceKind uint8

const (
	fromNowhere sourceKind = iota
	fromStdin
	fromFile
	fromWeb
)

// classify parts URLs, files and standard input. A file: URL becomes a path.
func classify(source string) (address string, kind sourceKind) {
	scheme, _, hasScheme := strings.Cut(source, "://")
	switch {
	case source == Stdin:
		return source, fromStdin
	case source == "":
		return source, fromNowhere
	case !hasScheme || strings.ContainsAny(scheme, `/\.`):
		return source, fromFile
	case strings.EqualFold(scheme, "http"), strings.EqualFold(scheme, "https"):
		return source, fromWeb
	case strings.EqualFold(scheme, "file"):
		if u, err := url.Parse(source); err == nil && localHost(u.Host) {
			return u.Path, fromFile
		}
	}
	return source, fromNowhere
}

// localHost reports whether the host of a file: URL is this machine (RFC 8089 §2).
func localHost(host string) bool { return host == "" || strings.EqualFold(host, "localhost") }
