package callback

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"offprint/internal/fetch"
	"offprint/internal/livefile"
	"offprint/internal/queue"
)

const (
	// timeout bounds a call; Standard Webhooks suggests 15 to 30 s.
	timeout = 20 * time.Second
	// maxAnswer is how much of an answer is read, so that the connection can be
	// used again, in bytes.
	maxAnswer = 64 << 10
	// maxRetryAfter is the longest Retry-After that is believed.
	maxRetryAfter = 24 * time.Hour
)

// Options are what a program adds to the configuration. The zero value is ready
// for use.
type Options struct {
	UserAgent string // empty: "offprint"
	// Control, when not nil, is asked before each connection, as in [fetch.Config].
	Control func(network, address string) error
	// Reread, when not nil, is told of each reading of the secrets after the first:
	// nil, or why they stay as they were.
	Reread func(error)
}

// Caller makes calls. It is safe for use by many goroutines at once.
type Caller struct {
	client  *http.Client
	secrets *livefile.File[Secrets]
	agent   string
}

var _ queue.Caller = (*Caller)(nil)

// New reads the secrets and makes a caller.
func New(c *Config, o Options) (*Caller, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if c.SecretFile == "" {
		return nil, errors.New("callbacks.secret_file is missing: calls are signed, so that the receiver can trust them")
	}
	read := func() (Secrets, error) { return ReadSecrets(c.SecretFile) }
	secrets, err := livefile.Open([]string{c.SecretFile}, read, o.Reread)
	if err != nil {
		return nil, err
	}
	transport, err := fetch.Transport(c.AllowHosts, o.Control)
	if err != nil {
		return nil, err
	}
	if o.UserAgent == "" {
		o.UserAgent = "offprint"
	}
	return &Caller{
		secrets: secrets,
		agent:   o.UserAgent,
		client: &http.Client{
			Transport:     transport,
			Timeout:       timeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// Look reads the secrets again now. They are also read again by themselves, when a
// call is signed and their file has changed.
func (c *Caller) Look() { c.secrets.Look() }

// Close lets go of idle connections.
func (c *Caller) Close() { c.client.CloseIdleConnections() }

// Call implements [queue.Caller]. Its errors hold no address: a callback's query
// may hold a key.
func (c *Caller) Call(ctx context.Context, call queue.Call) (retryAfter time.Duration, err error) {
	if err := queue.CheckCallback(call.URL); err != nil {
		return 0, err
	}
	req, err := c.request(ctx, call)
	if err != nil {
		return 0, err
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return 0, noAnswer(err)
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer)
	return judge(resp, call.Time)
}

func (c *Caller) request(ctx context.Context, call queue.Call) (*http.Request, error) {
	signature, err := c.secrets.Get().Sign(call.ID, call.Time, call.Body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, call.URL, bytes.NewReader(call.Body))
	if err != nil {
		return nil, errors.New("the callback is not a URL")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set(standardwebhooks.HeaderWebhookID, call.ID)
	req.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(call.Time.Unix(), 10))
	req.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	return req, nil
}

// judge says what an answer means (Standard Webhooks 1.0.0, "Deliverability and
// reliability").
func judge(resp *http.Response, now time.Time) (retryAfter time.Duration, err error) {
	code := resp.StatusCode
	answer := fmt.Sprintf("the server answered %d %s", code, http.StatusText(code))
	switch {
	case code >= 200 && code < 300:
		return 0, nil
	case code == http.StatusGone:
		return 0, fmt.Errorf("%s: %w", answer, queue.ErrGone)
	case code >= 300 && code < 400:
		return 0, fmt.Errorf("%s: redirects are not followed, give the final address", answer)
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		return parseRetryAfter(resp.Header.Get("Retry-After"), now), errors.New(answer)
	}
	return 0, errors.New(answer)
}

// parseRetryAfter reads seconds or a date (RFC 9110 §10.2.3); 0: neither, or no
// wait.
func parseRetryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), maxRetryAfter)
	}
	if value == "" || strings.Trim(value, "0123456789") != "" {
		return 0
	}
	seconds, err := strconv.ParseInt(value, 10, 64)
	if err != nil || seconds > int64(maxRetryAfter/time.Second) {
		return maxRetryAfter // more digits than a number can have
	}
	return time.Duration(seconds) * time.Second
}

// noAnswer says why there was no answer, without the callback and without what
// names and addresses there are in the operator's network.
func noAnswer(err error) error {
	var refused *fetch.Error
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	var network net.Error
	var number syscall.Errno
	switch {
	case errors.As(err, &refused) && refused.Kind == fetch.Refused:
		return errors.New("the host is at no public address, or the port is not 80 or 443: if you trust it, " +
			"list it in allow_hosts of the section [callbacks]")
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &network) && network.Timeout():
		return errors.New("no answer in time")
	case errors.As(err, &certificate):
		return errors.New("the server's certificate is not trusted")
	case errors.As(err, &name):
		return errors.New("the host's name was not found")
	case errors.As(err, &number):
		return fmt.Errorf("no connection: %s", number.Error())
	}
	return errors.New("no connection, or it was broken off")
}
