package server

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
)

func addressOf(t testing.TB, s string) mailer.Address {
	t.Helper()
	a, err := mailer.ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// listsOf makes lists of n recipients.
func listsOf(t testing.TB, sizes map[string]int) func(string) ([]mailer.Recipient, error) {
	return func(name string) ([]mailer.Recipient, error) {
		n, ok := sizes[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		all := make([]mailer.Recipient, n)
		for i := range all {
			all[i].Address = addressOf(t, fmt.Sprintf("reader%d@example.com", i))
		}
		return all, nil
	}
}

func TestSendEmail(t *testing.T) {
	s := newService(t, nil, func(c *Config) { c.Lists = listsOf(t, map[string]int{"daily": 3}) })
	s.work(t, nil)
	url := s.paper.URL + "/1.html"
	for _, c := range []struct {
		name string
		body map[string]any
		want []string
	}{
		{"addresses", map[string]any{"to": []any{"a@example.com", "b@example.com", "A@example.com"}}, []string{"a@example.com", "b@example.com"}},
		{"objects", map[string]any{"to": []any{map[string]any{"email": "c@example.com", "name": "林小满", "lang": "zh-Hant-HK", "font_size": "giant"}}, "note": "请看"}, []string{"c@example.com"}},
		{"list", map[string]any{"list": "daily", "attach": "none", "inline_article": true}, []string{"reader0@example.com", "reader1@example.com", "reader2@example.com"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.body["url"] = url
			res := s.ask("POST", "/v1/email", toJSON(t, c.body))
			j := readJob(t, res, 202)
			if res.Header.Get("Location") != "/v1/jobs/"+j.ID || len(j.Deliveries) != 0 {
				t.Errorf("Location %s, job %+v", res.Header.Get("Location"), j)
			}
			if done := s.ended(t, j.ID); done.State != queue.Done {
				t.Fatalf("job %+v", done)
			}
			got := readJob(t, s.ask("GET", "/v1/jobs/"+j.ID, ""), 200)
			for i, d := range got.Deliveries {
				if d.Recipient != c.want[i] || d.State != mailer.Sent || d.Code != 250 || d.MessageID == "" {
					t.Errorf("delivery %+v, want to %s", d, c.want[i])
				}
			}
			if len(got.Deliveries) != len(c.want) {
				t.Errorf("%d deliveries, want %d", len(got.Deliveries), len(c.want))
			}
		})
	}
}

func TestSendEmailProblems(t *testing.T) {
	s := newService(t, nil, func(c *Config) { c.Lists = listsOf(t, map[string]int{"daily": 3, "empty": 0}) })
	many := make([]string, mostRecipients+1)
	for i := range many {
		many[i] = fmt.Sprintf("reader%d@example.com", i)
	}
	for _, c := range []struct {
		name string
		body map[string]any
		code problem.Code
		says string
	}{
		{"nobody", map[string]any{}, problem.BadRequest, "nobody"},
		{"both", map[string]any{"to": []string{"a@example.com"}, "list": "daily"}, problem.BadRequest, "both"},
		{"no address", map[string]any{"to": []string{"a@example.com", "b@@example.com"}}, problem.BadRequest, "to[1]"},
		{"number", map[string]any{"to": []any{7}}, problem.BadRequest, "to[0]"},
		{"line break", map[string]any{"to": []string{"a@example.com\r\nBcc: b@example.com"}}, problem.BadRequest, "to[0]"},
		{"line break in a name", map[string]any{"to": []any{map[string]any{"email": "a@example.com", "name": "x\r\nBcc: b@example.com"}}}, problem.BadRequest, "name"},
		{"unknown field", map[string]any{"to": []any{map[string]any{"email": "a@example.com", "size": "x"}}}, problem.BadRequest, "to[0]"},
		{"no such size", map[string]any{"to": []any{map[string]any{"email": "a@example.com", "font_size": "enormous"}}}, problem.BadRequest, "font_size"},
		{"too many", map[string]any{"to": many}, problem.BadRequest, "1001"},
		{"no such list", map[string]any{"list": "weekly"}, problem.NotFound, "weekly"},
		{"empty list", map[string]any{"list": "empty"}, problem.MailRefused, "no recipients"},
		{"not a time", map[string]any{"to": []string{"a@example.com"}, "schedule": "tomorrow"}, problem.BadRequest, "schedule"},
		{"far ahead", map[string]any{"to": []string{"a@example.com"}, "schedule": "2999-01-01T00:00:00Z"}, problem.BadRequest, "schedule"},
		{"line break in the subject", map[string]any{"to": []string{"a@example.com"}, "subject": "x\r\nBcc: b@example.com"}, problem.BadRequest, ""},
		{"attachment", map[string]any{"to": []string{"a@example.com"}, "attach": "docx"}, problem.BadRequest, "attach"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.body["url"] = s.paper.URL + "/1.html"
			p := wantProblem(t, s.ask("POST", "/v1/email", toJSON(t, c.body)), c.code)
			if !strings.Contains(p.Detail, c.says) {
				t.Errorf("detail %q, want %q in it", p.Detail, c.says)
			}
		})
	}
	if jobs, _ := s.queue.Jobs(t.Context(), queue.Filter{}); len(jobs) != 0 {
		t.Errorf("%d jobs", len(jobs))
	}
}

func TestScheduledEmail(t *testing.T) {
	f := ownFixture(t, nil)
	at := time.Now().Add(time.Hour).Truncate(time.Second)
	j := readJob(t, f.ask("POST", "/v1/email", toJSON(t, map[string]any{"url": "https://news.example/", "to": []string{"a@example.com"}, "schedule": at.Format(time.RFC3339)})), 202)
	if j.Scheduled == nil || !j.Scheduled.Equal(at) {
		t.Errorf("scheduled %v, want %v", j.Scheduled, at)
	}
}

// A repeat mails nobody again, costs nothing, and is told apart from a mistake;
// each key has its own names.
func TestRepeatedEmail(t *testing.T) {
	mine, other := &testKey{id: "mine", scopes: []Scope{Email}, quota: map[string]int{quotaMails: 3}}, &testKey{id: "other", scopes: []Scope{Email}}
	f := ownFixture(t, func(c *Config) { c.Keys = keysOf(mine, other) })
	ask := func(key, name string, to ...string) *http.Response {
		return f.ask("POST", "/v1/email", toJSON(t, map[string]any{"url": "https://news.example/", "to": to}), append(bearer(key), "Idempotency-Key", name)...)
	}
	first := readJob(t, ask("mine", "one", "a@example.com", "b@example.com"), 202)
	for range 5 {
		res := ask("mine", "one", "a@example.com", "b@example.com")
		if got := readJob(t, res, 202); got.ID != first.ID || res.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("repeat: job %s, want %s; %v", got.ID, first.ID, res.Header)
		}
	}
	wantProblem(t, ask("mine", "one", "c@example.com"), problem.IdempotencyMismatch)
	if got := readJob(t, ask("other", "one", "c@example.com"), 202); got.ID == first.ID {
		t.Error("another's key gives this one's job")
	}
	wantProblem(t, ask("mine", "two", "a@example.com", "b@example.com"), problem.RateLimited)
	readJob(t, ask("mine", "three", "a@example.com"), 202)
	if jobs, _ := f.queue.Jobs(t.Context(), queue.Filter{}); len(jobs) != 3 {
		t.Errorf("%d jobs, want 3", len(jobs))
	}
}

func TestEmailHosts(t *testing.T) {
	f := ownFixture(t, func(c *Config) {
		c.Keys = keysOf(&testKey{id: "k", scopes: []Scope{Email}, hosts: []string{"news.example"}})
	})
	wantProblem(t, f.ask("POST", "/v1/email", `{"url":"https://other.example/","to":["a@example.com"]}`, bearer("k")...), problem.FetchRefused)
	j := readJob(t, f.ask("POST", "/v1/email", `{"url":"https://news.example/","to":["a@example.com"]}`, bearer("k")...), 202)
	kept, err := f.queue.Job(t.Context(), j.ID)
	if err != nil || !strings.Contains(string(kept.Request), `"hosts":["news.example"]`) || strings.Contains(string(kept.Request), "a@example.com") {
		t.Errorf("the queue keeps %s, %v", kept.Request, err)
	}
}

// Readers may ask for the sizes of the design that letters are set in, which are not
// always those of the program's own.
func TestRecipientsTakeTheDesignsSizes(t *testing.T) {
	text, err := os.ReadFile("../templates/page/default/page.json")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	text = bytes.ReplaceAll(text, []byte(`"giant":`), []byte(`"poster":`))
	if err := os.WriteFile(filepath.Join(folder, "page.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	s := newService(t, func(c *press.Config) { c.Options.Template = folder }, nil)
	mail := func(size string) *http.Response {
		return s.ask("POST", "/v1/email", `{"url":"`+s.paper.URL+`/1.html","to":[{"email":"a@example.com","font_size":"`+size+`"}]}`)
	}
	readJob(t, mail("poster"), 202)
	wantProblem(t, mail("giant"), problem.BadRequest)
}
