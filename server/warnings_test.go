package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"offprint/article"
	"offprint/internal/press"
	"offprint/internal/queue"
)

// heard is a publisher's system that keeps what it is told.
type heard struct {
	mu     sync.Mutex
	bodies []string
}

func (h *heard) Call(_ context.Context, call queue.Call) (time.Duration, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bodies = append(h.bodies, string(call.Body))
	return 0, nil
}

// TestWarningsReachTheCaller: what a document lacks is told in the header, in the job,
// to the callback, in the log and in the metrics, when it is made and when the store
// has it.
func TestWarningsReachTheCaller(t *testing.T) {
	counted := map[string]int{}
	var log bytes.Buffer
	s := newService(t, func(c *press.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		c.Warned = func(code string, n int) { counted[code] += n }
	}, nil)
	told := &heard{}
	// 1. The photograph of another page is not there, and one letter is in no face.
	const page = `<html lang="zh-Hans"><head><title>渡口</title></head><body><article><h1>渡口</h1>` +
		`<p>渡口的早班船在六点前离岸，岸上的人把灯一盏盏熄掉，江面便只剩下水声。\U00016f00渡口的早班船在六点前离岸。</p>` +
		`<figure><img src="/gone.jpg"><figcaption>清晨</figcaption></figure></article></body></html>`
	order := map[string]any{"html": strings.ReplaceAll(page, `\U00016f00`, "\U00016f00"), "base_url": s.paper.URL + "/listing"}
	check := func(what, line string) {
		t.Helper()
		if !strings.Contains(line, "missing-glyph=1") || !strings.Contains(line, "picture-failed=1") {
			t.Errorf("%s: Offprint-Warnings %q", what, line)
		}
	}
	first := s.ask("POST", "/v1/pdf", toJSON(t, order))
	bodyOf(t, first, 200)
	check("made", first.Header.Get(warningsHeader))
	again := s.ask("POST", "/v1/pdf", toJSON(t, order))
	bodyOf(t, again, 200)
	check("from the store", again.Header.Get(warningsHeader))
	path := first.Header.Get("Content-Location")
	for _, method := range []string{"GET", "HEAD"} {
		check(method, s.ask(method, path, "").Header.Get(warningsHeader))
	}
	if first.Header.Get(warningsHeader) != again.Header.Get(warningsHeader) {
		t.Error("the store remembers other warnings than were found")
	}
	if counted["missing-glyph"] != 1 || counted["picture-failed"] != 1 {
		t.Errorf("counted %v", counted)
	}
	if line := log.String(); strings.Count(line, "a document has warnings") != 1 || !strings.Contains(line, "missing-glyph=1") {
		t.Errorf("log: %s", line)
	}
	// 2. A job, and its callback.
	s.work(t, told)
	order["callback"] = "https://cms.example/done"
	var job Job
	if err := json.Unmarshal(bodyOf(t, s.ask("POST", "/v1/pdf", toJSON(t, order)), 202), &job); err != nil {
		t.Fatal(err)
	}
	s.ended(t, job.ID)
	hasBoth := func(what string, warnings []article.Warning) {
		t.Helper()
		codes := map[string]bool{}
		for _, w := range warnings {
			codes[w.Code] = w.Message != ""
		}
		if !codes["missing-glyph"] || !codes["picture-failed"] {
			t.Errorf("%s: warnings %+v", what, warnings)
		}
	}
	if err := json.Unmarshal(bodyOf(t, s.ask("GET", "/v1/jobs/"+job.ID, ""), 200), &job); err != nil {
		t.Fatal(err)
	}
	hasBoth("job", job.Warnings)
	// 3. A letter's.
	delete(order, "callback")
	mail := map[string]any{"to": []string{"reader@example.com"}, "callback": "https://cms.example/done"}
	for k, v := range order {
		mail[k] = v
	}
	var letter Job
	if err := json.Unmarshal(bodyOf(t, s.ask("POST", "/v1/email", toJSON(t, mail)), 202), &letter); err != nil {
		t.Fatal(err)
	}
	s.ended(t, letter.ID)
	if err := json.Unmarshal(bodyOf(t, s.ask("GET", "/v1/jobs/"+letter.ID, ""), 200), &letter); err != nil {
		t.Fatal(err)
	}
	hasBoth("letter's job", letter.Warnings)
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		told.mu.Lock()
		bodies := told.bodies
		told.mu.Unlock()
		if len(bodies) >= 2 {
			for _, body := range bodies {
				var call struct {
					Data struct{ Warnings []article.Warning }
				}
				if err := json.Unmarshal([]byte(body), &call); err != nil {
					t.Fatal(err)
				}
				hasBoth("callback", call.Data.Warnings)
			}
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d calls, want 2", len(bodies))
		}
	}
}

// TestWarningsOfAnArticleBrought: what a caller's own article says of itself stays
// within bounds, and is no metric.
func TestWarningsOfAnArticleBrought(t *testing.T) {
	var counted atomic.Int64
	s := newService(t, func(c *press.Config) { c.Warned = func(string, int) { counted.Add(1) } }, nil)
	text := strings.Repeat("渡口的早班船在六点前离岸，岸上的人把灯一盏盏熄掉。", 3)
	a := article.Article{Schema: 1, Lang: "zh-Hans", Title: "渡口", Blocks: []article.Block{{
		Kind: "paragraph", Text: text, Inlines: []article.Inline{{Text: text}},
	}}}
	a.Warnings = append(a.Warnings, article.Warning{Code: "evil\r\nSet-Cookie: a=b", Message: "x"})
	for n := range 500 {
		a.Warnings = append(a.Warnings, article.Warning{Code: fmt.Sprintf("made-up-%d", n%100), Message: strings.Repeat("长", 500)})
	}
	res := s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"article": a}))
	bodyOf(t, res, 200)
	line := res.Header.Get(warningsHeader)
	if res.Header.Get("Set-Cookie") != "" || len(line) > 1500 || !strings.Contains(line, "made-up-0=5") || !strings.Contains(line, "other=") {
		t.Errorf("Offprint-Warnings: %d bytes: %q", len(line), line)
	}
	if counted.Load() != 0 {
		t.Errorf("%d codes were counted", counted.Load())
	}
}

// TestWarningsAreDescribed: the API's description names the header wherever a document
// has it.
func TestWarningsAreDescribed(t *testing.T) {
	paths := newFixture(t, nil).api.OpenAPI().Paths
	for name, response := range map[string]*huma.Response{
		"POST /v1/pdf": paths["/v1/pdf"].Post.Responses["200"], "GET /v1/pdf": paths["/v1/pdf"].Get.Responses["302"],
		"GET /v1/pdf/{file}": paths["/v1/pdf/{file}"].Get.Responses["200"],
	} {
		if response == nil || response.Headers[warningsHeader] == nil {
			t.Errorf("%s: the header is not described", name)
		}
	}
}

// TestNoWarnings: a document without warnings has no such header.
func TestNoWarnings(t *testing.T) {
	s := newService(t, nil, nil)
	res := s.ask("GET", "/v1/pdf?url="+s.paper.URL+"/7.html", "")
	bodyOf(t, res, 302)
	stored := s.ask("GET", res.Header.Get("Location"), "")
	for what, h := range map[string]http.Header{"way": res.Header, "document": stored.Header} {
		if line, ok := h[warningsHeader]; ok {
			t.Errorf("%s: Offprint-Warnings %q", what, line)
		}
	}
}
