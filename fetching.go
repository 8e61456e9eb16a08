package offprint

import (
	"io"
	"net/http"
	"time"

	"offprint/internal/fetch"
)

// FetchOptions say how pages and pictures are read. The zero value is ready for
// use.
type FetchOptions struct {
	// BaseURL stands in for the address of a page that comes from a file or
	// from standard input: http, https, or a local folder or file.
	BaseURL string
	// Headers go with each request to the host that the user typed, and to no
	// other.
	Headers http.Header
	// CookieFile is a cookie file in Netscape's format, as curl writes it.
	CookieFile string
	UserAgent  string        // empty: "offprint/" and the version
	Timeout    time.Duration // of one request, body included; 0: 30 seconds
	// DenyPrivate refuses private addresses also for the typed host: for
	// servers, where the person who types is a stranger.
	DenyPrivate bool
	// AllowHosts, when there are any, are the only hosts that pages are read
	// from, with the hosts beneath them. Pictures may be anywhere.
	AllowHosts []string
	// Ports are HOST:PORT beside 80 and 443 at which pages of a host, and of those
	// beneath it, may be read where DenyPrivate holds. Entries without a port say
	// nothing. Where it does not hold, the typed host may be at any port.
	Ports []string
	// Stdin is what the source "-" reads; nil: the process's own. For HTML that a
	// program holds, see [OpenHTML].
	Stdin io.Reader

	// Control, when not nil, is asked before each connection, with the address
	// that the host's name has become. Tests refuse all but loopback with it.
	Control func(network, address string) error
}

// config gives the options in the words of package fetch. The compiler sees to it
// that no field is forgotten.
func (o *FetchOptions) config() fetch.Config { return fetch.Config(*o) }

// FetchKind is why something was not fetched.
type FetchKind string

// The kinds of a [FetchError].
const (
	FetchUnreachable FetchKind = "unreachable" // no connection, no such host, broken TLS
	FetchTimeout     FetchKind = "timeout"     // no whole answer in time
	FetchStatus      FetchKind = "status"      // the server answered with an error: see Code
	FetchTooLarge    FetchKind = "too-large"   // over a limit
	FetchRefused     FetchKind = "refused"     // not allowed to be read: a private address, a file elsewhere
	FetchNotAllowed  FetchKind = "not-allowed" // a page at none of FetchOptions.AllowHosts
	FetchMissing     FetchKind = "missing"     // no such file
	FetchUnreadable  FetchKind = "unreadable"  // a file or body that cannot be read or unpacked
)

// FetchError says what could not be read, and why.
type FetchError struct {
	Kind   FetchKind
	Source string // URL without credentials, path, "standard input" or "the HTML"
	Code   int    // HTTP status, with FetchStatus
	Err    error
}

// fetchError converts an error of package fetch to a [FetchError].
func fetchError(err error) error {
	if own, ok := err.(*fetch.Error); ok {
		return &FetchError{Kind: FetchKind(own.Kind), Source: own.Source, Code: own.Code, Err: own.Err}
	}
	return err
}

func (e *FetchError) Error() string { return e.inner().Error() }

func (e *FetchError) Unwrap() error { return e.Err }

// Hint says what can be done about it.
func (e *FetchError) Hint() string { return e.inner().Hint() }

func (e *FetchError) inner() *fetch.Error {
	return &fetch.Error{Kind: fetch.Kind(e.Kind), Source: e.Source, Code: e.Code, Err: e.Err}
}
