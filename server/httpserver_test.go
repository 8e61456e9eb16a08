package server

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"offprint/internal/problem"
)

// TestSlowCallers opens connections and does not go on: the server hangs up.
func TestSlowCallers(t *testing.T) {
	for _, c := range []struct {
		name, sent string
		settings   Settings
		want       int // status of the answer; 0: none
	}{
		{"no request", "", Settings{HeaderTimeout: 50 * time.Millisecond}, 0},
		{"half a header", "POST /v1/parse HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", Settings{HeaderTimeout: 50 * time.Millisecond}, 0},
		{
			"half a body",
			"POST /v1/parse HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
			Settings{BodyTimeout: 50 * time.Millisecond},
			400,
		},
		{"no next request", "GET /version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", Settings{IdleTimeout: 50 * time.Millisecond}, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, func(config *Config) { config.Settings = c.settings })
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			server := HTTPServer(c.settings, f.Handler(), nil)
			go server.Serve(listener)
			defer server.Close()
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, c.sent); err != nil {
				t.Fatal(err)
			}
			r := bufio.NewReader(conn)
			if c.want != 0 {
				res, err := http.ReadResponse(r, nil)
				if err != nil {
					t.Fatal(err)
				}
				if c.want == http.StatusBadRequest {
					wantProblem(t, res, problem.BadRequest)
				} else if res.StatusCode != c.want {
					t.Errorf("status %d, want %d", res.StatusCode, c.want)
				}
				io.Copy(io.Discard, res.Body)
			}
			// Nothing more comes, and the connection ends: else the test times out.
			if rest, _ := io.ReadAll(r); len(rest) > 0 && c.want != 0 {
				t.Errorf("%q comes as well", rest)
			}
		})
	}
}

// TestHTTPServer: no bound is left open, whatever is set.
func TestHTTPServer(t *testing.T) {
	s := HTTPServer(Settings{}, nil, nil)
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 {
		t.Errorf("%+v", s)
	}
	if s.Addr != "127.0.0.1:8080" {
		t.Errorf("listens at %s", s.Addr)
	}
}
