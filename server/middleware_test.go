package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"offprint/internal/problem"
)

func TestHost(t *testing.T) {
	for _, c := range []struct {
		name   string
		host   string
		public string
		listen string
		from   string
		good   bool
	}{
		{"by address", "127.0.0.1:8080", "", "", "", true},
		{"by another loopback address", "127.0.0.2:8080", "", "", "", true},
		{"by IPv6", "[::1]:8080", "", "", "", true},
		{"by name", "localhost:8080", "", "", "", true},
		{"by name in capitals with a dot", "LOCALHOST.", "", "", "", true},
		{"rebound", "evil.example:8080", "", "", "", false},
		{"a name beneath localhost", "x.localhost", "", "", "", false},
		{"no host", "", "", "", "", false},
		{"where it listens", "10.0.0.5:8080", "", "10.0.0.5:8080", "", true},
		{"not where it listens", "10.0.0.6:8080", "", "10.0.0.5:8080", "", false},
		{"everywhere is no name", "0.0.0.0:8080", "", "0.0.0.0:8080", "", false},
		{"listening everywhere", "10.0.0.5:8080", "", ":8080", "", false},
		{"the public name", "print.news.example", publicURL, "", "192.0.2.7:1", true},
		{"the public name with a port", "print.news.example:443", publicURL, "", "192.0.2.7:1", true},
		{"another name", "news.example", publicURL, "", "192.0.2.7:1", false},
		{"this machine's name from elsewhere", "localhost", publicURL, "", "192.0.2.7:1", false},
		{"this machine's name from here", "localhost", publicURL, "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, func(config *Config) { config.PublicURL, config.Settings.Listen = c.public, c.listen })
			headers := []string{"Host", c.host}
			if c.from != "" {
				headers = append(headers, "From", c.from)
			}
			res := f.ask("GET", "/version", "", headers...)
			if c.good && res.StatusCode != http.StatusOK {
				t.Errorf("status %d, want 200", res.StatusCode)
			} else if !c.good {
				wantProblem(t, res, problem.Forbidden)
			}
			if probe := f.ask("GET", "/livez", "", headers...); probe.StatusCode != http.StatusOK {
				t.Errorf("a probe gets status %d", probe.StatusCode)
			}
		})
	}
}

func TestClient(t *testing.T) {
	for _, c := range []struct {
		name, peer, forwarded, trusted string
		want                           string
		local                          bool
	}{
		{"no proxy", "192.0.2.1:5", "", "", "192.0.2.1", false},
		{"this machine", "127.0.0.1:5", "", "", "127.0.0.1", true},
		{"this machine, mapped", "[::ffff:127.0.0.1]:5", "", "", "127.0.0.1", true},
		{"a header that nobody trusts", "192.0.2.1:5", "10.1.1.1", "", "192.0.2.1", false},
		{"a trusted proxy", "10.0.0.1:5", "203.0.113.9", "10.0.0.0/8", "203.0.113.9", false},
		{"two trusted proxies", "10.0.0.1:5", "203.0.113.9, 10.0.0.2", "10.0.0.0/8", "203.0.113.9", false},
		{"a client who lies", "10.0.0.1:5", "127.0.0.1, 203.0.113.9", "10.0.0.0/8", "203.0.113.9", false},
		{"a client who says to be a proxy", "10.0.0.1:5", "1.2.3.4, 10.9.9.9, 203.0.113.9", "10.0.0.0/8", "203.0.113.9", false},
		{"all are proxies", "10.0.0.1:5", "10.0.0.3", "10.0.0.0/8", "10.0.0.3", false},
		{"with a port", "10.0.0.1:5", "203.0.113.9:4711", "10.0.0.0/8", "203.0.113.9", false},
		{"IPv6 with a port", "10.0.0.1:5", "[2001:db8::1]:4711", "10.0.0.0/8", "2001:db8::1", false},
		{"rubbish", "10.0.0.1:5", "203.0.113.9, unknown", "10.0.0.0/8", "10.0.0.1", false},
		{"a socket", "@", "", "", "invalid IP", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			proxies, err := parseProxies(strings.Fields(c.trusted))
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = c.peer
			if c.forwarded != "" {
				r.Header.Set("X-Forwarded-For", c.forwarded)
			}
			got, local, _ := (&Server{proxies: proxies}).client(r)
			if got.String() != c.want || local != c.local {
				t.Errorf("client %s, local %t; want %s, %t", got, local, c.want, c.local)
			}
		})
	}
}

// FuzzClient: whatever a header says, a peer that is not trusted is the client,
// and nobody from elsewhere becomes local.
func FuzzClient(f *testing.F) {
	f.Add("127.0.0.1", "for=1")
	f.Add("203.0.113.9, 10.0.0.2,,", "")
	s := &Server{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	f.Fuzz(func(t *testing.T, forwarded, other string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header["X-Forwarded-For"], r.Header["Forwarded"] = []string{forwarded}, []string{other}
		r.RemoteAddr = "192.0.2.1:80"
		if got, local, _ := s.client(r); got != netip.MustParseAddr("192.0.2.1") || local {
			t.Errorf("client %s, local %t", got, local)
		}
		r.RemoteAddr = "10.0.0.1:80"
		if got, local, _ := s.client(r); local || !got.IsValid() {
			t.Errorf("client %s, local %t", got, local)
		}
	})
}

func TestRequestID(t *testing.T) {
	f := newFixture(t, nil)
	for given, kept := range map[string]bool{
		"abc-DEF_1.2": true, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false, "": false, "a b": false, "a\tb": false, "é": false, `"`: false,
	} {
		got := f.ask("GET", "/version", "", requestIDHeader, given).Header.Get(requestIDHeader)
		if kept != (got == given) || !requestIDs.MatchString(got) {
			t.Errorf("%q became %q", given, got)
		}
	}
}

func TestTraceParent(t *testing.T) {
	const good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	for _, c := range []struct{ header, trace string }{
		{good, "4bf92f3577b34da6a3ce929d0e0e4736"},
		{strings.ToUpper(good), ""},
		{"00-00000000000000000000000000000000-00f067aa0ba902b7-01", ""},
		{"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", ""},
		{"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", ""},
		{good + "\n", ""},
		{"", ""},
	} {
		if _, trace := traceParent(c.header); trace != c.trace {
			t.Errorf("%q gives %q, want %q", c.header, trace, c.trace)
		}
	}
}

// TestLog reads the line of a request, and looks for what must not be in it.
func TestLog(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.Keys = someKeys() })
	f.ask("POST", "/v1/parse?token=secret1", `{"url":"https://news.example/secret2?secret3"}`,
		"Authorization", "Bearer bound", requestIDHeader, "id-1", "Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
		"X-Forwarded-For", "203.0.113.77")
	var line struct {
		Msg, Method, Route, Request, Trace, Key, Source string
		Status                                          int
		Bytes                                           int
		MS                                              *float64
	}
	if err := json.Unmarshal([]byte(f.log.String()), &line); err != nil {
		t.Fatalf("%v: %s", err, f.log)
	}
	if line.Method != "POST" || line.Route != "/v1/parse" || line.Request != "id-1" || line.Status != 200 || line.Bytes == 0 || line.MS == nil ||
		line.Trace != "4bf92f3577b34da6a3ce929d0e0e4736" || line.Key != "test-key" || len(line.Source) != 16 {
		t.Errorf("%+v", line)
	}
	f.ask("GET", "/secret4/secret5@news.example", "")
	for _, secret := range []string{"secret", "bound", "203.0.113.77", "127.0.0.1"} {
		if strings.Contains(f.log.String(), secret) {
			t.Errorf("the log has %q: %s", secret, f.log)
		}
	}
}

func TestPanic(t *testing.T) {
	f := newFixture(t, nil)
	f.press.do = func(context.Context) { panic("secret words") }
	res := f.ask("POST", "/v1/parse", `{"url":"https://news.example/"}`)
	body, _ := io.ReadAll(res.Body)
	res.Body = io.NopCloser(strings.NewReader(string(body)))
	wantProblem(t, res, problem.Internal)
	if strings.Contains(string(body), "secret words") {
		t.Errorf("the caller is told: %s", body)
	}
	if log := f.log.String(); !strings.Contains(log, "secret words") || !strings.Contains(log, "middleware_test.go") {
		t.Errorf("the log has no words or stack: %s", log)
	}
}

// TestUnknownError shows that words of errors that nobody explained stay here.
func TestUnknownError(t *testing.T) {
	f := newFixture(t, nil)
	f.press.err = errors.New("secret words of reader@news.example on https://news.example/a?token=1")
	p := wantProblem(t, f.ask("POST", "/v1/parse", `{"url":"https://news.example/"}`), problem.Internal)
	if strings.Contains(p.Detail, "secret") || !strings.Contains(f.log.String(), "secret words of …@… on source:") || strings.Contains(f.log.String(), "token") {
		t.Errorf("detail %q, log %s", p.Detail, f.log)
	}
}

func TestTimeout(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.Settings.RequestTimeout = time.Nanosecond })
	f.press.do = func(ctx context.Context) { <-ctx.Done(); f.press.err = ctx.Err() }
	wantProblem(t, f.ask("POST", "/v1/parse", `{"url":"https://news.example/"}`), problem.Timeout)
}

// TestBody sends more than is read, with its length and without.
func TestBody(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.Settings.MaxBody = 2000 })
	body := `{"url":"https://news.example/","title":"` + strings.Repeat("x", 2000) + `"}`
	server := httptest.NewServer(f.Handler())
	defer server.Close()
	for name, reader := range map[string]io.Reader{"with its length": strings.NewReader(body), "in chunks": io.MultiReader(strings.NewReader(body))} {
		res, err := http.Post(server.URL+"/v1/parse", "application/json", reader)
		if err != nil {
			t.Fatal(err)
		}
		wantProblem(t, res, problem.TooLarge)
		res.Body.Close()
		if len(f.press.asked) > 0 {
			t.Errorf("%s: the press was asked", name)
		}
	}
}

func TestRateLimit(t *testing.T) {
	f := newFixture(t, func(c *Config) {
		c.Limits = Limits{PerIPPerMinute: 3, PerKeyPerMinute: 2}
		c.Keys = testKeys{"good": {scopes: []Scope{Print}}, "more": {id: "more", scopes: []Scope{Print}, perMinute: 5}}
	})
	good := func(name string, wanted int, headers ...string) {
		t.Helper()
		n := 0
		for range 10 {
			res := f.ask("POST", "/v1/parse", `{"url":"https://news.example/"}`, headers...)
			if res.StatusCode == http.StatusOK {
				n++
				continue
			}
			wantProblem(t, res, problem.RateLimited)
		}
		if n != wanted {
			t.Errorf("%s: %d requests of 10 were answered, want %d", name, n, wanted)
		}
	}
	good("one address", 3)
	good("another address", 2, "From", "192.0.2.1:1", "Authorization", "Bearer good")
	good("a key with a rate of its own", 5, "From", "192.0.2.3:1", "Authorization", "Bearer more")
	good("the key from elsewhere", 0, "From", "192.0.2.2:1", "Authorization", "Bearer good")
	for range 3 {
		wantProblem(t, f.ask("POST", "/v1/parse", `{}`, "From", "192.0.2.9:1", "Authorization", "Bearer guess"), problem.Unauthorized)
	}
	wantProblem(t, f.ask("POST", "/v1/parse", `{}`, "From", "192.0.2.9:1", "Authorization", "Bearer guess"), problem.RateLimited)
	wantProblem(t, f.ask("GET", "/nothing", "", "From", "192.0.2.9:1"), problem.RateLimited)
	for range 10 {
		if res := f.ask("GET", "/livez", "", "From", "192.0.2.9:1"); res.StatusCode != 200 {
			t.Fatalf("a probe is limited: %d", res.StatusCode)
		}
	}
	// One IPv6 client has a whole /64.
	for i, last := range []string{"1", "2", "3"} {
		res := f.ask("GET", "/version", "", "From", "[2001:db8::"+last+"]:1")
		if i < 3 && res.StatusCode != 200 {
			t.Errorf("status %d", res.StatusCode)
		}
	}
	wantProblem(t, f.ask("GET", "/version", "", "From", "[2001:db8::4]:1"), problem.RateLimited)
	if res := f.ask("GET", "/version", "", "From", "[2001:db8:0:1::4]:1"); res.StatusCode != 200 {
		t.Errorf("another network: status %d", res.StatusCode)
	}
}

// TestLimitsByDefault: programs of this machine are not counted, unless a limit
// was asked for.
// A key's own rate holds where keys in general have none.
func TestRateOfKeyAlone(t *testing.T) {
	f := newFixture(t, func(c *Config) {
		c.Limits = Limits{PerKeyPerMinute: -1}
		c.Keys = testKeys{"free": {id: "free", scopes: []Scope{Print}}, "bound": {id: "bound", scopes: []Scope{Print}, perMinute: 2}}
	})
	for i := range 5 {
		for _, c := range []struct {
			key  string
			some bool
		}{{"free", true}, {"bound", i < 2}} {
			res := f.ask("POST", "/v1/parse", `{"url":"https://news.example/"}`, "Authorization", "Bearer "+c.key)
			if c.some && res.StatusCode != http.StatusOK {
				t.Errorf("request %d of %s: status %d", i, c.key, res.StatusCode)
			} else if !c.some {
				wantProblem(t, res, problem.RateLimited)
			}
		}
	}
}

func TestLimitsByDefault(t *testing.T) {
	f := newFixture(t, nil)
	for range 200 {
		if res := f.ask("GET", "/version", ""); res.StatusCode != 200 {
			t.Fatalf("status %d", res.StatusCode)
		}
	}
	for range 120 {
		f.ask("GET", "/version", "", "From", "192.0.2.1:1")
	}
	wantProblem(t, f.ask("GET", "/version", "", "From", "192.0.2.1:1"), problem.RateLimited)
}

func TestHeaders(t *testing.T) {
	f := newFixture(t, nil)
	for _, path := range []string{"/version", "/docs", "/nothing", "/problems/busy"} {
		h := f.ask("GET", path, "", "Accept", "text/html").Header
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" ||
			!strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("Cache-Control") == "" {
			t.Errorf("%s: %v", path, h)
		}
		if h.Get("Content-Type") == htmlType && h.Get("Content-Security-Policy") != pageCSP {
			t.Errorf("%s: %v", path, h)
		}
	}
}
