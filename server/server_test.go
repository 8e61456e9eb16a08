package server

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"offprint"
	"offprint/article"
	"offprint/internal/jobpages"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
)

// stubPress gives what a test tells it to.
type stubPress struct {
	article *article.Article
	print   *press.Print
	err     error
	do      func(ctx context.Context) // before answering
	asked   []*press.Request
}

func (p *stubPress) run(ctx context.Context, r *press.Request) error {
	p.asked = append(p.asked, r)
	if p.do != nil {
		p.do(ctx)
	}
	return p.err
}

func (p *stubPress) Parse(ctx context.Context, r *press.Request) (*article.Article, error) {
	err := p.run(ctx, r)
	return p.article, err
}

func (p *stubPress) Print(ctx context.Context, r *press.Request) (*press.Print, error) {
	err := p.run(ctx, r)
	return p.print, err
}

func (p *stubPress) PagePicture(ctx context.Context, _ store.Key, _ int) (*store.Object, error) {
	return nil, p.run(ctx, nil)
}
func (p *stubPress) Check(r *press.Request) error               { return r.Check() }
func (p *stubPress) CheckOptions(o offprint.PrintOptions) error { return o.Validate() }
func (p *stubPress) CheckLetter(*press.Letter) error            { return p.err }
func (p *stubPress) Purge(context.Context, string) (int, error) { return 0, p.err }
func (p *stubPress) Waiting() int                               { return 0 }

// fixture is a server with a real queue and store, and a press that does as told.
type fixture struct {
	*Server
	press *stubPress
	queue *queue.Queue
	log   *lockedBuffer
	t     testing.TB
}

// sharedQueue is a queue that all tests use that do not bring their own: opening
// one takes a tenth of a second.
var sharedQueue *queue.Queue

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "offprint-server-")
	if err != nil {
		panic(err)
	}
	if sharedQueue, err = queue.Open(context.Background(), queue.Options{Dir: dir}); err != nil {
		panic(err)
	}
	code := m.Run()
	sharedQueue.Close()
	os.RemoveAll(dir)
	os.Exit(code)
}

// lockedBuffer is a log that tests can read while it is written.
type lockedBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func jsonLog(to *lockedBuffer) *slog.Logger { return slog.New(slog.NewJSONHandler(to, nil)) }

// newFixture makes a server. change may set anything in its configuration.
func newFixture(t testing.TB, change func(*Config)) *fixture {
	t.Helper()
	f := &fixture{
		t:     t,
		press: &stubPress{article: &article.Article{Schema: 1, Lang: "en", Title: "A title"}},
		queue: sharedQueue,
		log:   new(lockedBuffer),
	}
	c := Config{Press: f.press, Queue: f.queue, Store: new(store.Memory), Log: jsonLog(f.log)}
	var err error
	if c.JobPages, err = jobpages.New(f.queue, JobsPath, c.Log); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&c)
	}
	if f.Server, err = New(c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// ask sends a request as a program on this machine would.
func (f *fixture) ask(method, path, body string, headers ...string) *http.Response {
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, reader)
	r.RemoteAddr = "127.0.0.1:4711"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		case "From":
			r.RemoteAddr = headers[i+1]
		default:
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	f.Handler().ServeHTTP(w, r)
	_, pattern := f.mux.Handler(r)
	if route := f.routes[pattern]; route != nil && method != http.MethodHead {
		f.checkDocumented(route, w)
	}
	return w.Result()
}

// checkDocumented fails the test when a route answers in a way that the OpenAPI
// document does not tell of.
func (f *fixture) checkDocumented(r *route, w *httptest.ResponseRecorder) {
	f.t.Helper()
	response := operationOf(f.api.OpenAPI(), r).Responses[strconv.Itoa(w.Code)]
	if response == nil {
		f.t.Errorf("%s answers with status %d, which is not documented", r.ID, w.Code)
		return
	}
	kind, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	if w.Body.Len() > 0 && response.Content[kind] == nil {
		f.t.Errorf("%s answers status %d with %q, which is not documented", r.ID, w.Code, kind)
		return
	}
	if kind != problemType {
		return
	}
	var p problem.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		f.t.Errorf("%s: %v", r.ID, err)
	} else if response.Content[kind].Examples[string(p.Code())] == nil {
		f.t.Errorf("%s gives the problem %s, which is not documented", r.ID, p.Code())
	}
}

// wantProblem checks that a response is a whole problem of a code.
func wantProblem(t *testing.T, res *http.Response, code problem.Code) *problem.Problem {
	t.Helper()
	body, _ := io.ReadAll(res.Body)
	var p problem.Problem
	if err := json.Unmarshal(body, &p); err != nil {
		t.Fatalf("status %d, body %.300q: %v", res.StatusCode, body, err)
	}
	kind := problem.Of(code)
	if p.Type != "/problems/"+string(code) || p.Status != kind.Status || res.StatusCode != kind.Status {
		t.Fatalf("status %d, problem %s; want %d, %s: %s", res.StatusCode, p.Type, kind.Status, code, body)
	}
	if got := res.Header.Get("Content-Type"); got != problemType {
		t.Errorf("Content-Type %q, want %q", got, problemType)
	}
	if p.Title != kind.Title || p.Hint == "" || p.Instance == "" || p.Instance != res.Header.Get(requestIDHeader) {
		t.Errorf("problem is not whole: %s, request id %q", body, res.Header.Get(requestIDHeader))
	}
	if p.Detail == "" {
		t.Errorf("the problem does not tell of this case: %s", body)
	}
	if again := res.Header.Get("Retry-After"); (kind.Status == 429 || kind.Status == 503) != (again != "") {
		t.Errorf("status %d with Retry-After %q", kind.Status, again)
	}
	return &p
}

func TestParse(t *testing.T) {
	f := newFixture(t, nil)
	res := f.ask("POST", "/v1/parse", `{"url":"https://news.example/a.html","paper":"A5"}`)
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != 200 || !strings.Contains(string(body), `"title":"A title"`) {
		t.Fatalf("status %d: %s", res.StatusCode, body)
	}
	if got := f.press.asked[0]; got.URL != "https://news.example/a.html" || got.Paper != "A5" {
		t.Errorf("the press was asked %+v", got)
	}
	wantProblem(t, f.ask("POST", "/v1/parse", `{"papre":"A5"}`), problem.BadRequest)
	wantProblem(t, f.ask("POST", "/v1/nothing", ``), problem.NotFound)
	if got := f.ask("PUT", "/v1/parse", ``); got.Header.Get("Allow") != "POST" {
		t.Errorf("Allow %q, want POST", got.Header.Get("Allow"))
	}
	for _, path := range []string{"/livez", "/version", "/openapi.json", "/problems/busy"} {
		if res := f.ask("GET", path, ""); res.StatusCode != 200 {
			t.Errorf("GET %s: status %d", path, res.StatusCode)
		}
	}
}
