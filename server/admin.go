package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"offprint/internal/problem"
)

// jobsCSP is for River's pages, which run scripts of their own.
const jobsCSP = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// adminPage is a page of the operator, or with below all that stand below its path.
type adminPage struct {
	path    string
	below   bool
	handler http.Handler
}

func (p *adminPage) holds(path string) bool {
	return path == p.path || p.below && strings.HasPrefix(path, p.path+"/")
}

// buildAdmin makes the operator's pages.
func (s *Server) buildAdmin() {
	pages, hint := []adminPage{{path: "/metrics", handler: s.metrics.Handler()}}, "there is /metrics"
	if s.config.JobPages != nil {
		pages = append(pages, adminPage{path: JobsPath, below: true, handler: s.jobPages(s.config.JobPages)})
		hint = "there are /metrics and " + JobsPath
	}
	s.admin = s.chainAdmin(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refused := s.admit(r); refused != nil {
			s.turnAway(w, r, refused)
			return
		}
		for _, page := range pages {
			if !page.holds(r.URL.Path) {
				continue
			}
			infoFrom(r.Context()).route = &route{Path: page.path, Method: http.MethodGet}
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				w.Header().Set("Allow", "GET, HEAD")
				s.fail(w, r, problem.New(problem.MethodNotAllowed, "these pages only show",
					"change jobs with DELETE /v1/jobs/ID and POST /v1/jobs/ID/retry, or with offprint jobs"))
				return
			}
			page.handler.ServeHTTP(w, r)
			return
		}
		s.fail(w, r, problem.New(problem.NotFound, "no such page", hint))
	}))
}

// admit lets in the operator. A key of the scope admin lets in, as a bearer's or, for
// browsers, as the password of any name. Without a key, those are let in who come from
// this machine, while the service has no public address and no keys.
func (s *Server) admit(r *http.Request) error {
	info := infoFrom(r.Context())
	header := r.Header.Get("Authorization")
	if _, password, ok := r.BasicAuth(); ok {
		header = "Bearer " + password
	}
	if header == "" {
		keyless, err := s.keyless(info)
		if err != nil {
			return err
		}
		if keyless && s.ownProgram(r) {
			return nil
		}
		return problem.New(problem.Unauthorized, "the request has no key",
			"give a key with the scope admin: as Authorization: Bearer KEY, or as the password that a browser asks for")
	}
	key, err := s.checkKey(header)
	if err != nil {
		return err
	}
	if !key.Allows(Admin) {
		return problem.New(problem.Forbidden, "the key has not the scope admin", "")
	}
	info.caller.key = key
	return nil
}

// turnAway tells a stranger what is wanted, and counts the try.
func (s *Server) turnAway(w http.ResponseWriter, r *http.Request, refused error) {
	if !s.allow(w, r) {
		return
	}
	f := s.explain(r.Context(), refused)
	if f.Status == http.StatusUnauthorized {
		f.header.Add("WWW-Authenticate", `Basic realm="offprint", charset="UTF-8"`)
	}
	s.send(w, r, f)
}

// jobPages guards the pages of jobs. Their counting in the background begins when they
// are first asked for.
func (s *Server) jobPages(pages JobPages) http.Handler {
	ctx, stop := context.WithCancel(context.Background())
	s.close = stop
	start := sync.OnceValue(func() error { return pages.Start(ctx) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := start(); err != nil {
			s.fail(w, r, fmt.Errorf("start pages of jobs: %w", err))
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", jobsCSP)
		if strings.HasPrefix(r.URL.Path, JobsPath+"/assets/") {
			h.Set("Cache-Control", "private, max-age=86400, immutable") // named by their hash
		}
		pages.ServeHTTP(w, r)
	})
}
