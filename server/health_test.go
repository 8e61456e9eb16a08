package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
)

// fullStore is a store on a full disk.
type fullStore struct{ store.Store }

func (fullStore) Put(context.Context, store.Key, store.Meta, io.Reader) (store.Meta, error) {
	return store.Meta{}, store.ErrFull
}

func TestReady(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*testing.T, *Config)
		before func(*Server)
		want   string // "": ready
	}{
		{"all is well", nil, nil, ""},
		{"a worker works", func(_ *testing.T, c *Config) { c.Worker = func(context.Context) error { return nil } }, nil, ""},
		{"no worker", func(_ *testing.T, c *Config) { c.Worker = func(context.Context) error { return errors.New("gone") } }, nil, "worker"},
		{"a full disk", func(_ *testing.T, c *Config) { c.Store = fullStore{new(store.Memory)} }, nil, "store"},
		{"a closed database", func(t *testing.T, c *Config) {
			q, err := queue.Open(t.Context(), queue.Options{Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			q.Close()
			c.Queue = q
		}, nil, "queue"},
		{"draining", nil, (*Server).Drain, "end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, func(config *Config) {
				if c.change != nil {
					c.change(t, config)
				}
			})
			if c.before != nil {
				c.before(f.Server)
			}
			res := f.ask("GET", "/readyz", "")
			if c.want == "" {
				if res.StatusCode != http.StatusOK {
					t.Errorf("status %d", res.StatusCode)
				}
				return
			}
			if p := wantProblem(t, res, problem.Busy); !strings.Contains(p.Detail, c.want) {
				t.Errorf("detail %q does not say %q", p.Detail, c.want)
			}
			if live := f.ask("GET", "/livez", ""); live.StatusCode != http.StatusOK {
				t.Errorf("livez: status %d", live.StatusCode)
			}
		})
	}
}

// TestDrain shows that a server that is about to end is not ready, and still does
// what it is asked for.
func TestDrain(t *testing.T) {
	f := newFixture(t, nil)
	entered, leave := make(chan struct{}), make(chan struct{})
	f.press.do = func(context.Context) { close(entered); <-leave }
	running := make(chan *http.Response)
	go func() { running <- f.ask("POST", "/v1/parse", `{"url":"https://news.example/"}`) }()
	<-entered
	f.Drain()
	wantProblem(t, f.ask("GET", "/readyz", ""), problem.Busy)
	if res := f.ask("GET", "/version", ""); res.StatusCode != 200 || res.Header.Get("Connection") != "close" {
		t.Errorf("a new request: status %d, Connection %q", res.StatusCode, res.Header.Get("Connection"))
	}
	close(leave)
	if res := <-running; res.StatusCode != 200 || res.Header.Get("Connection") != "close" {
		t.Errorf("a request under way: status %d, Connection %q", res.StatusCode, res.Header.Get("Connection"))
	}
}
