package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
	"offprint/server/hook"
)

// newsroom is a service with a hook, cms, whose deliveries are JSON with a secret.
func newsroom(t *testing.T, actions ...string) *service {
	t.Helper()
	return newService(t, nil, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: actions})}
		c.Lists = listsOf(t, map[string]int{"daily": 2, "large": listPart + 5})
	})
}

// deliver sends an event, and wants a 202.
func (s *service) deliver(t testing.TB, event map[string]any, headers ...string) *HookAnswer {
	t.Helper()
	res := s.ask("POST", "/v1/hooks/cms", toJSON(t, event), append([]string{"Authorization", "Bearer " + hookSecret}, headers...)...)
	a := &HookAnswer{}
	if err := json.Unmarshal(bodyOf(t, res, 202), a); err != nil {
		t.Fatal(err)
	}
	return a
}

func (f *fixture) jobsOf(t testing.TB, filter queue.Filter) []*queue.Job {
	t.Helper()
	filter.Limit = 1000
	jobs, err := f.queue.Jobs(t.Context(), filter)
	if err != nil {
		t.Fatal(err)
	}
	return jobs
}

// The same delivery six times, at once and one after another, does the work once.
func TestHookSixTimes(t *testing.T) {
	s := newsroom(t, "render", "render:large", "email:daily", "call:https://cms.example/done")
	s.work(t, nil)
	event := map[string]any{"event": "published", "id": "7", "url": s.paper.URL + "/7.html", "title": "渡口"}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() { s.deliver(t, event) })
	}
	all.Wait()
	for range 3 {
		if a := s.deliver(t, event); !a.Repeated || len(a.Jobs) != 3 || a.What != hook.Publish {
			t.Errorf("repeat: %+v", a)
		}
	}
	jobs := s.jobsOf(t, queue.Filter{})
	kinds := map[queue.Kind]int{}
	for _, j := range jobs {
		kinds[j.Kind]++
		if j.Callback != "https://cms.example/done" || !strings.Contains(string(j.CallbackData), `"article":"7"`) || j.Source != s.paper.URL+"/7.html" {
			t.Errorf("job %+v", j)
		}
		if done := s.ended(t, j.ID); done.State != queue.Done {
			t.Errorf("%s: %s, %+v", j.Kind, done.State, done.Error)
		}
	}
	if kinds[queue.PDF] != 2 || kinds[queue.Email] != 1 || s.box.count() != 2 {
		t.Errorf("jobs %v, %d messages; want 2 prints, 1 e-mail, 2 messages", kinds, s.box.count())
	}
	t.Logf("one delivery six times: jobs %v, messages %d", kinds, s.box.count())
}

// What an event calls for, one after another about the same article.
func TestHookLifeOfAnArticle(t *testing.T) {
	s := newsroom(t, "render", "email:daily")
	url := s.paper.URL + "/7.html"
	event := func(what, more string) map[string]any {
		return map[string]any{"event": what, "id": "7", "url": url, "title": "渡口" + more}
	}
	mails := func() (open, cancelled int) {
		for _, j := range s.jobsOf(t, queue.Filter{Kind: queue.Email}) {
			if j.State == queue.Cancelled {
				cancelled++
			} else {
				open++
			}
		}
		return open, cancelled
	}
	location := func() string {
		res := s.ask("GET", "/v1/pdf?url="+url, "")
		return res.Header.Get("Location")
	}
	// Published: printed and mailed. Published again, and edited: not mailed again.
	s.deliver(t, event("published", ""))
	if open, _ := mails(); open != 1 {
		t.Fatalf("published: %d e-mails", open)
	}
	before := location()
	s.deliver(t, event("published", " 2"))
	bodyOf(t, s.ask("GET", before, ""), 404) // purged
	pages := s.paper.pages.Load()
	before = location()
	if s.paper.pages.Load() != pages+1 {
		t.Error("the page was not read again after it was published again")
	}
	s.deliver(t, event("updated", " 3"))
	bodyOf(t, s.ask("GET", before, ""), 404)
	if open, _ := mails(); open != 1 {
		t.Errorf("edited: %d e-mails", open)
	}
	// Taken back, by its id alone: documents deleted, mail cancelled.
	before = location()
	a := s.deliver(t, map[string]any{"event": "deleted", "id": "7"})
	bodyOf(t, s.ask("GET", before, ""), 404)
	if open, cancelled := mails(); open != 0 || cancelled != 1 {
		t.Errorf("withdrawn: %d e-mails open, %d cancelled; %+v", open, cancelled, a)
	}
	if open := s.jobsOf(t, queue.Filter{State: queue.Queued}); len(open) != 0 {
		t.Errorf("withdrawn: %d jobs still wait", len(open))
	}
	// Back again: nobody got the mail, so it goes out now, and not once more.
	s.deliver(t, event("published", " 4"))
	s.deliver(t, event("published", " 5"))
	if open, cancelled := mails(); open != 1 || cancelled != 1 {
		t.Errorf("back again: %d e-mails open, %d cancelled", open, cancelled)
	}
	s.work(t, nil)
	for _, j := range s.jobsOf(t, queue.Filter{}) {
		s.ended(t, j.ID)
	}
	// Mailed, taken back, and back again: not mailed a second time.
	s.deliver(t, event("withdrawn", ""))
	s.deliver(t, event("published", " 6"))
	if got := s.jobsOf(t, queue.Filter{Kind: queue.Email}); len(got) != 2 || s.box.count() != 2 {
		t.Errorf("%d e-mails, %d messages", len(got), s.box.count())
	}
}

// An article that moves takes its old address with it.
func TestHookNewAddress(t *testing.T) {
	s := newsroom(t, "render")
	old := s.paper.URL + "/old.html"
	s.deliver(t, map[string]any{"event": "published", "id": "7", "url": old})
	before := s.ask("GET", "/v1/pdf?url="+old, "").Header.Get("Location")
	s.deliver(t, map[string]any{"event": "updated", "id": "7", "url": s.paper.URL + "/new.html"})
	bodyOf(t, s.ask("GET", before, ""), 404)
	a := s.deliver(t, map[string]any{"event": "withdrawn", "id": "8"})
	if a.Reason == "" {
		t.Errorf("withdrawn without being known: %+v", a)
	}
}

// Systems that have no name for a delivery say the same words each time an article
// comes and goes.
func TestHookSameWordsAgain(t *testing.T) {
	var now atomic.Int64
	start := time.Now()
	s := newService(t, nil, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: []string{"render"}})}
		c.Now = func() time.Time { return start.Add(time.Duration(now.Load())) }
	})
	publish := map[string]any{"event": "published", "url": s.paper.URL + "/7.html"}
	withdraw := map[string]any{"event": "withdrawn", "url": s.paper.URL + "/7.html"}
	for i, step := range []struct {
		event    map[string]any
		after    time.Duration
		repeated bool
	}{
		{publish, 0, false},
		{publish, time.Second, true},
		{publish, 5 * time.Hour, true}, // a sender that is late
		{withdraw, time.Hour, false},
		{publish, time.Second, false}, // hours after it was last sent: it is back
		{withdraw, time.Second, true}, // a retry of before
		{withdraw, time.Hour, false},
		{publish, 20 * time.Minute, false},
	} {
		now.Add(int64(step.after))
		if a := s.deliver(t, step.event); a.Repeated != step.repeated {
			t.Errorf("step %d: repeated %v, want %v", i+1, a.Repeated, step.repeated)
		}
	}
	if jobs := s.jobsOf(t, queue.Filter{}); len(jobs) != 3 {
		t.Errorf("%d jobs, want 3", len(jobs))
	}
}

// A system that fires twice, in different words, has it printed once.
func TestHookDoubleFire(t *testing.T) {
	s := newsroom(t, "render", "email:daily")
	for i := range 3 {
		s.deliver(t, map[string]any{"event": "published", "id": "7", "url": s.paper.URL + "/7.html", "fired": i})
	}
	if jobs := s.jobsOf(t, queue.Filter{}); len(jobs) != 2 {
		t.Errorf("%d jobs, want a print and an e-mail", len(jobs))
	}
}

// The text that comes along is printed with its title, where that is asked for.
func TestHookWithText(t *testing.T) {
	s := newService(t, nil, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", HTMLPath: "html", Actions: []string{"render", "email:daily"}})}
		c.Lists = listsOf(t, map[string]int{"daily": 2})
	})
	s.work(t, nil)
	text := strings.Repeat("<p>"+strings.Repeat("江面便只剩下水声，岸上的人把灯熄掉。", 5)+"</p>", 5)
	a := s.deliver(t, map[string]any{"event": "published", "url": s.paper.URL + "/7.html", "title": "灯 & 水", "html": text, "lang": "zh_CN"})
	for _, id := range a.Jobs {
		if j := s.ended(t, id); j.State != queue.Done {
			t.Errorf("%s: %+v", j.Kind, j.Error)
		}
	}
	if s.paper.pages.Load() != 0 {
		t.Error("the page was read although its text came along")
	}
	if s.box.count() != 2 || !strings.Contains(subjectOf(s.box.sent[0]), "灯 & 水") {
		t.Errorf("%d messages, subject %s", s.box.count(), subjectOf(s.box.sent[0]))
	}
	whole := wholePage(&hook.Event{HTML: "<!doctype html><HTML><body><p>x"})
	if !strings.HasPrefix(whole, "<!doctype html><HTML>") {
		t.Errorf("a whole page became %s", whole)
	}
}

func subjectOf(m *mailer.Message) string {
	letter, err := mail.ReadMessage(bytes.NewReader(m.Bytes))
	if err != nil {
		return err.Error()
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
	if err != nil {
		return err.Error()
	}
	return subject
}

// A long list goes into several jobs, whose recipients are all of it.
func TestHookLargeList(t *testing.T) {
	s := newsroom(t, "email:large")
	begun := time.Now()
	a := s.deliver(t, map[string]any{"event": "published", "id": "7", "url": s.paper.URL + "/7.html"})
	t.Logf("a list of %d recipients is on the queue after %v", listPart+5, time.Since(begun))
	total := 0
	for _, id := range a.Jobs {
		j, err := s.queue.Job(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		total += len(j.Deliveries)
	}
	if len(a.Jobs) != 2 || total != listPart+5 {
		t.Errorf("%d jobs for %d recipients", len(a.Jobs), total)
	}
	s.deliver(t, map[string]any{"event": "withdrawn", "id": "7"})
	a = s.deliver(t, map[string]any{"event": "published", "id": "7", "url": s.paper.URL + "/7.html", "again": 1})
	if len(a.Jobs) != 2 {
		t.Errorf("back again: %d jobs", len(a.Jobs))
	}
}

// breakingQueue fails after some submissions, as a program that is killed.
type breakingQueue struct {
	Queue
	left *int
}

func (q breakingQueue) SubmitAll(ctx context.Context, all []queue.Submission, notes func([]*queue.Receipt) ([]queue.Note, error)) ([]*queue.Receipt, error) {
	if *q.left--; *q.left < 0 {
		return nil, errors.New("power cut")
	}
	return q.Queue.SubmitAll(ctx, all, notes)
}

// A delivery that was broken off halfway is made whole by its repeat.
func TestHookBrokenOff(t *testing.T) {
	for _, c := range []struct {
		list        string
		steps, jobs int
	}{{"daily", 1, 3}, {"large", 5, 4}} {
		for left := range c.steps {
			s := newsroom(t, "render", "render:large", "email:"+c.list)
			whole, n := s.config.Queue, left
			s.config.Queue = breakingQueue{whole, &n}
			event := map[string]any{"event": "published", "id": "7", "url": s.paper.URL + "/7.html"}
			res := s.ask("POST", "/v1/hooks/cms", toJSON(t, event), "Authorization", "Bearer "+hookSecret)
			wantProblem(t, res, problem.Internal)
			s.config.Queue = whole
			a, again := s.deliver(t, event), s.deliver(t, event)
			if jobs := s.jobsOf(t, queue.Filter{}); len(jobs) != c.jobs || a.Repeated || !again.Repeated || len(again.Jobs) != c.jobs {
				t.Errorf("%s, broken off after %d: %d jobs, want %d; %+v, %+v", c.list, left, len(jobs), c.jobs, a, again)
			}
		}
	}
}

func TestHookCalls(t *testing.T) {
	for _, c := range []struct {
		name    string
		actions []string
		want    []string // callbacks of the jobs
	}{
		{"nobody", []string{"render"}, []string{""}},
		{"alone", []string{"call:https://a.example/"}, []string{"https://a.example/"}},
		{"with a print", []string{"call:https://a.example/", "render:large"}, []string{"https://a.example/"}},
		{"two", []string{"render", "call:https://a.example/", "call:https://b.example/"}, []string{"https://a.example/", "https://b.example/"}},
	} {
		s := newsroom(t, c.actions...)
		s.deliver(t, map[string]any{"event": "published", "url": s.paper.URL + "/7.html"})
		var got []string
		for _, j := range s.jobsOf(t, queue.Filter{}) {
			got = append(got, j.Callback)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: callbacks %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHookRefusals(t *testing.T) {
	f := ownFixture(t, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{
			"cms":  hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: []string{"render"}}),
			"open": hookOf(t, hook.Config{Source: "generic", Verify: "none", Actions: []string{"render"}}),
		}
	})
	const body = `{"url":"https://news.example/a.html"}`
	bodyOf(t, f.ask("POST", "/v1/hooks/open", body), 202)
	bodyOf(t, f.ask("POST", "/v1/hooks/cms?secret=x", body, "Authorization", "Bearer "+hookSecret), 202)
	for _, c := range []struct {
		name, path, body string
		headers          []string
		code             problem.Code
	}{
		{"no such hook", "/v1/hooks/none", body, nil, problem.NotFound},
		{"no secret", "/v1/hooks/cms", body, nil, problem.Unauthorized},
		{"another's secret", "/v1/hooks/cms", body, []string{"Authorization", "Bearer x"}, problem.Unauthorized},
		{"unverified, through a proxy", "/v1/hooks/open", body, []string{"X-Forwarded-For", "192.0.2.7"}, problem.Forbidden},
		{"unverified, from elsewhere", "/v1/hooks/open", body, []string{"From", "192.0.2.7:1"}, problem.Forbidden},
		{"unverified, from a page in a browser", "/v1/hooks/open", body, []string{"Sec-Fetch-Site", "cross-site"}, problem.Forbidden},
		{"no address", "/v1/hooks/open", `{"title":"x"}`, nil, problem.BadRequest},
		{"address of a file", "/v1/hooks/open", `{"url":"file:///etc/passwd"}`, nil, problem.BadRequest},
		{"no JSON", "/v1/hooks/open", `{`, nil, problem.BadRequest},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantProblem(t, f.ask("POST", c.path, c.body, c.headers...), c.code)
		})
	}
	if jobs := f.jobsOf(t, queue.Filter{}); len(jobs) != 1 { // the two good ones have one name and say the same
		t.Errorf("%d jobs, want 1", len(jobs))
	}
}

func TestHooksThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Config)
		says   string
	}{
		{"unverified in public", func(c *Config) {
			c.PublicURL, c.Hooks = "https://print.example", map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "none"})}
		}, "verify"},
		{"no such list", func(c *Config) {
			c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: []string{"email:none"}})}
		}, "none"},
		{"no mail server", func(c *Config) {
			c.Press = &stubPress{err: problem.New(problem.MailRefused, "no mail server", "")}
			c.Lists = listsOf(t, map[string]int{"daily": 1})
			c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: []string{"email:daily"}})}
		}, "no mail server"},
	} {
		config := Config{Press: &stubPress{}, Queue: sharedQueue, Store: newFixture(t, nil).config.Store}
		c.change(&config)
		if _, err := New(config); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
