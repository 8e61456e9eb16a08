package callback

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"offprint/internal/queue"
)

// secretOf makes a secret of a number of equal bytes.
func secretOf(b byte, size int) string {
	return secretPrefix + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(rune(b)), size)))
}

var oldSecret, freshSecret = secretOf('a', minSecret), secretOf('b', maxSecret)

func secretFile(t testing.TB, lines ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "callback.secret")
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// passed counts the connections that the guard let through.
type passed struct{ atomic.Int32 }

// loopbackOnly keeps every packet of the tests on this machine.
func (p *passed) loopbackOnly(_, address string) error {
	p.Add(1)
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !to.Addr().Unmap().IsLoopback() {
		return fmt.Errorf("test tried to leave the machine: %s", address)
	}
	return nil
}

// newCaller makes a caller that may call the listed hosts and cannot leave the
// machine.
func newCaller(t testing.TB, secrets []string, listed ...string) (*Caller, *passed) {
	t.Helper()
	let := &passed{}
	c, err := New(&Config{SecretFile: secretFile(t, secrets...), AllowHosts: listed}, Options{UserAgent: "offprint/1.2.3", Control: let.loopbackOnly})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, let
}

// heard is a call as it arrived.
type heard struct {
	method string
	header http.Header
	body   []byte
}

// listener is a publisher's system that keeps what it hears.
type listener struct {
	*httptest.Server
	mu    sync.Mutex
	calls []heard
}

// listen answers calls as a function says; nil: with 204.
func listen(t testing.TB, answer http.HandlerFunc) *listener {
	t.Helper()
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // broken off by a crash
		}
		l.mu.Lock()
		l.calls = append(l.calls, heard{r.Method, r.Header.Clone(), body})
		l.mu.Unlock()
		if answer == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		answer(w, r)
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *listener) heard() []heard {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]heard(nil), l.calls...)
}

// sample is a call that a queue would make now.
func sample(url string) queue.Call {
	return queue.Call{
		URL: url, ID: "evt_TESTTESTTESTTESTTESTTESTTE", Time: time.Now(),
		Body: []byte(`{"type":"pdf.rendered","timestamp":"2026-11-23T09:30:00Z","data":{"job":"ID","source":"https://news.example/?a=1&b=潮"}}`),
	}
}
