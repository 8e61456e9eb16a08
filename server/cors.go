package server

import (
	"net/http"
	"net/url"
	"strings"

	"offprint/internal/fetch"
	"offprint/internal/problem"
)

const (
	corsHeaders = "Authorization, Content-Type, Idempotency-Key, Prefer, Traceparent, " + requestIDHeader
	corsExposed = "Content-Disposition, Content-Location, ETag, Idempotency-Replayed, Location, " +
		"Offprint-Pages, Preference-Applied, Retry-After, " + warningsHeader + ", " + requestIDHeader
)

// allowOrigin lets a browser give the response to the page that asked, when the
// caller's key is for its origin, or the route is public and the page the site's
// own. The origin is named exactly, and no cookies are asked for: there are none.
func (s *Server) allowOrigin(w http.ResponseWriter, r *http.Request, route *route) {
	origin := r.Header.Get("Origin")
	h := w.Header()
	if route.Scope != "" || route.ForPages {
		h.Add("Vary", "Origin")
	}
	if route.ForAll {
		h.Set("Access-Control-Allow-Origin", "*") // a script with integrity is asked for with CORS
		return
	}
	if origin == "" {
		return
	}
	key := infoFrom(r.Context()).caller.key
	if (key != nil && key.AllowsOrigin(origin)) || (key == nil && route.openToPages() && s.publicOrigin(origin)) {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", corsExposed)
	}
}

// preflight answers a browser that asks whether a page may make a request. The
// key is not known yet: any that has the origin will do, and the request itself
// is checked by its own.
func (s *Server) preflight(w http.ResponseWriter, r *http.Request) {
	origin, method := r.Header.Get("Origin"), r.Header.Get("Access-Control-Request-Method")
	asked := r.Clone(r.Context())
	asked.Method = method
	_, pattern := s.mux.Handler(asked)
	route := s.routes[pattern]
	h := w.Header()
	h.Add("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
	if !s.answersPagesOf(origin, route) {
		s.fail(w, r, problem.New(problem.Forbidden, "pages of this origin may not ask this", "use a key that has the origin"))
		return
	}
	infoFrom(r.Context()).route = route
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", method)
	h.Set("Access-Control-Allow-Headers", corsHeaders)
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}

// answersPagesOf reports whether pages of an origin may call route. A nil route is
// allowed as an argument. Other routes without a scope are for people and mail programs, not
// for pages.
func (s *Server) answersPagesOf(origin string, route *route) bool {
	switch {
	case route == nil:
		return false
	case route.openToPages() && s.publicOrigin(origin):
		return true
	}
	return route.Scope != "" && s.config.Keys.AllowsOrigin(origin)
}

// publicOrigin reports whether an origin is one of the public hosts'.
func (s *Server) publicOrigin(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" &&
		u.Scheme+"://"+u.Host == origin && fetch.HostIn(u.Hostname(), s.config.PublicHosts)
}

// ownOrigin reports whether an origin is the service's own.
func (s *Server) ownOrigin(r *http.Request, origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

// openToPages reports whether pages of the public hosts may call the route without a key.
func (r *route) openToPages() bool { return r.Public || r.ForPages }
