package server

import (
	"io"
	"net/http/httptest"
	"testing"
	"time"

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

type countingBody struct{ left, read int }

func (b *countingBody) Read(p []byte) (int, error) {
	n := min(len(p), b.left)
	if n == 0 {
		return 0, io.EOF
	}
	b.left -= n
	b.read += n
	return n, nil
}
