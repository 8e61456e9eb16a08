package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"offprint/internal/fetch"
	"offprint/internal/problem"
)

// Scope is what a key is good for.
type Scope string

// The scopes. A route with none is open to anybody.
const (
	Print Scope = "print" // reading and printing articles, and the jobs that do
	Email Scope = "email" // mailing articles
	Hooks Scope = "hooks" // incoming web hooks that are not signed otherwise
	Admin Scope = "admin" // the operator's pages

	// AnyScope is that of routes for which any key will do.
	AnyScope Scope = "any"
)

// opens reports whether a key is good for the route.
func (r *route) opens(key Key) bool {
	return r.Scope == AnyScope || key.Allows(r.Scope) || r.OrScope != "" && key.Allows(r.OrScope)
}

// Keys are the API's keys. A Check that fails says in its error's words why, such
// as "the key was revoked", without the key. An error that is a *problem.Problem
// is told as it is: busy, when the keys cannot be read.
type Keys interface {
	// Any reports whether there are keys, revoked ones included: then programs on
	// this machine need one, too.
	Any() (bool, error)
	// Check gives the key whose text a caller sent.
	Check(text string, now time.Time) (Key, error)
	// Take counts n of something against the key's quota of a day. An error says
	// that no more is left.
	Take(key Key, what string, n int, now time.Time) error
	// Return takes back what Take counted, for what was not done after all.
	Return(key Key, what string, n int, now time.Time)
	// AllowsOrigin reports whether any key may be used by pages of an origin: a
	// browser asks that before it sends the key.
	AllowsOrigin(origin string) bool
}

// Key is one key.
type Key interface {
	ID() string // for logs and counters; not the secret
	Allows(scope Scope) bool
	// AllowsHost reports whether pages of a host may be read for this key.
	AllowsHost(host string) bool
	// Hosts are all that it allows; none: any.
	Hosts() []string
	// Bound reports whether the key takes pages of its hosts as they stand, and no
	// words of the caller's.
	Bound() bool
	// InPages reports whether web pages use the key, so that everybody has it.
	InPages() bool
	// AllowsOrigin reports whether pages of an origin may use the key in a browser.
	AllowsOrigin(origin string) bool
	PerMinute() int // requests a minute; 0: as configured for all
}

// noKeys is for a service that has none.
type noKeys struct{}

var errNoSuchKey = errors.New("there is no such key")

func (noKeys) Any() (bool, error)                     { return false, nil }
func (noKeys) Check(string, time.Time) (Key, error)   { return nil, errNoSuchKey }
func (noKeys) Take(Key, string, int, time.Time) error { return nil }
func (noKeys) Return(Key, string, int, time.Time)     {}
func (noKeys) AllowsOrigin(string) bool               { return false }

// caller is who made a request, as far as it matters to a handler.
type caller struct {
	key    Key  // nil: none
	public bool // let in without a key, for pages of the public hosts alone
}

func (c *caller) id() string {
	if c.key == nil {
		return ""
	}
	return c.key.ID()
}

// authenticate finds out who asks and whether the route is for them. It gives a
// problem when it is not.
//
// Without a key, a route with a scope can be used from this machine while the service
// has no public address and no key was ever made. A browser cannot use it so on behalf
// of another site. A public route can be used by anybody, for pages of the public
// hosts.
func (s *Server) authenticate(r *http.Request, route *route) error {
	info := infoFrom(r.Context())
	if route.Scope == "" {
		return nil
	}
	header := r.Header.Get("Authorization")
	if header != "" {
		key, err := s.checkKey(header)
		if err != nil {
			return err
		}
		if !route.opens(key) {
			return problem.New(problem.Forbidden, "the key does not open the scope "+string(route.Scope),
				"ask the operator for a key that does; one with origins opens print alone")
		}
		if o := r.Header.Get("Origin"); o != "" && !s.ownOrigin(r, o) && !key.AllowsOrigin(o) {
			return problem.New(problem.Forbidden, "the key is not for pages of this origin",
				"ask the operator for a key with the origin, or call from a server")
		}
		info.caller.key = key
		return nil
	}
	keyless, err := s.keyless(info)
	switch {
	case keyless && s.ownProgram(r):
		return nil
	case route.Public && len(s.config.PublicHosts) > 0:
		info.caller.public = true
		return nil
	case err != nil:
		return err
	case keyless:
		return problem.New(problem.Forbidden, "a page of another site may ask through the browser",
			"call localhost or 127.0.0.1 from a program, or use a key that has the page's origin")
	}
	return problem.New(problem.Unauthorized, "the request has no Authorization header", "")
}

// keyless reports whether the caller needs no key. That keys were made ends it for
// this machine's programs, too: a proxy that adds no header makes all the world
// seem to be one of them. An error says that nobody knows whether there are keys.
func (s *Server) keyless(info *requestInfo) (bool, error) {
	if s.public != nil || !info.local {
		return false, nil
	}
	any, err := s.config.Keys.Any()
	return !any && err == nil, err
}

// longestKey is far above any key's length.
const longestKey = 512

func (s *Server) checkKey(header string) (Key, error) {
	scheme, text, _ := strings.Cut(header, " ")
	text = strings.TrimSpace(text)
	if !strings.EqualFold(scheme, "Bearer") || text == "" || len(text) > longestKey {
		return nil, problem.New(problem.Unauthorized, "the Authorization header is not of the form Bearer KEY", "")
	}
	key, err := s.config.Keys.Check(text, s.now())
	if _, told := problem.As(err); told {
		return nil, err
	}
	if err != nil {
		return nil, problem.New(problem.Unauthorized, err.Error(), "")
	}
	return key, nil
}

// crossSite reports whether a browser says that another site's page made the
// request. Browsers have sent Sec-Fetch-Site since 2023; older ones send Origin
// with what is not a plain GET. See https://www.w3.org/TR/fetch-metadata/.
func crossSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
	default:
		return true
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || !strings.EqualFold(u.Host, r.Host)
}

// permit refuses a page that the caller may not have read. Those who came without a
// key may have pages of public hosts alone; those with one, pages of the key's hosts.
// Which of them can be reached at all is decided when the page is fetched.
func (s *Server) permit(ctx context.Context, address string) error {
	if address == "" {
		return nil
	}
	info := infoFrom(ctx)
	info.source = sourceHash(address)
	u, err := url.Parse(address)
	if err != nil {
		return nil // press.Request.Check tells what is wrong with it
	}
	switch c := info.caller; {
	case c.public && !fetch.HostIn(u.Hostname(), s.config.PublicHosts):
		return problem.New(problem.FetchRefused, "without a key only the site's own pages are printed",
			"give the address of one of them, or use a key")
	case c.key != nil && !c.key.AllowsHost(u.Hostname()):
		return problem.New(problem.FetchRefused, "the key is not for pages of this host",
			"ask the operator for a key that has the host")
	}
	return nil
}

// hosts are the only ones whose pages may be read for the caller; none: any that
// the configuration allows.
func (s *Server) hosts(ctx context.Context) []string {
	switch c := infoFrom(ctx).caller; {
	case c.key != nil:
		return c.key.Hosts()
	case c.public:
		return s.config.PublicHosts
	}
	return nil
}

// take counts against the quota of the caller's key, if there is one.
func (s *Server) take(ctx context.Context, what string, n int) error {
	key := infoFrom(ctx).caller.key
	if key == nil {
		return nil
	}
	now := s.now()
	if err := s.config.Keys.Take(key, what, n, now); err != nil {
		tomorrow := now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
		return retryLater(problem.New(problem.RateLimited, err.Error(), ""), tomorrow.Sub(now))
	}
	return nil
}

// giveBack takes back what take counted for a request that was refused after all.
func (s *Server) giveBack(ctx context.Context, what string, n int) {
	if key := infoFrom(ctx).caller.key; key != nil {
		s.config.Keys.Return(key, what, n, s.now())
	}
}
