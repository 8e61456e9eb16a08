package server

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"offprint/internal/fetch"
	"offprint/internal/problem"
)

// testKeys are keys by their text.
type testKeys map[string]*testKey

type testKey struct {
	id             string // test-key
	scopes         []Scope
	hosts, origins []string
	perMinute      int
	quota          map[string]int // what is left of the day's; missing: no bound
}

func (k *testKey) ID() string                 { return cmp.Or(k.id, "test-key") }
func (k *testKey) Allows(s Scope) bool        { return slices.Contains(k.scopes, s) }
func (k *testKey) AllowsHost(h string) bool   { return len(k.hosts) == 0 || fetch.HostIn(h, k.hosts) }
func (k *testKey) Hosts() []string            { return k.hosts }
func (k *testKey) Bound() bool                { return len(k.hosts)+len(k.origins) > 0 }
func (k *testKey) InPages() bool              { return len(k.origins) > 0 }
func (k *testKey) AllowsOrigin(o string) bool { return slices.Contains(k.origins, o) }
func (k *testKey) PerMinute() int             { return k.perMinute }

// Any says no, so that tests can ask without a key, too: see madeKeys.
func (ks testKeys) Any() (bool, error) { return false, nil }

// madeKeys are testKeys that count as made.
type madeKeys struct{ testKeys }

func (madeKeys) Any() (bool, error) { return true, nil }

// lostKeys cannot be read.
type lostKeys struct{ testKeys }

var errLost = problem.New(problem.Busy, "the service cannot read its keys", "")

func (lostKeys) Any() (bool, error)                   { return true, errLost }
func (lostKeys) Check(string, time.Time) (Key, error) { return nil, errLost }

func (ks testKeys) Check(text string, _ time.Time) (Key, error) {
	if k := ks[text]; k != nil {
		return k, nil
	}
	return nil, errors.New("there is no such key")
}

func (ks testKeys) Take(k Key, what string, n int, _ time.Time) error {
	quota := k.(*testKey).quota
	left, bounded := quota[what]
	if !bounded {
		return nil
	}
	if left < n {
		return errors.New("no more " + what + " today")
	}
	quota[what] = left - n
	return nil
}

func (ks testKeys) Return(k Key, what string, n int, _ time.Time) {
	if quota := k.(*testKey).quota; quota != nil {
		quota[what] += n
	}
}

func (ks testKeys) AllowsOrigin(o string) bool {
	for _, k := range ks {
		if k.AllowsOrigin(o) {
			return true
		}
	}
	return false
}

// keysOf are keys whose text is their id.
func keysOf(all ...*testKey) testKeys {
	ks := testKeys{}
	for _, k := range all {
		ks[k.id] = k
	}
	return ks
}

func someKeys() testKeys {
	return testKeys{
		"good":   {scopes: []Scope{Print}},
		"mailer": {scopes: []Scope{Email}},
		"admin":  {scopes: []Scope{Admin}},
		"bound":  {scopes: []Scope{Print}, hosts: []string{"news.example"}, origins: []string{"https://news.example"}},
	}
}

const publicURL = "https://print.news.example"

func TestAuthentication(t *testing.T) {
	const (
		body      = `{"url":"https://news.example/a.html"}`
		stranger  = "192.0.2.7:1234"
		otherPage = `{"url":"https://other.example/a.html"}`
	)
	public := func(c *Config) { c.PublicURL = publicURL }
	made := func(c *Config) { c.Keys = madeKeys{someKeys()} }
	lost := func(c *Config) { c.Keys = lostKeys{someKeys()} }
	proxied := func(c *Config) { c.Settings.TrustedProxies = []string{"127.0.0.1"} }
	for _, c := range []struct {
		name    string
		change  func(*Config)
		body    string
		headers []string
		want    problem.Code // "": let in
	}{
		{"this machine, unconfigured", nil, body, nil, ""},
		{"this machine by IPv6", nil, body, []string{"From", "[::1]:99", "Host", "[::1]:8080"}, ""},
		{"another machine, unconfigured", nil, body, []string{"From", stranger}, problem.Unauthorized},
		{"through a proxy on this machine", nil, body, []string{"X-Forwarded-For", "192.0.2.7"}, problem.Unauthorized},
		{"through a trusted proxy that says this machine", proxied, body, []string{"X-Forwarded-For", "127.0.0.1"}, problem.Unauthorized},
		{"through a proxy that says Forwarded", nil, body, []string{"Forwarded", "for=192.0.2.7"}, problem.Unauthorized},
		{"through a proxy that says Via", nil, body, []string{"Via", "1.1 proxy"}, problem.Unauthorized},
		{"this machine, but public", public, body, nil, problem.Unauthorized},
		{"a browser for another site, as new ones say it", nil, body, []string{"Sec-Fetch-Site", "cross-site"}, problem.Forbidden},
		{"a browser for another port", nil, body, []string{"Sec-Fetch-Site", "same-site"}, problem.Forbidden},
		{"a browser for another site, as old ones say it", nil, body, []string{"Origin", "https://evil.example"}, problem.Forbidden},
		{"a browser for no site", nil, body, []string{"Origin", "null"}, problem.Forbidden},
		{"a browser for our own page", nil, body, []string{"Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin"}, ""},

		{"a key", nil, body, []string{"From", stranger, "Authorization", "Bearer good"}, ""},
		{"a key, scheme in lower case", public, body, []string{"From", stranger, "Host", "print.news.example", "Authorization", "bearer good"}, ""},
		{"no such key", nil, body, []string{"Authorization", "Bearer bad"}, problem.Unauthorized},
		{"no bearer", nil, body, []string{"Authorization", "Basic Z29vZDpnb29k"}, problem.Unauthorized},
		{"an empty key", nil, body, []string{"Authorization", "Bearer "}, problem.Unauthorized},
		{"this machine, but keys were made", made, body, nil, problem.Unauthorized},
		{"this machine, and all keys are revoked", func(c *Config) { c.Keys = madeKeys{} }, body, nil, problem.Unauthorized},
		{"this machine, and the keys cannot be read", lost, body, nil, problem.Busy},
		{"a key, and the keys cannot be read", lost, body, []string{"From", stranger, "Authorization", "Bearer good"}, problem.Busy},
		{"another scope", nil, body, []string{"Authorization", "Bearer mailer"}, problem.Forbidden},
		{"the key's host", nil, body, []string{"Authorization", "Bearer bound"}, ""},
		{"not the key's host", nil, otherPage, []string{"Authorization", "Bearer bound"}, problem.FetchRefused},
		{"the key's origin", nil, body, []string{"Authorization", "Bearer bound", "Origin", "https://news.example"}, ""},
		{"not the key's origin", nil, body, []string{"Authorization", "Bearer bound", "Origin", "https://evil.example"}, problem.Forbidden},
		{"a server's key in a browser", nil, body, []string{"Authorization", "Bearer good", "Origin", "https://news.example"}, problem.Forbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, func(config *Config) {
				config.Keys = someKeys()
				if c.change != nil {
					c.change(config)
				}
			})
			res := f.ask("POST", "/v1/parse", c.body, c.headers...)
			if c.want != "" {
				wantProblem(t, res, c.want)
				if len(f.press.asked) > 0 {
					t.Error("the press was asked all the same")
				}
				return
			}
			if res.StatusCode != http.StatusOK {
				t.Errorf("status %d, want 200", res.StatusCode)
			}
		})
	}
}

// TestHostsOfKey shows that the press learns which hosts a key is bound to, so
// that a redirect does not lead out of them.
func TestHostsOfKey(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.Keys = someKeys() })
	f.ask("POST", "/v1/parse", `{"url":"https://news.example/a"}`, "Authorization", "Bearer bound")
	if got := f.press.asked[0].Hosts; !slices.Equal(got, []string{"news.example"}) {
		t.Errorf("hosts %q", got)
	}
}

// publicRoute adds a route that is public for the site's pages, as GET /v1/pdf is.
func (f *fixture) publicRoute() {
	handle(f.Server, route{ID: "test-public", Method: "GET", Path: "/v1/test", Tag: tagPrint, Summary: "A test", Scope: Print, Public: true, Problems: []problem.Code{problem.FetchRefused}},
		func(ctx context.Context, in *struct {
			URL string `query:"url"`
		},
		) (*struct{}, error) {
			if err := f.permit(ctx, in.URL); err != nil {
				return nil, err
			}
			return nil, f.take(ctx, "documents", 1)
		})
}

func TestPublicRoute(t *testing.T) {
	const away = "192.0.2.7:1"
	site := func(c *Config) {
		c.PublicURL, c.PublicHosts, c.Keys = publicURL, []string{"news.example"}, someKeys()
	}
	for _, c := range []struct {
		name   string
		change func(*Config)
		url    string
		key    string
		want   problem.Code
	}{
		{"the site's page", site, "https://news.example/a", "", ""},
		{"a page beneath the site", site, "https://www.news.example/a", "", ""},
		{"another page", site, "https://other.example/a", "", problem.FetchRefused},
		{"a name that only ends like the site's", site, "https://evilnews.example/a", "", problem.FetchRefused},
		{"the site's name as a user", site, "https://news.example@evil.example/a", "", problem.FetchRefused},
		{"no site is configured", func(c *Config) { c.PublicURL = publicURL }, "https://news.example/a", "", problem.Unauthorized},
		{"another page with a key", site, "https://other.example/a", "Bearer quota", ""},
		{"the quota is used up", site, "https://other.example/a", "Bearer spent", problem.RateLimited},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, func(config *Config) {
				c.change(config)
				if keys, ok := config.Keys.(testKeys); ok {
					keys["quota"] = &testKey{scopes: []Scope{Print}, quota: map[string]int{"documents": 1}}
					keys["spent"] = &testKey{scopes: []Scope{Print}, quota: map[string]int{"documents": 0}}
				}
			})
			f.publicRoute()
			headers := []string{"From", away, "Host", "print.news.example"}
			if c.key != "" {
				headers = append(headers, "Authorization", c.key)
			}
			res := f.ask("GET", "/v1/test?url="+c.url, "", headers...)
			if c.want != "" {
				wantProblem(t, res, c.want)
			} else if res.StatusCode != http.StatusNoContent {
				t.Errorf("status %d", res.StatusCode)
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	for _, c := range []struct {
		name, key, origin string
		want              string // Access-Control-Allow-Origin
		preflight         int
	}{
		{"the site's page", "", "https://news.example", "https://news.example", 204},
		{"a page beneath the site", "", "https://www.news.example", "https://www.news.example", 204},
		{"another site's page", "", "https://other.example", "", 403},
		{"no page", "", "null", "", 403},
		{"an origin with more", "", "https://news.example/x", "", 403},
		{"an origin of another scheme", "", "file://news.example", "", 403},
		{"the key's page", "Bearer app", "https://app.example", "https://app.example", 204},
		{"another page with the key", "Bearer app", "https://other.example", "", 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, func(config *Config) {
				config.PublicURL, config.PublicHosts = publicURL, []string{"news.example"}
				config.Keys = testKeys{"app": {scopes: []Scope{Print}, origins: []string{"https://app.example"}, quota: map[string]int{"documents": 9}}}
			})
			f.publicRoute()
			headers := []string{"From", "192.0.2.7:1", "Host", "print.news.example", "Origin", c.origin}
			before := f.ask("OPTIONS", "/v1/test", "", append(headers, "Access-Control-Request-Method", "GET")...)
			if before.StatusCode != c.preflight || before.Header.Get("Access-Control-Allow-Origin") != c.want {
				t.Errorf("preflight: status %d, allows %q", before.StatusCode, before.Header.Get("Access-Control-Allow-Origin"))
			}
			if c.key != "" {
				headers = append(headers, "Authorization", c.key)
			}
			res := f.ask("GET", "/v1/test?url=https://news.example/a", "", headers...)
			if got := res.Header.Get("Access-Control-Allow-Origin"); got != c.want {
				t.Errorf("allows %q, want %q", got, c.want)
			}
			if got := res.Header.Get("Access-Control-Allow-Credentials"); got != "" {
				t.Errorf("credentials are allowed: %q", got)
			}
			if got := res.Header.Values("Vary"); !slices.Contains(got, "Origin") {
				t.Errorf("Vary is %q", got)
			}
		})
	}
}
