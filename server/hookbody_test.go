package server

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"offprint/internal/problem"
	"offprint/server/hook"
)

// An unsigned delivery is refused by its head: nothing of its body is read.
func TestUnsignedHookBodyIsNotRead(t *testing.T) {
	r, err := hook.New("cms", hook.Config{Source: "generic", Verify: "hmac"}, []string{"a secret of thirty-two bytes ..."})
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, func(c *Config) { c.Hooks = map[string]*hook.Receiver{"cms": r} })
	for name, headers := range map[string][2]string{
		"unsigned": {"X-None", "x"}, "malformed": {"X-Webhook-Signature", "sha256=abc"},
	} {
		body := &countingBody{left: 1_000_000}
		request := httptest.NewRequest("POST", "http://localhost/v1/hooks/cms", body)
		request.Header.Set(headers[0], headers[1])
		w := httptest.NewRecorder()
		begun := time.Now()
		f.Handler().ServeHTTP(w, request)
		if w.Code != 401 || body.read != 0 {
			t.Errorf("%s: status %d with %d bytes read after %s", name, w.Code, body.read, time.Since(begun))
		}
	}
}

// The bodies of deliveries take 8 MB together. What does not fit waits, and is taken
// when there is room; after its patience it is told to come again, unread. A body that
// announces no size takes what it has, not what its hook would allow.
func TestHookRoom(t *testing.T) {
	begin := func(t *testing.T, patience time.Duration) *fixture {
		f := ownFixture(t, func(c *Config) {
			c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: []string{"render"}})}
		})
		if f.hookRoom.most != 6_000_000 || f.hookRoom.patience != 5*time.Second {
			t.Errorf("%d bytes and %v", f.hookRoom.most, f.hookRoom.patience)
		}
		f.hookRoom.patience = patience
		return f
	}
	// deliver sends a delivery of a size, with its length or in chunks.
	deliver := func(f *fixture, size int, chunked bool) (*httptest.ResponseRecorder, *countingBody) {
		const head, end = `{"url":"https://news.example/a.html","x":"`, `"}`
		words := head + strings.Repeat("x", size-len(head)-len(end)) + end
		body := &countingBody{left: size, words: words}
		request := httptest.NewRequest("POST", "http://localhost/v1/hooks/cms", body)
		if request.ContentLength = int64(size); chunked {
			request.ContentLength = -1
		}
		request.Header.Set("Authorization", "Bearer "+hookSecret)
		request.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		f.Handler().ServeHTTP(w, request)
		return w, body
	}
	whole := func(f *fixture) {
		t.Helper()
		if !f.hookRoom.left.TryAcquire(f.hookRoom.most) {
			t.Error("room is not given back")
			return
		}
		f.hookRoom.left.Release(f.hookRoom.most)
	}
	take := func(f *fixture, n int64) {
		t.Helper()
		if !f.hookRoom.left.TryAcquire(n) {
			t.Fatalf("%d bytes are not free", n)
		}
	}
	t.Run("waits", func(t *testing.T) {
		f := begin(t, 20*time.Second)
		take(f, f.hookRoom.most)
		answered := make(chan int)
		go func() {
			w, _ := deliver(f, 200_000, false)
			answered <- w.Code
		}()
		select {
		case code := <-answered:
			t.Errorf("answered %d while there was no room", code)
		case <-time.After(100 * time.Millisecond):
			f.hookRoom.left.Release(f.hookRoom.most)
			if code := <-answered; code != 202 {
				t.Errorf("answered %d when there was room", code)
			}
		}
		whole(f)
	})
	t.Run("gives up", func(t *testing.T) {
		f := begin(t, 20*time.Millisecond)
		take(f, f.hookRoom.most-hookStep+1)
		for name, chunked := range map[string]bool{"with its length": false, "in chunks": true} {
			w, body := deliver(f, 200_000, chunked)
			wantProblem(t, w.Result(), problem.Busy)
			if body.read != 0 || w.Header().Get("Connection") != "close" {
				t.Errorf("%s: %d bytes read, Connection: %q", name, body.read, w.Header().Get("Connection"))
			}
		}
		f.hookRoom.left.Release(f.hookRoom.most - hookStep + 1)
		whole(f)
	})
	// Senders who announce much and send nothing keep out others like them alone.
	t.Run("short ones have their own", func(t *testing.T) {
		f := begin(t, 20*time.Millisecond)
		take(f, f.hookRoom.most)
		for range 40 { // more than fit at a time: each gives back what it took
			if w, _ := deliver(f, hookShort, false); w.Code != 202 {
				t.Fatalf("status %d: %s", w.Code, w.Body)
			}
		}
		f.hookRoom.left.Release(f.hookRoom.most)
		whole(f)
	})
	t.Run("grows", func(t *testing.T) {
		f := begin(t, 20*time.Millisecond)
		const size = 5*hookStep + 100
		take(f, f.hookRoom.most-6*hookStep) // the hook allows more than is left
		if w, body := deliver(f, size, true); w.Code != 202 || body.read != size {
			t.Errorf("status %d after %d of %d bytes: %s", w.Code, body.read, size, w.Body)
		}
		take(f, 2*hookStep) // 4 steps are left
		w, body := deliver(f, size, true)
		wantProblem(t, w.Result(), problem.Busy)
		if body.read > 4*hookStep {
			t.Errorf("%d bytes read, and there was room for %d", body.read, 4*hookStep)
		}
		f.hookRoom.left.Release(f.hookRoom.most - 4*hookStep)
		whole(f)
	})
}

type countingBody struct {
	left, read int
	words      string // what it says; empty: zeros
}

func (b *countingBody) Read(p []byte) (int, error) {
	n := min(len(p), b.left)
	if b.words != "" {
		copy(p, b.words[b.read:b.read+n])
	}
	if n == 0 {
		return 0, io.EOF
	}
	b.left -= n
	b.read += n
	return n, nil
}
