package server

import (
	"net/http"
	"strings"

	"offprint/internal/problem"
)

// guardedMux is where huma puts its routes; ours go behind their guards.
type guardedMux struct{ *Server }

func (m guardedMux) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	guarded := m.guard(m.routes[pattern], handler)
	if strings.HasSuffix(pattern, " /") {
		pattern += "{$}" // else it would be every path
	}
	m.mux.Handle(pattern, guarded)
}

func (m guardedMux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.mux.ServeHTTP(w, r) }

// dispatch hands a request to its route. Where there is none it says so in our
// own words instead of ServeMux's.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	if isPreflight(r) {
		if s.allow(w, r) {
			s.preflight(w, r)
		}
		return
	}
	handler, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	if !s.allow(w, r) {
		return
	}
	s.refuse(w, r, handler)
}

// isPreflight reports whether a browser asks on behalf of a page whether it may ask
// (Fetch standard, "CORS-preflight request").
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions &&
		r.Header.Get("Access-Control-Request-Method") != "" && r.Header.Get("Origin") != ""
}

// refuse tells apart, by what ServeMux would answer, a path that does not exist
// from one that does with another method.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, handler http.Handler) {
	found := &discardWriter{header: http.Header{}}
	handler.ServeHTTP(found, r)
	switch found.status {
	case http.StatusMethodNotAllowed:
		allow := found.header.Get("Allow")
		w.Header().Set("Allow", allow)
		s.fail(w, r, problem.New(problem.MethodNotAllowed, "this can be asked with "+allow, ""))
	case http.StatusNotFound:
		s.fail(w, r, problem.New(problem.NotFound, "no such path", "see /docs for those that there are"))
	default: // a redirect to the path's plain form
		handler.ServeHTTP(w, r)
	}
}

// discardWriter takes a response that is not sent, and keeps its status and header.
type discardWriter struct {
	header http.Header
	status int
}

func (n *discardWriter) Header() http.Header         { return n.header }
func (n *discardWriter) Write(b []byte) (int, error) { return len(b), nil }
func (n *discardWriter) WriteHeader(status int)      { n.status = status }
