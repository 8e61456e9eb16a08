package server

import (
	"fmt"
	"strings"
	"testing"

	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/server/hook"
)

// TestHookImport: a system that is set up tells of its 500 old articles at once. All are
// printed, and the first 20 are mailed; of the others the operator and the system learn
// that they were not.
func TestHookImport(t *testing.T) {
	const articles, most = 500, 20
	s := newService(t, nil, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{
			Source: "generic", Verify: "header", Actions: []string{"render", "email:daily", "email:weekly", "call:https://cms.example/done"},
		})}
		c.Lists = listsOf(t, map[string]int{"daily": 2, "weekly": 1})
	})
	event := func(n int) map[string]any {
		return map[string]any{"event": "published", "id": fmt.Sprint(n), "url": fmt.Sprintf("https://news.example/%d.html", n), "title": "渡口"}
	}
	held := []string{}
	for n := range articles {
		a := s.deliver(t, event(n))
		if want := map[bool]int{true: 3, false: 1}[n < most]; len(a.Jobs) != want || len(a.Held) != 3-want {
			t.Fatalf("article %d: %d jobs and %d held, want %d and %d", n, len(a.Jobs), len(a.Held), want, 3-want)
		}
		held = append(held, a.Held...)
	}
	if again := s.deliver(t, event(articles-1)); !again.Repeated || len(again.Held) != 2 {
		t.Errorf("repeat: %+v", again)
	}
	prints, mails := 0, 0
	for _, state := range []queue.JobState{queue.Queued, queue.Failed} {
		prints += len(s.jobsOf(t, queue.Filter{Kind: queue.PDF, State: state}))
	}
	mails = len(s.jobsOf(t, queue.Filter{Kind: queue.Email, State: queue.Queued}))
	if prints != articles || mails != 2*most || len(held) != 2*(articles-most) {
		t.Errorf("%d prints, %d mailings, %d held; want %d, %d, %d", prints, mails, len(held), articles, 2*most, 2*(articles-most))
	}
	job, err := s.queue.Job(t.Context(), held[0])
	if err != nil || job.Error.Code() != problem.RateLimited || !strings.Contains(job.Error.Hint, "hooks.cms.max_per_hour") {
		t.Errorf("held: %+v, %v", job, err)
	}
	if events, err := s.queue.Events(t.Context(), held[0]); err != nil || len(events) != 1 || events[0].Type != queue.EmailFailed {
		t.Errorf("events of what is held: %+v, %v", events, err)
	}
	if n := strings.Count(s.log.String(), "a hook mails no more in this hour"); n != len(held) {
		t.Errorf("the log tells of %d", n)
	}
	if metrics := string(bodyOf(t, s.askAdmin("GET", "/metrics"), 200)); !strings.Contains(metrics, fmt.Sprintf(`offprint_hook_mailings_held_total{hook="cms"} %d`, len(held))) {
		t.Error("the metrics do not tell of it")
	}
}

// TestHookCeilingLongList: a list of several parts is mailed whole, or not at all.
func TestHookCeilingLongList(t *testing.T) {
	s := newService(t, nil, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{
			Source: "generic", Verify: "header", Actions: []string{"render", "email:large"}, MaxPerHour: 1,
		})}
		c.Lists = listsOf(t, map[string]int{"large": 2*listPart + 5})
	})
	for n, want := range []HookAnswer{{Jobs: make([]string, 4)}, {Jobs: make([]string, 1), Held: make([]string, 1)}} {
		event := map[string]any{"event": "published", "id": fmt.Sprint(n), "url": fmt.Sprintf("https://news.example/%d.html", n)}
		for range 2 { // and its repeat
			a := s.deliver(t, event)
			if len(a.Jobs) != len(want.Jobs) || len(a.Held) != len(want.Held) {
				t.Errorf("article %d: %d jobs and %d held, want %d and %d", n, len(a.Jobs), len(a.Held), len(want.Jobs), len(want.Held))
			}
		}
	}
}
