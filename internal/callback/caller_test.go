package callback

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"offprint/internal/queue"
)

func TestCall(t *testing.T) {
	l := listen(t, nil)
	c, _ := newCaller(t, []string{freshSecret, oldSecret}, "127.0.0.1")
	call := sample(l.URL + "/hook?token=1")
	if wait, err := c.Call(t.Context(), call); wait != 0 || err != nil {
		t.Fatal(wait, err)
	}
	got := l.heard()
	if len(got) != 1 || got[0].method != http.MethodPost || string(got[0].body) != string(call.Body) {
		t.Fatalf("heard %+v", got)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "offprint/1.2.3",
		"Webhook-Id": call.ID, "Webhook-Timestamp": strconv.FormatInt(call.Time.Unix(), 10),
	} {
		if v := got[0].header.Get(name); v != want {
			t.Errorf("%s is %q, want %q", name, v, want)
		}
	}
	// While the secret changes, who has either can verify.
	for _, secret := range []string{oldSecret, freshSecret} {
		w, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Verify(got[0].body, got[0].header); err != nil {
			t.Error(err)
		}
		if err := w.Verify(append(got[0].body, ' '), got[0].header); err == nil {
			t.Error("a changed body was verified")
		}
	}
	w, err := standardwebhooks.NewWebhook(secretOf('c', newSecret))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Verify(got[0].body, got[0].header); err == nil {
		t.Error("verified with a secret that is not ours")
	}
}

func TestAnswers(t *testing.T) {
	cases := []struct {
		name       string
		code       int
		retryAfter string
		wait       time.Duration
		want       string // in the error; empty: none
		gone       bool
	}{
		{"ok", 200, "", 0, "", false},
		{"accepted", 202, "", 0, "", false},
		{"no content", 204, "", 0, "", false},
		{"gone", 410, "", 0, "410 Gone", true},
		{"gone, with a wait that does not count", 410, "60", 0, "410", true},
		{"redirect", 301, "", 0, "redirects are not followed", false},
		{"redirect that keeps the method", 307, "", 0, "redirects are not followed", false},
		{"not modified", 304, "", 0, "304", false},
		{"not found", 404, "", 0, "404", false},
		{"unauthorized", 401, "", 0, "401", false},
		{"broken", 500, "60", 0, "500", false},
		{"too many", 429, "120", 2 * time.Minute, "429", false},
		{"busy", 503, "7", 7 * time.Second, "503", false},
		{"busy for a week", 503, "604800", 24 * time.Hour, "503", false},
		{"busy, no number", 503, "soon", 0, "503", false},
	}
	target := listen(t, nil)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := listen(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", target.URL)
				if c.retryAfter != "" {
					w.Header().Set("Retry-After", c.retryAfter)
				}
				w.WriteHeader(c.code)
			})
			caller, _ := newCaller(t, []string{oldSecret}, "127.0.0.1")
			wait, err := caller.Call(t.Context(), sample(l.URL))
			if wait != c.wait || (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("wait %v, error %v; want %v, %q", wait, err, c.wait, c.want)
			}
			if errors.Is(err, queue.ErrGone) != c.gone {
				t.Errorf("gone: %v, want %v", err, c.gone)
			}
		})
	}
	if n := len(target.heard()); n != 0 {
		t.Errorf("%d redirects were followed", n)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	cases := []struct {
		value string
		want  time.Duration
	}{
		{"", 0},
		{"0", 0},
		{" 30 ", 30 * time.Second},
		{"-5", 0},
		{"+5", 0},
		{"1.5", 0},
		{"86400", 24 * time.Hour},
		{"86401", 24 * time.Hour},
		{"99999999999999999999999999", 24 * time.Hour},
		{"Mon, 23 Nov 2026 09:31:00 GMT", time.Minute},
		{"Mon, 23 Nov 2026 09:29:00 GMT", 0},
		{"Wed, 25 Nov 2026 09:30:00 GMT", 24 * time.Hour},
		{"Monday, 23-Nov-26 09:31:00 GMT", time.Minute},
	}
	for _, c := range cases {
		if got := parseRetryAfter(c.value, now); got != c.want {
			t.Errorf("Retry-After %q: %v, want %v", c.value, got, c.want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("30")
	f.Add("Mon, 23 Nov 2026 09:31:00 GMT")
	now := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		if wait := parseRetryAfter(value, now); wait < 0 || wait > maxRetryAfter {
			t.Errorf("Retry-After %q: %v", value, wait)
		}
	})
}

// TestNoAnswer: what is wrong is said, without the callback's query or where
// its host is.
func TestNoAnswer(t *testing.T) {
	silent := make(chan struct{})
	hung := listen(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-silent:
		case <-r.Context().Done():
		}
	})
	t.Cleanup(func() { close(silent) })
	closed := listen(t, nil)
	closed.Close()
	broken := listen(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	strange := httptest.NewUnstartedServer(http.NotFoundHandler())
	strange.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of our refusal
	strange.StartTLS()
	t.Cleanup(strange.Close)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	ended, end := context.WithCancel(t.Context())
	end()
	cases := []struct {
		name, url string
		ctx       context.Context
		want      string
	}{
		{"no answer in time", hung.URL, short, "no answer in time"},
		{"the program ends", hung.URL, ended, "canceled"},
		{"nobody listens", closed.URL, t.Context(), "connection refused"},
		{"broken off", broken.URL, t.Context(), "broken off"},
		{"a certificate of its own", strange.URL, t.Context(), "not trusted"},
		{"a file", "file:///etc/passwd", t.Context(), "want https or http"},
	}
	caller, _ := newCaller(t, []string{oldSecret}, "127.0.0.1")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wait, err := caller.Call(c.ctx, sample(c.url+"/?token=hidden"))
			if err == nil || wait != 0 || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("wait %v, error %v; want %q", wait, err, c.want)
			}
			if strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}
}

// TestLongAnswer: an answer without end does not hold a call up.
func TestLongAnswer(t *testing.T) {
	ended := make(chan struct{})
	l := listen(t, func(w http.ResponseWriter, _ *http.Request) {
		defer close(ended)
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	caller, _ := newCaller(t, []string{oldSecret}, "127.0.0.1")
	if _, err := caller.Call(t.Context(), sample(l.URL)); err != nil {
		t.Error(err)
	}
	<-ended
}

// TestPrivateTargets: whoever names a callback must not reach into the
// operator's network. The whole table is in internal/fetch/transport_test.go.
func TestPrivateTargets(t *testing.T) {
	l := listen(t, nil)
	targets := []string{
		l.URL, strings.Replace(l.URL, "127.0.0.1", "localhost", 1),
		"http://localhost", "http://127.0.0.1", "http://[::1]", "http://0.0.0.0", "http://[::ffff:127.0.0.1]", "http://2130706433", "http://0x7f.1",
		"http://10.0.0.1", "http://172.16.0.1", "https://192.168.1.1", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1",
		"http://[fe80::1]", "http://[fd00:ec2::254]", "http://[64:ff9b::7f00:1]", "http://[2002:7f00:1::1]",
	}
	caller, let := newCaller(t, []string{oldSecret}, "hooks.example")
	for _, url := range targets {
		t.Run(url, func(t *testing.T) {
			_, err := caller.Call(t.Context(), sample(url))
			if err == nil || errors.Is(err, queue.ErrGone) {
				t.Errorf("error %v, want it refused", err)
			}
		})
	}
	if n := let.Load(); n != 0 {
		t.Errorf("the guard let %d connections through", n)
	}
	if n := len(l.heard()); n != 0 {
		t.Errorf("%d calls arrived", n)
	}
}
