package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/press"
	"offprint/server/hook"
)

// What the content management systems of the hook's tests send is taken, and never
// answered with 410: that would make Ghost forget the hook.
func TestHookPayloads(t *testing.T) {
	f := ownFixture(t, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{}
		for name, h := range map[string]hook.Config{
			"ghost": {}, "wordpress": {}, "standard-webhooks": {},
			"strapi":     {Types: []string{"article"}, URLTemplate: "https://nanting.example/{entry.locale}/{entry.slug}"},
			"contentful": {Types: []string{"article"}, Locale: "zh-Hant-HK", URLTemplate: "https://nanting.example/hk/{fields.slug}/"},
		} {
			h.Source, h.Verify, h.Actions = name, "none", []string{"render"}
			c.Hooks[name] = hookNamed(t, name, h)
		}
	})
	files, err := filepath.Glob("hook/testdata/payloads/*/*.http")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	taken := map[hook.What]int{}
	for _, file := range files {
		source := filepath.Base(filepath.Dir(file))
		if f.config.Hooks[source] == nil {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(data), "\n\n")
		var headers []string
		for line := range strings.Lines(head) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			headers = append(headers, name, value)
		}
		var a HookAnswer
		if err := json.Unmarshal(bodyOf(t, f.ask("POST", "/v1/hooks/"+source, body, headers...), 202), &a); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		taken[a.What]++
	}
	t.Logf("%d payloads: %v", len(files), taken)
}

// underRace tells that the race detector slows everything down.
var underRace bool

// The answer does not wait for the workers: all of them are blocked here, and so
// is the newspaper.
func TestHookAnswersAtOnce(t *testing.T) {
	s := newService(t, func(c *press.Config) { c.Limits = press.Limits{Slots: 1, Open: 1, Waiting: 1} }, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{
			Source: "generic", Verify: "header", Actions: []string{"render", "render:large", "email:daily", "call:https://cms.example/done"},
		})}
		c.Lists = listsOf(t, map[string]int{"daily": 20})
	})
	s.paper.hold, s.box.hold = make(chan struct{}), make(chan struct{})
	defer close(s.paper.hold)
	defer close(s.box.hold)
	s.work(t, nil)
	s.deliver(t, map[string]any{"event": "published", "id": "first", "url": s.paper.URL + "/first.html"})
	for s.paper.pages.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	requests, senders := 500, 4
	if underRace {
		requests = 50 // its times tell nothing
	}
	took := make([]time.Duration, requests)
	var all sync.WaitGroup
	for sender := range senders {
		all.Go(func() {
			for i := sender; i < requests; i += senders {
				event := toJSON(t, map[string]any{"event": "published", "id": fmt.Sprint(i), "url": fmt.Sprintf("%s/%d.html", s.paper.URL, i)})
				begun := time.Now()
				res := s.ask("POST", "/v1/hooks/cms", event, "Authorization", "Bearer "+hookSecret)
				took[i] = time.Since(begun)
				if res.StatusCode != http.StatusAccepted {
					t.Errorf("status %d", res.StatusCode)
				}
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	p99 := took[requests*99/100]
	t.Logf("%d deliveries of %d senders with all workers blocked: median %v, p99 %v, longest %v", requests, senders, took[requests/2], p99, took[requests-1])
	if p99 >= 200*time.Millisecond && !underRace {
		t.Errorf("p99 is %v, want less than 200 ms", p99)
	}
}
