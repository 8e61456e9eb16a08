package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// Kind is why something was not fetched.
type Kind string

// The kinds of failure.
const (
	Unreachable Kind = "unreachable" // no connection, no such host, broken TLS
	Timeout     Kind = "timeout"     // no whole answer in time
	Status      Kind = "status"      // the server answered with an error
	TooLarge    Kind = "too-large"   // over a limit
	Refused     Kind = "refused"     // not allowed to be read
	Missing     Kind = "missing"     // no such file
	Unreadable  Kind = "unreadable"  // a file or body that cannot be read or unpacked
)

// Error says what was not fetched and why.
type Error struct {
	Kind   Kind
	Source string // URL without credentials, path, "standard input" or "the HTML"
	Code   int    // HTTP status, with Kind Status
	Err    error
}

func (e *Error) Error() string {
	source := e.Source
	if len(source) > 200 {
		source = strings.ToValidUTF8(source[:200], "") + "…"
	}
	return fmt.Sprintf("fetch %s: %v", source, e.Err)
}

// ErrNoAddress says that a picture has a relative address, and nobody said where
// the page stands.
var ErrNoAddress = errors.New("a relative address, and the page's own is not known")

func (e *Error) Unwrap() error { return e.Err }

// Hint says what the user can do about it.
func (e *Error) Hint() string {
	switch e.Kind {
	case Unreachable:
		var certificate *tls.CertificateVerificationError
		if errors.As(e.Err, &certificate) {
			return "the site's certificate is not trusted; " +
				"if you trust the site, save the page in a browser and print the file"
		}
		return "check the address and the network connection"
	case Timeout:
		return "try again, or allow more time"
	case Status:
		return statusHint(e.Code)
	case TooLarge:
		return "this is hardly one article: give the address of the article itself"
	case Missing:
		if host, _, hasPath := strings.Cut(e.Source, "/"); hasPath && strings.Contains(host, ".") && host[0] != '.' {
			return "for a web page, write the whole address: https://" + e.Source
		}
		return "check the path; for a web page, write the whole address with https://"
	case NotAllowed:
		return "add the host to those that pages may be read from"
	case Refused:
		return "only the host or folder that you named and public addresses are read"
	}
	return "check that it can be opened"
}

func statusHint(code int) string {
	switch {
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return "the site wants a login or turns programs away: " +
			"send cookies or headers, or save the page in a browser and print the file"
	case code == http.StatusNotFound, code == http.StatusGone:
		return "check the address: the page is not there"
	case code == http.StatusTooManyRequests, code >= 500:
		return "the site is busy or broken: try again later"
	}
	return "open the address in a browser to see what the site says"
}

// webError makes an *Error of what net/http gave back.
func webError(source string, err error) error {
	var own *Error
	if errors.As(err, &own) {
		if own.Source == "" {
			own.Source = source
		}
		return own
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // without the URL, which may hold a password
	}
	kind := Unreachable
	var network net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &network) && network.Timeout() {
		kind = Timeout
	}
	return &Error{Kind: kind, Source: source, Err: err}
}

// fileError makes an *Error of what the file system gave back.
func fileError(source string, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	kind := Unreadable
	if errors.Is(err, fs.ErrNotExist) {
		kind = Missing
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // the path is in the message already
	}
	return &Error{Kind: kind, Source: source, Err: err}
}
