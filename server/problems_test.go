package server

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"offprint"
	"offprint/internal/press"
	"offprint/internal/problem"
)

// sample is a good request to a route, by the route's ID. Routes that need none
// are not here.
type sample struct {
	path    string // with its parameters filled in; "": the route's
	body    string
	headers []string // name, value, …
	// prepare sets up what the request is about, and may change the sample.
	prepare func(t *testing.T, f *fixture, s *sample)
	status  int // of the answer; 0: 200
}

var samples = map[string]sample{
	"parse-article": {body: `{"url": "https://news.example/a.html"}`},
	"get-problem":   {path: "/problems/busy"},
}

// provocation sends a request that must give a problem. f is fresh, and made with
// the configuration of configs.
type provocation func(f *fixture, r *route, s sample) *http.Response

// general provokes the codes that come from before the handlers.
var general = map[problem.Code]provocation{
	problem.Unauthorized: func(f *fixture, r *route, s sample) *http.Response {
		return f.send(r, s, "From", "192.0.2.7:1234")
	},
	problem.Forbidden: func(f *fixture, r *route, s sample) *http.Response {
		return f.send(r, s, "Host", "evil.example")
	},
	problem.RateLimited: func(f *fixture, r *route, s sample) *http.Response {
		f.send(r, s)
		return f.send(r, s)
	},
	problem.MethodNotAllowed: func(f *fixture, r *route, s sample) *http.Response {
		return f.ask("PATCH", s.path, "")
	},
	problem.BadRequest: func(f *fixture, r *route, s sample) *http.Response {
		if r.hasBody {
			s.body = `{"no_such_field": 1}`
		} else {
			s.path += "?no_such_parameter=1"
		}
		return f.send(r, s)
	},
	problem.UnsupportedMedia: func(f *fixture, r *route, s sample) *http.Response {
		return f.send(r, s, "Content-Type", "text/plain")
	},
	problem.TooLarge: func(f *fixture, r *route, s sample) *http.Response {
		s.body = `{"x": "` + strings.Repeat("x", int(r.MaxBody)) + `"}`
		return f.send(r, s)
	},
	problem.Busy: func(f *fixture, r *route, s sample) *http.Response {
		f.config.Keys = lostKeys{}
		return f.send(r, s)
	},
	problem.Internal: func(f *fixture, r *route, s sample) *http.Response {
		f.fault = func(*route) { panic("provoked") }
		return f.send(r, s)
	},
}

// configs are what a general provocation needs of the configuration.
var configs = map[problem.Code]func(*Config){
	problem.RateLimited: func(c *Config) { c.Limits.PerIPPerMinute = 1 },
	problem.TooLarge:    func(c *Config) { c.Settings.MaxBody = minBody },
}

// provocations provoke what is special to a route, by its ID. They go before the
// general ones.
var provocations = map[string]map[problem.Code]provocation{
	"parse-article": {
		problem.NotAnArticle: pressGives(&offprint.NotArticleError{Reason: "paywall"}),
		problem.FetchRefused: pressGives(&offprint.FetchError{Kind: offprint.FetchRefused, Source: "http://news.example/"}),
		problem.FetchFailed:  pressGives(&offprint.FetchError{Kind: offprint.FetchUnreachable, Source: "http://news.example/"}),
		problem.Busy:         pressGives(&press.BusyError{Waiting: 7, RetryAfter: 3e9}),
		problem.Timeout:      pressGives(context.DeadlineExceeded),
	},
	"get-readyz": {
		problem.Busy: func(f *fixture, r *route, s sample) *http.Response {
			f.Drain()
			return f.send(r, s)
		},
	},
	"get-problem": {
		problem.NotFound: func(f *fixture, r *route, s sample) *http.Response {
			s.path = "/problems/none"
			return f.send(r, s)
		},
	},
}

// pressGives has the press fail in a way.
func pressGives(err error) provocation {
	return func(f *fixture, r *route, s sample) *http.Response {
		f.press.err = err
		return f.send(r, s)
	}
}

func (f *fixture) send(r *route, s sample, headers ...string) *http.Response {
	return f.ask(r.Method, s.path, s.body, slices.Concat(s.headers, headers)...)
}

// documented reads which codes the OpenAPI document says that an operation gives,
// and which statuses beside.
func documented(t *testing.T, spec []byte, r *route) (codes []problem.Code, statuses []int) {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct {
				Content map[string]struct {
					Examples map[problem.Code]struct{ Value problem.Problem }
				}
			}
		}
	}
	if err := json.Unmarshal(spec, &doc); err != nil {
		t.Fatal(err)
	}
	for status, response := range doc.Paths[r.Path][strings.ToLower(r.Method)].Responses {
		n, err := strconv.Atoi(status)
		if err != nil {
			t.Errorf("%s documents the status %q", r.ID, status)
		}
		content, ok := response.Content[problemType]
		if !ok {
			statuses = append(statuses, n)
		}
		for code, example := range content.Examples {
			if example.Value.Status != n || problem.Of(code).Status != n {
				t.Errorf("%s documents %s under %d", r.ID, code, n)
			}
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes, statuses
}

// TestProblems asks every route for every problem that its documentation tells of.
func TestProblems(t *testing.T) {
	table := newFixture(t, nil)
	for _, r := range slices.SortedFunc(maps.Values(table.routes), byNumber) {
		codes, statuses := documented(t, table.spec, r)
		if len(codes) == 0 {
			t.Errorf("%s %s documents no problems", r.Method, r.Path)
		}
		t.Run(r.ID+"/good", func(t *testing.T) {
			f, s := prepared(t, r, nil)
			res := f.send(r, s)
			if want := max(s.status, http.StatusOK); res.StatusCode != want || !slices.Contains(statuses, want) {
				body, _ := io.ReadAll(res.Body)
				t.Errorf("status %d, want %d; documented: %v; %.300s", res.StatusCode, want, statuses, body)
			}
		})
		for _, code := range codes {
			t.Run(r.ID+"/"+string(code), func(t *testing.T) {
				provoke, special := provocations[r.ID][code]
				configure := configs[code]
				if special {
					configure = nil
				} else if provoke = general[code]; provoke == nil {
					t.Fatalf("nothing provokes %s at %s: add it to provocations", code, r.ID)
				}
				f, s := prepared(t, r, configure)
				wantProblem(t, provoke(f, r, s), code)
			})
		}
	}
}

// prepared makes a server and a good request to a route.
func prepared(t *testing.T, r *route, configure func(*Config)) (*fixture, sample) {
	t.Helper()
	f := newFixture(t, configure)
	s, ok := samples[r.ID]
	if !ok && (r.hasBody || r.hasRaw || strings.Contains(r.Path, "{")) {
		t.Fatalf("there is no good request to %s: add it to samples", r.ID)
	}
	if s.path == "" {
		s.path = r.Path
	}
	if s.prepare != nil {
		s.prepare(t, f, &s)
	}
	// The routes of this server, not of the table's.
	*r = *f.routes[r.Method+" "+r.Path]
	return f, s
}

// TestCodesHavePages asks for what each problem's type leads to, as a program and
// as a browser.
func TestCodesHavePages(t *testing.T) {
	f := newFixture(t, nil)
	for _, kind := range problem.Codes {
		res := f.ask("GET", problem.New(kind.Code, "?", "").Type, "")
		var about problemAbout
		if err := json.NewDecoder(res.Body).Decode(&about); err != nil || about.Code != kind.Code || about.Hint == "" {
			t.Errorf("%s: %v, %+v", kind.Code, err, about)
		}
		res = f.ask("GET", problem.New(kind.Code, "?", "").Type, "", "Accept", "text/html,*/*;q=0.8")
		page, _ := io.ReadAll(res.Body)
		if !strings.Contains(string(page), string(kind.Code)) || res.Header.Get("Content-Type") != htmlType {
			t.Errorf("%s: no page: %s", kind.Code, page)
		}
	}
}

// TestFaultsFromBefore are problems of requests that no route takes.
func TestFaultsFromBefore(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.Settings.MaxBody = 2000 })
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		code                     problem.Code
		detail                   string
	}{
		{"no path", "GET", "/nothing", "", nil, problem.NotFound, "no such path"},
		{"no path, with a slash", "GET", "/v1/parse/", "", nil, problem.NotFound, "no such path"},
		{"another method", "GET", "/v1/parse", "", nil, problem.MethodNotAllowed, "POST"},
		{"another method of a GET", "POST", "/version", "", nil, problem.MethodNotAllowed, "GET, HEAD"},
		{"an invented method", "FROB", "/version", "", nil, problem.MethodNotAllowed, "GET, HEAD"},
		{"options", "OPTIONS", "/version", "", nil, problem.MethodNotAllowed, "GET, HEAD"},
		{"no JSON", "POST", "/v1/parse", "{", nil, problem.BadRequest, "body"},
		{"a wrong type", "POST", "/v1/parse", `{"columns":"two"}`, nil, problem.BadRequest, "body.columns: expected integer"},
		{"no body", "POST", "/v1/parse", "", nil, problem.BadRequest, "body is required"},
		{"nothing to print", "POST", "/v1/parse", "{}", nil, problem.BadRequest, "nothing to print"},
		{"a form", "POST", "/v1/parse", "url=x", []string{"Content-Type", "application/x-www-form-urlencoded"}, problem.UnsupportedMedia, ""},
		{"a wrong charset of a type", "POST", "/v1/parse", "{}", []string{"Content-Type", "; +"}, problem.UnsupportedMedia, ""},
		{"a large body", "POST", "/v1/parse", `{"html":"` + strings.Repeat("x", 2000) + `"}`, nil, problem.TooLarge, "at most 2000"},
		{"hosts of one's own", "POST", "/v1/parse", `{"url":"https://news.example/","hosts":["news.example"]}`, nil, problem.BadRequest, "body.hosts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := wantProblem(t, f.ask(c.method, c.path, c.body, c.headers...), c.code)
			if !strings.Contains(p.Detail, c.detail) {
				t.Errorf("detail %q lacks %q", p.Detail, c.detail)
			}
		})
	}
}
