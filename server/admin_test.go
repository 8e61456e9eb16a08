package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"offprint/internal/metrics"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
)

// askAdmin asks for a page of the operator's.
func (f *fixture) askAdmin(method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, "http://127.0.0.1:8081"+path, nil)
	r.RemoteAddr = "127.0.0.1:4711"
	for i := 0; i+1 < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		case "From":
			r.RemoteAddr = headers[i+1]
		case "Basic":
			r.SetBasicAuth("anybody", headers[i+1])
		default:
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	f.Admin().ServeHTTP(w, r)
	return w.Result()
}

func TestAdminAccess(t *testing.T) {
	public := func(c *Config) { c.PublicURL = publicURL }
	for _, c := range []struct {
		name    string
		change  func(*Config)
		headers []string
		want    problem.Code
	}{
		{"this machine, unconfigured", nil, nil, ""},
		{"this machine, but public", public, nil, problem.Unauthorized},
		{"this machine, but keys were made", func(c *Config) { c.Keys = madeKeys{someKeys()} }, nil, problem.Unauthorized},
		{"this machine, and the keys cannot be read", func(c *Config) { c.Keys = lostKeys{} }, nil, problem.Busy},
		{"another machine", nil, []string{"From", "192.0.2.1:1"}, problem.Unauthorized},
		{"through a proxy", nil, []string{"X-Forwarded-For", "127.0.0.1"}, problem.Unauthorized},
		{"a rebound name", nil, []string{"Host", "evil.example"}, problem.Unauthorized},
		{"a browser for another site", nil, []string{"Sec-Fetch-Site", "cross-site"}, problem.Unauthorized},
		{"a key", public, []string{"Authorization", "Bearer admin"}, ""},
		{"a key from another machine, by another name", public, []string{"From", "192.0.2.1:1", "Host", "print-1:8081", "Authorization", "Bearer admin"}, ""},
		{"a key as a browser sends it", public, []string{"Basic", "admin"}, ""},
		{"another scope", nil, []string{"Authorization", "Bearer good"}, problem.Forbidden},
		{"another scope as a browser sends it", nil, []string{"Basic", "good"}, problem.Forbidden},
		{"no such key", nil, []string{"Basic", "guess"}, problem.Unauthorized},
	} {
		for _, path := range []string{"/metrics", "/jobs/", "/jobs/api/states"} {
			t.Run(c.name+path, func(t *testing.T) {
				f := newFixture(t, func(config *Config) {
					config.Keys = someKeys()
					if c.change != nil {
						c.change(config)
					}
				})
				res := f.askAdmin("GET", path, c.headers...)
				if c.want == "" {
					if res.StatusCode != http.StatusOK {
						body, _ := io.ReadAll(res.Body)
						t.Errorf("status %d: %.300s", res.StatusCode, body)
					}
					return
				}
				wantProblem(t, res, c.want)
				if c.want == problem.Unauthorized && !strings.Contains(strings.Join(res.Header.Values("WWW-Authenticate"), ","), "Basic") {
					t.Error("a browser is not told to ask for the key")
				}
			})
		}
	}
}

func TestAdminPaths(t *testing.T) {
	f := newFixture(t, nil)
	wantProblem(t, f.askAdmin("GET", "/"), problem.NotFound)
	wantProblem(t, f.askAdmin("GET", "/metricsx"), problem.NotFound)
	wantProblem(t, f.askAdmin("POST", "/metrics"), problem.MethodNotAllowed)
	wantProblem(t, f.askAdmin("POST", "/jobs/api/jobs/cancel"), problem.MethodNotAllowed)
	wantProblem(t, f.askAdmin("PUT", "/jobs/api/queues/default/pause"), problem.MethodNotAllowed)
}

// TestJobPages reads River's pages on the SQLite database: the page, what it
// loads, and a job.
func TestJobPages(t *testing.T) {
	f := newFixture(t, nil)
	if _, err := f.queue.Submit(t.Context(), queue.Submission{Kind: queue.PDF, Request: json.RawMessage(`{"url":"https://news.example/"}`)}); err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(f.askAdmin("GET", "/jobs/").Body)
	loads := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(string(page), -1)
	if len(loads) < 3 {
		t.Fatalf("the page loads nothing: %s", page)
	}
	for _, load := range loads {
		if res := f.askAdmin("GET", load[1]); res.StatusCode != http.StatusOK || !strings.HasPrefix(load[1], "/jobs/") {
			t.Errorf("%s: status %d", load[1], res.StatusCode)
		}
	}
	res := f.askAdmin("GET", "/jobs/api/jobs?state=available&limit=20")
	jobs, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK || !strings.Contains(string(jobs), `"kind":"offprint_`) {
		t.Errorf("status %d, jobs: %.500s", res.StatusCode, jobs)
	}
	if strings.Contains(string(jobs), "news.example") {
		t.Errorf("the page shows requests: %s", jobs)
	}
}

// fixedSender gives every recipient the same result.
type fixedSender struct{ state mailer.State }

func (s fixedSender) Deliver(_ context.Context, m *mailer.Message) []mailer.Result {
	return []mailer.Result{{State: s.state}}
}

// failingRenderer fails in a way.
type failingRenderer struct{ err error }

func (r failingRenderer) Render(context.Context, *queue.Task) (queue.Result, error) {
	return queue.Result{}, r.err
}

func TestMetrics(t *testing.T) {
	m := metrics.New()
	f := newFixture(t, func(c *Config) { c.Metrics = m })
	m.Observe("draw", time.Second/4)
	m.CacheResult(true)
	m.CacheResult(false)
	m.Sender(fixedSender{mailer.Sent}).Deliver(t.Context(), nil)
	m.Renderer(failingRenderer{&queue.Failure{Problem: *problem.New(problem.FetchRefused, "?", "")}}).Render(t.Context(), nil)
	m.Renderer(failingRenderer{errors.New("else")}).Render(t.Context(), nil)
	f.press.err = problem.New(problem.FetchRefused, "?", "")
	f.ask("POST", "/v1/parse", `{"url":"https://news.example/"}`)
	f.ask("FROB", "/nothing/else", "")
	body, _ := io.ReadAll(f.askAdmin("GET", "/metrics").Body)
	for _, want := range []string{
		`offprint_render_seconds_count{step="draw"} 1`,
		`offprint_documents_total{cache="hit"} 1`,
		`offprint_documents_total{cache="miss"} 1`,
		`offprint_mail_results_total{state="sent"} 1`,
		`offprint_fetch_refused_total 2`,
		`offprint_http_requests_total{method="POST",route="/v1/parse",status="403"} 1`,
		`offprint_http_requests_total{method="OTHER",route="none",status="404"} 1`,
		`offprint_http_request_seconds_count{route="/v1/parse"} 1`,
		`offprint_jobs{state="failed"} 0`,
		`offprint_deliveries{state="in_doubt"} 0`,
		`offprint_oldest_job_seconds `,
		`offprint_requests_waiting 0`,
		`offprint_queue_up 1`,
		`go_goroutines `,
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
}

// Without pages of jobs there is nothing at their path.
func TestAdminWithoutJobPages(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.JobPages = nil })
	if res := f.askAdmin("GET", "/metrics"); res.StatusCode != http.StatusOK {
		t.Errorf("/metrics: status %d", res.StatusCode)
	}
	wantProblem(t, f.askAdmin("GET", JobsPath+"/"), problem.NotFound)
}
