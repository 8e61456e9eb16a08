package main

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// serve --check is the health check of a container.
func TestServeCheck(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
		w.Write([]byte(`{"detail":"the program is about to end"}`))
	}))
	t.Cleanup(server.Close)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, c := range []struct {
		name, listen string
		status, exit int
		says         string
	}{
		{"ready", server.Listener.Addr().String(), http.StatusOK, exitDone, ""},
		{"draining", server.Listener.Addr().String(), http.StatusServiceUnavailable, exitFetch, "not ready: 503 the program is about to end"},
		{"not there", closed.Addr().String(), http.StatusOK, exitFetch, "does not answer"},
	} {
		status = c.status
		var stdout, stderr bytes.Buffer
		code := run([]string{"serve", "--check", "--listen", c.listen}, nil, &stdout, &stderr)
		if code != c.exit || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%s: exit code %d, %s", c.name, code, stderr.String())
		}
	}
}
