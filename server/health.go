package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"

	"offprint/internal/problem"
	"offprint/internal/store"
)

func (s *Server) healthRoutes() {
	handle(s, route{
		ID: "get-livez", Method: http.MethodGet, Path: "/livez", Tag: tagService,
		Summary: "Does it run?",
		About:   "Answers as long as the program can answer. If it does not, start it anew.",
		Curl:    "curl {base}/livez",
	}, func(context.Context, *struct{}) (*health, error) { return healthy(), nil })
	handle(s, route{
		ID: "get-readyz", Method: http.MethodGet, Path: "/readyz", Tag: tagService,
		Summary: "Can it take requests?",
		About: "Looks at the queue's database, the store, the worker, and whether the program is about to end. " +
			"`detail` tells which of them is not well.",
		Problems: []problem.Code{problem.Busy},
		Curl:     "curl {base}/readyz",
	}, s.ready)
	handle(s, route{
		ID: "get-version", Method: http.MethodGet, Path: "/version", Tag: tagService,
		Summary: "Which version is it?",
		Curl:    "curl {base}/version",
	}, func(context.Context, *struct{}) (*version, error) {
		v := &version{}
		v.Body.Name, v.Body.Version, v.Body.Go = "offprint", Version, runtime.Version()
		return v, nil
	})
}

type health struct {
	Body struct {
		Status string `json:"status" enum:"ok"`
	}
}

func healthy() *health {
	h := &health{}
	h.Body.Status = "ok"
	return h
}

type version struct {
	Body struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		Go      string `json:"go"`
	}
}

// checkTime is how long a check may take: a disk that hangs is not well.
const checkTime = 5 * time.Second

// readiness remembers for a moment how the checks went: anybody may ask, and as
// often as they like.
type readiness struct {
	mu      sync.Mutex
	checked time.Time
	err     error
}

const checkEvery = 2 * time.Second

func (s *Server) ready(ctx context.Context, _ *struct{}) (*health, error) {
	if s.draining.Load() {
		return nil, problem.New(problem.Busy, "the program is about to end", "")
	}
	s.health.mu.Lock()
	defer s.health.mu.Unlock()
	if now := s.now(); s.health.checked.IsZero() || now.Sub(s.health.checked).Abs() >= checkEvery {
		s.health.err = s.check(ctx)
		s.health.checked = s.now()
	}
	if s.health.err != nil {
		return nil, s.health.err
	}
	return healthy(), nil
}

// check looks at what the service cannot do without. It goes on when the one who
// asked has gone: others want to know as well.
func (s *Server) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkTime)
	defer cancel()
	for _, check := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"the queue's database does not answer", s.checkQueue},
		{"the store cannot be written", s.checkStore},
		{"no worker does the queue's jobs", s.checkWorker},
	} {
		if err := check.do(ctx); err != nil {
			s.log.WarnContext(ctx, "not ready", "why", check.what, "error", redact(err.Error()))
			return problem.New(problem.Busy, check.what, "")
		}
	}
	return nil
}

func (s *Server) checkWorker(ctx context.Context) error {
	if s.config.Worker == nil {
		return nil
	}
	return s.config.Worker(ctx)
}

func (s *Server) checkQueue(ctx context.Context) error {
	_, err := s.config.Queue.Stats(ctx)
	return err
}

// checkStore writes a few bytes, and deletes them.
func (s *Server) checkStore(ctx context.Context) error {
	probe := []byte("offprint readiness " + rand.Text())
	key := store.ContentKey(probe)
	if _, err := s.config.Store.Put(ctx, key, store.Meta{Type: "text/plain"}, bytes.NewReader(probe)); err != nil {
		return fmt.Errorf("write to store: %w", err)
	}
	return s.config.Store.Delete(ctx, key)
}
