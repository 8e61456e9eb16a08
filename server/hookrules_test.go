package server

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/server/hook"
)

// The page is better than the text that comes along.
func TestHookReadsPage(t *testing.T) {
	s := newsroom(t, "render")
	s.work(t, nil)
	a := s.deliver(t, map[string]any{"event": "published", "url": s.paper.URL + "/7.html", "title": "x", "html": "<p>x"})
	for _, id := range a.Jobs {
		if j := s.ended(t, id); j.State != queue.Done {
			t.Errorf("%+v", j.Error)
		}
	}
	if len(a.Jobs) != 1 || s.paper.pages.Load() != 1 {
		t.Errorf("%d jobs, the page was read %d times", len(a.Jobs), s.paper.pages.Load())
	}
}

// What is for members alone is treated as gone, and mailed when it comes back.
func TestHookRestricted(t *testing.T) {
	s := newService(t, nil, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "standard-webhooks", Verify: "header", Actions: []string{"render", "email:daily"}})}
		c.Lists = listsOf(t, map[string]int{"daily": 2})
	})
	url := s.paper.URL + "/7.html"
	deliver := func(n int, what, visibility string) *HookAnswer {
		return s.deliver(t, map[string]any{"type": "article." + what, "timestamp": fmt.Sprintf("2026-03-04T01:04:%02dZ", n), "data": map[string]any{"id": "7", "url": url, "visibility": visibility}})
	}
	if a := deliver(1, "published", "members"); len(a.Jobs) != 0 || a.Reason == "" || s.paper.pages.Load() != 0 {
		t.Errorf("for members alone: %+v", a)
	}
	if a := deliver(2, "updated", "public"); len(a.Jobs) != 1 {
		t.Errorf("made public by an edit: %+v", a)
	}
	if a := deliver(3, "published", "public"); len(a.Jobs) == 0 {
		t.Errorf("published for all: %+v", a)
	}
	before := s.ask("GET", "/v1/pdf?url="+url, "").Header.Get("Location")
	bodyOf(t, s.ask("GET", before, ""), 200)
	if a := deliver(4, "updated", "paid"); len(a.Jobs) != 0 || a.Reason == "" {
		t.Errorf("paid from now on: %+v", a)
	}
	bodyOf(t, s.ask("GET", before, ""), 404)
	if open := s.jobsOf(t, queue.Filter{State: queue.Queued}); len(open) != 0 {
		t.Errorf("%d jobs still wait", len(open))
	}
}

// A hook's own sender may say its secret where API keys are said, or in the query;
// neither is taken for an API key or written into the log.
func TestHookSecrets(t *testing.T) {
	f := ownFixture(t, func(c *Config) {
		c.PublicURL, c.Keys = publicURL, madeKeys{someKeys()}
		c.Hooks = map[string]*hook.Receiver{
			"header": hookNamed(t, "header", hook.Config{Source: "generic", Verify: "header", Actions: []string{"render"}}),
			"query":  hookNamed(t, "query", hook.Config{Source: "generic", Verify: "query", Actions: []string{"render"}}),
		}
	})
	away := []string{"From", "192.0.2.7:1", "Host", "print.news.example"}
	const body = `{"url":"https://news.example/a.html"}`
	secret := url.QueryEscape(hookSecret)
	bodyOf(t, f.ask("POST", "/v1/hooks/header", body, append(away, "Authorization", "Bearer "+hookSecret)...), 202)
	bodyOf(t, f.ask("POST", "/v1/hooks/query?secret="+secret, body, away...), 202)
	wantProblem(t, f.ask("POST", "/v1/hooks/query?secret="+secret+"x", body, away...), problem.Unauthorized)
	wantProblem(t, f.ask("POST", "/v1/hooks/none?secret="+secret, body, away...), problem.NotFound)
	wantProblem(t, f.ask("PUT", "/v1/hooks/query?secret="+secret, body, away...), problem.MethodNotAllowed)
	if log := f.log.String(); strings.Contains(log, secret) || strings.Contains(log, "thirty-two") || !strings.Contains(log, "/v1/hooks/{name}") {
		t.Errorf("the log tells a secret: %s", log)
	}
}

// A hook reads a byte more than it takes, and no more.
func TestHookBody(t *testing.T) {
	f := newFixture(t, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", MaxBody: 100, Actions: []string{"render"}})}
	})
	key := []string{"Authorization", "Bearer " + hookSecret}
	for _, size := range []int{101, 102, 4000} { // each is announced, so that none of it is read
		body := `{"x":"` + strings.Repeat("x", size-8) + `"}`
		p := wantProblem(t, f.ask("POST", "/v1/hooks/cms", body, key...), problem.TooLarge)
		if !strings.Contains(p.Detail, "more than 100 bytes") {
			t.Errorf("%d bytes: %s", size, p.Detail)
		}
	}
	wantProblem(t, f.ask("POST", "/v1/hooks/cms", `{"x":"`+strings.Repeat("x", 92)+`"}`, key...), problem.BadRequest)
}

// Whose sender is known may send many; guesses are counted.
func TestHookRate(t *testing.T) {
	f := ownFixture(t, func(c *Config) {
		c.Limits.PerIPPerMinute = 3
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: []string{"render"}})}
	})
	send := func(key string, i int) int {
		return f.ask("POST", "/v1/hooks/cms", fmt.Sprintf(`{"url":"https://news.example/%d.html"}`, i), bearer(key)...).StatusCode
	}
	for i := range 20 {
		if got := send(hookSecret, i); got != 202 {
			t.Fatalf("delivery %d: status %d", i, got)
		}
	}
	for i, want := range []int{401, 401, 401, 429, 429} {
		if got := send("wrong", i); got != want {
			t.Errorf("guess %d: status %d, want %d", i, got, want)
		}
	}
}
