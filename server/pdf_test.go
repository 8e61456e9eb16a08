package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
)

func TestMakePDF(t *testing.T) {
	s := newService(t, nil, nil)
	res := s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": s.paper.URL + "/1.html", "font_size": "large"}))
	pdf := bodyOf(t, res, 200)
	h := res.Header
	if h.Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(pdf, []byte("%PDF-")) || h.Get("Content-Length") != fmt.Sprint(len(pdf)) {
		t.Fatalf("no PDF: %v %.20q", h, pdf)
	}
	if h.Get("ETag") != quoted(pdf) || h.Get("Offprint-Pages") == "" || h.Get("Preference-Applied") != "" {
		t.Errorf("headers %v", h)
	}
	if got := h.Get("Content-Disposition"); !strings.HasPrefix(got, `inline; filename="article.pdf"; filename*=UTF-8''%E6%B8%A1%E5%8F%A3`) || !strings.HasSuffix(got, ".pdf") {
		t.Errorf("Content-Disposition %s", got)
	}
	if again := bodyOf(t, s.ask("GET", h.Get("Content-Location"), ""), 200); !bytes.Equal(again, pdf) {
		t.Error("another document at its address")
	}
	for name, body := range map[string]string{
		"HTML":    toJSON(t, map[string]any{"html": articleHTML("x"), "base_url": s.paper.URL + "/"}),
		"article": `{"article":{"schema":1,"lang":"zh-Hans","site":{},"title":"渡口","blocks":[{"kind":"paragraph","text":"水声。"}]}}`,
	} {
		if got := bodyOf(t, s.ask("POST", "/v1/pdf", body), 200); !bytes.HasPrefix(got, []byte("%PDF-")) {
			t.Errorf("%s: no PDF", name)
		}
	}
}

func TestMakePDFProblems(t *testing.T) {
	s := newService(t, nil, nil)
	good := s.paper.URL + "/1.html"
	for _, c := range []struct {
		name    string
		body    any
		headers []string
		code    problem.Code
	}{
		{"nothing", map[string]any{}, nil, problem.BadRequest},
		{"file", map[string]any{"url": "/etc/passwd"}, nil, problem.BadRequest},
		{"unknown field", map[string]any{"url": good, "papre": "A5"}, nil, problem.BadRequest},
		{"no article", map[string]any{"url": s.paper.URL + "/listing"}, nil, problem.NotAnArticle},
		{"callback is no address", map[string]any{"url": good, "callback": "cms"}, nil, problem.BadRequest},
		{"callback_data too long", map[string]any{"url": good, "callback": "https://cms.example/", "callback_data": strings.Repeat("x", 3000)}, nil, problem.BadRequest},
		{"wait is no number", map[string]any{"url": good}, []string{"Prefer", "wait=long"}, problem.BadRequest},
		{"key too long", map[string]any{"url": good}, []string{"Idempotency-Key", strings.Repeat("k", 256)}, problem.BadRequest},
		{"not JSON", nil, []string{"Content-Type", "text/html"}, problem.UnsupportedMedia},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantProblem(t, s.ask("POST", "/v1/pdf", toJSON(t, c.body), c.headers...), c.code)
		})
	}
}

// Prefer, the 8 seconds and callbacks decide whether it becomes a job.
func TestMakePDFLater(t *testing.T) {
	blocked := make(chan struct{})
	const slow, quick = 20 * time.Millisecond, time.Minute
	for _, c := range []struct {
		name    string
		wait    time.Duration // the server's own
		blocked bool          // the press
		prefer  string
		body    string
		status  int
		applied string
	}{
		{"in time", quick, false, "", "", 200, ""},
		{"not in time", slow, true, "", "", 202, ""},
		{"at once", quick, true, "respond-async", "", 202, "respond-async"},
		{"at once, in capitals", quick, true, "Respond-Async", "", 202, "respond-async"},
		{"patient", slow, false, "wait=10", "", 200, "wait=10"},
		{"patient for less than is allowed", slow, false, "wait=900", "", 200, "wait=30"},
		{"impatient", quick, true, "wait=0", "", 202, "wait=0"},
		{"later, but wait first", quick, false, "respond-async, wait=10", "", 200, "wait=10"},
		{"both", quick, true, "respond-async, wait=0", "", 202, "respond-async, wait=0"},
		{"other preferences", quick, false, `return=minimal, foo; bar="respond-async"`, "", 200, ""},
		{"callback", quick, false, "", `,"callback":"https://cms.example/"`, 202, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := ownFixture(t, nil)
			key := store.ContentKey([]byte("x"))
			meta, err := f.config.Store.Put(t.Context(), key, store.Meta{Type: pdfType, Name: "a.pdf", Pages: 1}, strings.NewReader("x"))
			if err != nil {
				t.Fatal(err)
			}
			f.press.print, f.wait = &press.Print{Key: key, Meta: meta}, c.wait
			if c.blocked {
				f.press.do = func(ctx context.Context) {
					select {
					case <-blocked:
					case <-ctx.Done():
					}
				}
			}
			res := f.ask("POST", "/v1/pdf", `{"url":"https://news.example/a.html"`+c.body+`}`, "Prefer", c.prefer)
			body := bodyOf(t, res, c.status)
			if got := res.Header.Get("Preference-Applied"); got != c.applied {
				t.Errorf("Preference-Applied %q, want %q", got, c.applied)
			}
			if c.status == 200 {
				return
			}
			jobs, err := f.queue.Jobs(t.Context(), queue.Filter{})
			if err != nil || len(jobs) != 1 || res.Header.Get("Location") != "/v1/jobs/"+jobs[0].ID || !strings.Contains(string(body), jobs[0].ID) {
				t.Errorf("jobs %v, %v; Location %s, %s", jobs, err, res.Header.Get("Location"), body)
			}
			if jobs[0].Source != "https://news.example/a.html" {
				t.Errorf("source %s", jobs[0].Source)
			}
		})
	}
	close(blocked)
}

// What was begun for the caller is found by the job: it is drawn once.
func TestLateDocumentIsDrawnOnce(t *testing.T) {
	s := newService(t, nil, nil)
	s.paper.hold, s.wait = make(chan struct{}), 10*time.Millisecond
	j := readJob(t, s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": s.paper.URL + "/1.html"})), 202)
	s.work(t, nil)
	close(s.paper.hold)
	done := s.ended(t, j.ID)
	if done.State != queue.Done || done.Result == nil || s.count("draw") != 1 || s.paper.pages.Load() != 1 {
		t.Fatalf("job %+v; drawn %d times, read %d times", done, s.count("draw"), s.paper.pages.Load())
	}
	got := readJob(t, s.ask("GET", "/v1/jobs/"+j.ID, ""), 200)
	bodyOf(t, s.ask("GET", got.Result.PDF, ""), 200)
}

// A caller who hangs up is not waited for.
func TestMakePDFHangUp(t *testing.T) {
	f := ownFixture(t, nil)
	ended := make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	f.press.do = func(ctx context.Context) {
		cancel()
		<-ctx.Done()
		close(ended)
	}
	f.press.err = context.Canceled
	_, err := f.printWithin(ctx, &press.Request{HTML: "x"}, time.Minute)
	if err != context.Canceled {
		t.Errorf("%v", err)
	}
	<-ended
}

func TestPanicInPress(t *testing.T) {
	f := ownFixture(t, nil)
	f.press.do = func(context.Context) { panic("bad article") }
	wantProblem(t, f.ask("POST", "/v1/pdf", `{"url":"https://news.example/a.html"}`), problem.Internal)
}

func TestRepeatedPDF(t *testing.T) {
	f := ownFixture(t, nil)
	ask := func(url, key string) *http.Response {
		return f.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": url}), "Prefer", "respond-async", "Idempotency-Key", key)
	}
	first := ask("https://news.example/a.html", "one")
	want := bodyOf(t, first, 202)
	for range 3 {
		res := ask("https://news.example/a.html", "one")
		if got := bodyOf(t, res, 202); string(got) != string(want) || res.Header.Get("Idempotency-Replayed") != "true" || res.Header.Get("Location") != first.Header.Get("Location") {
			t.Errorf("repeat: %v %s", res.Header, got)
		}
	}
	if first.Header.Get("Idempotency-Replayed") != "" {
		t.Error("the first one is called a repeat")
	}
	wantProblem(t, ask("https://news.example/b.html", "one"), problem.IdempotencyMismatch)
	bodyOf(t, ask("https://news.example/a.html", "two"), 202)
	if jobs, _ := f.queue.Jobs(t.Context(), queue.Filter{}); len(jobs) != 2 {
		t.Errorf("%d jobs, want 2", len(jobs))
	}
}

func TestFindPDF(t *testing.T) {
	s := newService(t, nil, func(c *Config) {
		c.PublicHosts = []string{"127.0.0.1"}
		c.Keys = keysOf(&testKey{id: "k", scopes: []Scope{Print}})
	})
	path := "/v1/pdf?url=" + s.paper.URL + "/1.html&drop=0,1&columns=2"
	for _, c := range []struct {
		name, method string
		headers      []string
		cache        string
	}{
		{"reader", "GET", []string{"From", "192.0.2.7:1"}, sharedWay},
		{"reader, head alone", "HEAD", []string{"From", "192.0.2.7:1"}, sharedWay},
		{"with a key", "GET", bearer("k"), ownWay},
	} {
		res := s.ask(c.method, path, "", c.headers...)
		bodyOf(t, res, 302)
		if res.Header.Get("Cache-Control") != c.cache || !strings.HasPrefix(res.Header.Get("Location"), "/v1/pdf/") {
			t.Errorf("%s: %v", c.name, res.Header)
		}
	}
	if s.count("draw") != 1 {
		t.Errorf("drawn %d times", s.count("draw"))
	}
	for _, own := range []string{"title=x", "author=x", "date=2025-07-21", "logo=https://news.example/x.png"} {
		wantProblem(t, s.ask("GET", path+"&"+own, "", "From", "192.0.2.7:1"), problem.Forbidden)
	}
	bodyOf(t, s.ask("GET", path+"&title=x&author=y&date=2025-07-21", "", bearer("k")...), 302)
	wantProblem(t, s.ask("GET", "/v1/pdf", ""), problem.BadRequest)
	wantProblem(t, s.ask("GET", path+"&papre=A5", ""), problem.BadRequest)
	wantProblem(t, s.ask("GET", "/v1/pdf?url=https://news.example/", "", "From", "192.0.2.7:1"), problem.FetchRefused)
}

func TestGetPDF(t *testing.T) {
	s := newService(t, nil, nil)
	path := s.ask("GET", "/v1/pdf?url="+s.paper.URL+"/1.html", "").Header.Get("Location")
	whole := s.ask("GET", path, "")
	pdf := bodyOf(t, whole, 200)
	tag, date := whole.Header.Get("ETag"), whole.Header.Get("Last-Modified")
	if tag != quoted(pdf) || date == "" || whole.Header.Get("Cache-Control") != forever || whole.Header.Get("Accept-Ranges") != "bytes" {
		t.Fatalf("headers %v", whole.Header)
	}
	for _, c := range []struct {
		name, method string
		headers      []string
		status       int
		from, to     int // of the body
	}{
		{"head", "HEAD", nil, 200, 0, 0},
		{"first bytes", "GET", []string{"Range", "bytes=0-9"}, 206, 0, 10},
		{"last bytes", "GET", []string{"Range", "bytes=-5"}, 206, len(pdf) - 5, len(pdf)},
		{"rest, if it is the same", "GET", []string{"Range", "bytes=100-", "If-Range", tag}, 206, 100, len(pdf)},
		{"all, since it is another", "GET", []string{"Range", "bytes=100-", "If-Range", `"x"`}, 200, 0, len(pdf)},
		{"known", "GET", []string{"If-None-Match", tag}, 304, 0, 0},
		{"known, weakly", "GET", []string{"If-None-Match", "W/" + tag}, 304, 0, 0},
		{"known, head", "HEAD", []string{"If-None-Match", tag}, 304, 0, 0},
		{"not known", "GET", []string{"If-None-Match", `"x"`}, 200, 0, len(pdf)},
		{"not since", "GET", []string{"If-Modified-Since", date}, 304, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := s.ask(c.method, path, "", c.headers...)
			if got := bodyOf(t, res, c.status); string(got) != string(pdf[c.from:c.to]) {
				t.Errorf("%d bytes, want %d to %d", len(got), c.from, c.to)
			}
			if res.Header.Get("ETag") != tag || res.Header.Get("Cache-Control") != forever {
				t.Errorf("headers %v", res.Header)
			}
		})
	}
	res := s.ask("GET", path, "", "Range", "bytes=99999999-")
	wantProblem(t, res, problem.RangeNotSatisfiable)
	if res.Header.Get("Content-Range") != fmt.Sprintf("bytes */%d", len(pdf)) || res.Header.Get("ETag") != "" || res.Header.Get("Content-Disposition") != "" {
		t.Errorf("headers %v", res.Header)
	}
	wantProblem(t, s.ask("GET", path, "", "If-Match", `"x"`), problem.PreconditionFailed)
	hash := strings.TrimSuffix(strings.TrimPrefix(path, "/v1/pdf/"), ".pdf")
	key, _ := store.ParseKey(hash)
	for _, wrong := range []string{
		"/v1/pdf/" + hash, "/v1/pdf/" + strings.ToUpper(hash) + ".pdf", "/v1/pdf/x.pdf", "/v1/pdf/..%2Fx.pdf",
		"/v1/pdf/" + store.ContentKey(nil).String() + ".pdf",
		"/v1/pdf/" + key.Part("material").String() + ".pdf", // what it was made of
		"/v1/pages/" + key.Part("material").String() + "/1.png",
		"/v1/pages/" + hash + "/0.png", "/v1/pages/" + hash + "/01.png", "/v1/pages/" + hash + "/99.png", "/v1/pages/" + hash + "/1", "/v1/pages/x/1.png",
	} {
		wantProblem(t, s.ask("GET", wrong, ""), problem.NotFound)
	}
}

func TestGetPage(t *testing.T) {
	s := newService(t, nil, nil)
	path := s.ask("GET", "/v1/pdf?url="+s.paper.URL+"/1.html", "").Header.Get("Location")
	page := strings.Replace(strings.TrimSuffix(path, ".pdf"), "/pdf/", "/pages/", 1) + "/1.png"
	res := s.ask("GET", page, "")
	png := bodyOf(t, res, 200)
	if !bytes.HasPrefix(png, []byte("\x89PNG")) || res.Header.Get("ETag") != quoted(png) || res.Header.Get("Content-Type") != "image/png" || res.Header.Get("Cache-Control") != forever {
		t.Errorf("headers %v", res.Header)
	}
	bodyOf(t, s.ask("GET", page, "", "If-None-Match", quoted(png)), 304)
}

// Two hundred ask for a cold article at a time: it is read and drawn once.
func TestParallelFind(t *testing.T) {
	s := newService(t, nil, nil)
	var all sync.WaitGroup
	locations := make([]string, 200)
	for i := range locations {
		all.Go(func() {
			res := s.ask("GET", "/v1/pdf?url="+s.paper.URL+"/1.html", "")
			io.Copy(io.Discard, res.Body)
			if res.StatusCode == 302 {
				locations[i] = res.Header.Get("Location")
			}
		})
	}
	all.Wait()
	for i, l := range locations {
		if l == "" || l != locations[0] {
			t.Fatalf("number %d: %q, the first %q", i, l, locations[0])
		}
	}
	if s.paper.pages.Load() != 1 || s.count("draw") != 1 {
		t.Errorf("read %d times, drawn %d times", s.paper.pages.Load(), s.count("draw"))
	}
	t.Logf("200 GETs of one cold article: read %d time, drawn %d time", s.paper.pages.Load(), s.count("draw"))
}

func TestPrintQuota(t *testing.T) {
	k := &testKey{id: "k", scopes: []Scope{Print}, quota: map[string]int{quotaPrints: 2}}
	f := ownFixture(t, func(c *Config) { c.Keys = keysOf(k) })
	ask := func(key string) *http.Response {
		return f.ask("POST", "/v1/pdf", `{"url":"https://news.example/a.html"}`, append(bearer("k"), "Prefer", "respond-async", "Idempotency-Key", key)...)
	}
	for _, key := range []string{"one", "one", "one", "two", "two"} { // repeats count once
		bodyOf(t, ask(key), 202)
	}
	res := ask("three")
	wantProblem(t, res, problem.RateLimited)
	bodyOf(t, ask("two"), 202)
}

func TestDisposition(t *testing.T) {
	for name, want := range map[string]string{
		"":          "inline",
		"a b.pdf":   `inline; filename="a b.pdf"; filename*=UTF-8''a%20b.pdf`,
		"渡口.pdf":    `inline; filename="article.pdf"; filename*=UTF-8''%E6%B8%A1%E5%8F%A3.pdf`,
		`"x";\.pdf`: `inline; filename="article.pdf"; filename*=UTF-8''%22x%22%3B%5C.pdf`,
		"a\r\nb":    `inline; filename="article.pdf"; filename*=UTF-8''a%0D%0Ab`,
		"100%.pdf":  `inline; filename="article.pdf"; filename*=UTF-8''100%25.pdf`,
		"d'or*.pdf": `inline; filename="d'or*.pdf"; filename*=UTF-8''d%27or%2A.pdf`,
	} {
		if got := disposition("inline", name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}
