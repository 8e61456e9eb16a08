package press

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/letter"
	"offprint/mailer"
)

// outbox takes every message.
type outbox struct {
	mu   sync.Mutex
	sent []*mailer.Message
}

func (o *outbox) Deliver(_ context.Context, m *mailer.Message) []mailer.Result {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, m)
	return []mailer.Result{{Recipient: m.To[0], State: mailer.Sent, Code: 250, MessageID: m.ID}}
}

func withMail(c *Config) {
	c.Mail = &Mail{
		Config:      &mailer.Config{From: "南汀日报 <news@offprint.example>", EnvelopeDomain: "bounces.offprint.example"},
		Unsubscribe: func(a mailer.Address) string { return "https://print.example/v1/unsubscribe/" + a.Domain() },
	}
}

// do submits a job and waits until it is over.
func do(t *testing.T, s *shop, kind queue.Kind, request any, to ...string) (*queue.Job, *outbox) {
	t.Helper()
	q, err := queue.Open(t.Context(), queue.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	submission := queue.Submission{Kind: kind, Request: body}
	for _, one := range to {
		a, err := mailer.ParseAddress(one)
		if err != nil {
			t.Fatal(err)
		}
		submission.Recipients = append(submission.Recipients, mailer.Recipient{Address: a})
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended, box := make(chan error, 1), &outbox{}
	go func() { ended <- q.Work(ctx, queue.Worker{Renderer: s, Senders: []queue.Sender{box}}) }()
	receipt, err := q.Submit(t.Context(), submission)
	if err != nil {
		t.Fatal(err)
	}
	job := receipt.Job
	for end := time.Now().Add(30 * time.Second); !job.State.Final(); time.Sleep(10 * time.Millisecond) {
		if job, err = q.Job(t.Context(), job.ID); err != nil {
			t.Fatal(err)
		}
		if time.Now().After(end) {
			t.Fatalf("job not over in 30 s: %+v", job)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	return job, box
}

func TestRenderPDF(t *testing.T) {
	paper := newNewspaper(t)
	s := newShop(t, func(c *Config) { c.PublicURL = "https://print.example/" })
	r := &Request{URL: paper.URL + "/1.html"}
	job, _ := do(t, s, queue.PDF, r)
	if want := "https://print.example" + s.print(t, r).Path(); job.State != queue.Done || job.Result == nil || job.Result.PDF != want {
		t.Errorf("job %+v, result %+v; want %s", job, job.Result, want)
	}
	if s.count("draw") != 1 {
		t.Errorf("drawn %d times", s.count("draw"))
	}
	job, _ = do(t, s, queue.PDF, &Request{URL: paper.URL + "/listing"})
	if job.State != queue.Failed || job.Error.Type != "/problems/not-an-article" || job.Error.Reason == "" || job.Attempts != 1 {
		t.Errorf("a page without an article: %+v, %+v", job, job.Error)
	}
}

func TestRenderLetters(t *testing.T) {
	paper := newNewspaper(t)
	s := newShop(t, withMail)
	job, box := do(t, s, queue.Email, &Letter{Request: Request{URL: paper.URL + "/1.html"}, Note: "请看"}, "a@example.com", "b@example.org")
	if job.State != queue.Done || len(box.sent) != 2 {
		t.Fatalf("job %+v with %d messages", job, len(box.sent))
	}
	for _, m := range box.sent {
		text := string(m.Bytes)
		if !strings.Contains(text, "List-Unsubscribe: <https://print.example/v1/unsubscribe/"+m.To[0].Domain()) {
			t.Errorf("no link of its own for %s", m.To[0])
		}
		if !strings.HasPrefix(m.From.String(), "bounce+") || !strings.Contains(text, "application/pdf") {
			t.Errorf("envelope from %s, PDF %v", m.From, strings.Contains(text, "application/pdf"))
		}
	}
}

// A PDF that is too large even with small pictures stays here, and the letter
// says where. With a single core that must not stand still.
func TestLetterWithLink(t *testing.T) {
	paper := newNewspaper(t)
	tooLarge := func(c *Config) {
		withMail(c)
		c.Mail.Config.AttachLimit = 1000
		c.Limits = Limits{Slots: 1, Open: 1, Waiting: 4}
	}
	s := newShop(t, tooLarge, func(c *Config) { c.PublicURL = "https://print.example" })
	r := Request{URL: paper.URL + "/1.html"}
	job, box := do(t, s, queue.Email, &Letter{Request: r}, "a@example.com", "b@example.com")
	if job.State != queue.Done || len(box.sent) != 2 {
		t.Fatalf("job %+v with %d messages", job, len(box.sent))
	}
	want := "https://print.example" + s.print(t, &r).Path()
	if text := strings.ReplaceAll(string(box.sent[0].Bytes), "=\r\n", ""); !strings.Contains(text, want) || strings.Contains(text, "application/pdf") {
		t.Errorf("letter without the link %s:\n%.2000s", want, text)
	}
	// Without an address of its own the service can only say no.
	job, box = do(t, newShop(t, tooLarge), queue.Email, &Letter{Request: r}, "a@example.com")
	if job.State != queue.Failed || job.Error.Type != "/problems/mail-refused" || len(box.sent) != 0 {
		t.Errorf("job %+v, %+v with %d messages", job, job.Error, len(box.sent))
	}
}

// The slot of a letter is free while its document is printed, and again when that
// went wrong, however it did.
func TestLinkHoldsNoSlot(t *testing.T) {
	paper := newNewspaper(t)
	for _, end := range []string{"well", "refused", "panic"} {
		printing := false
		s := newShop(t, withMail, func(c *Config) {
			c.PublicURL = "https://print.example"
			c.Mail.Config.AttachLimit = 1000
			c.Limits = Limits{Slots: 1, Open: 1, Waiting: 1}
			c.Observe = func(step string, _ time.Duration) {
				if printing && step == "gather" && end == "panic" {
					panic("tripped")
				}
			}
		})
		l := &Letter{Request: Request{URL: paper.URL + "/1.html"}}
		m, err := s.mailing(t.Context(), &queue.Task{Job: &queue.Job{ID: "1", Created: time.Unix(0, 0)}}, l, 0)
		if err != nil {
			t.Fatal(err)
		}
		var tooLarge *letter.TooLargeError
		to := mailer.Recipient{Address: mustAddress(t, "a@example.com")}
		if _, err := s.compose(t.Context(), m, to); !errors.As(err, &tooLarge) || !tooLarge.Linkable {
			t.Fatalf("%s: %v, want that the PDF is too large", end, err)
		}
		if len(s.slots.taken) != 0 {
			t.Fatalf("%s: the slot is kept while the document waits for it", end)
		}
		printing = true
		if end == "refused" {
			s.config.Limits.Pages = -1
		}
		func() {
			defer func() { recover() }()
			_, err = s.link(t.Context(), &l.Request, m, to.FontSize)
		}()
		if (end == "refused") != (err != nil) && end != "panic" {
			t.Errorf("%s: %v", end, err)
		}
		if len(s.open.taken) != 0 || len(s.slots.taken) != 0 {
			t.Errorf("%s: %d and %d slots are taken in the end", end, len(s.open.taken), len(s.slots.taken))
		}
		if _, err := s.compose(t.Context(), m, to); (err == nil) != (end == "well") {
			t.Errorf("%s: the letter after it: %v", end, err)
		}
	}
}

// A recipient's own font size is that of the document which the letter names, and
// the request's where the recipient has none.
func TestLinkHasTheRecipientsSize(t *testing.T) {
	paper := newNewspaper(t)
	s := newShop(t, withMail, func(c *Config) {
		c.PublicURL = "https://print.example"
		c.Mail.Config.AttachLimit = 1000
	})
	l := &Letter{Request: Request{URL: paper.URL + "/1.html"}}
	l.FontSize = "large"
	m, err := s.mailing(t.Context(), &queue.Task{Job: &queue.Job{ID: "1", Created: time.Unix(0, 0)}}, l, 0)
	if err != nil {
		t.Fatal(err)
	}
	for size, printed := range map[string]string{"": "large", "giant": "giant"} {
		if _, err := s.link(t.Context(), &l.Request, m, size); err != nil {
			t.Fatal(err)
		}
		e, err := m.Edition(t.Context(), size)
		if err != nil {
			t.Fatal(err)
		}
		r := l.Request
		r.FontSize = printed
		if want := "https://print.example" + s.print(t, &r).Path(); e.Link == nil || e.Link.URL != want {
			t.Errorf("size %q: link %+v, want %s", size, e.Link, want)
		}
	}
}

func mustAddress(t *testing.T, s string) mailer.Address {
	t.Helper()
	a, err := mailer.ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCheckLetter(t *testing.T) {
	s := newShop(t, withMail)
	whole := Request{URL: "https://news.example/1.html"}
	for _, c := range []struct {
		name string
		l    Letter
		code problem.Code
	}{
		{"good", Letter{Request: whole, Subject: "渡口", Note: "请看"}, ""},
		{"no page", Letter{}, problem.BadRequest},
		{"line break", Letter{Request: whole, Subject: "a\r\nBcc: x@example.com"}, problem.BadRequest},
		{"long note", Letter{Request: whole, Note: strings.Repeat("长", 2000)}, problem.BadRequest},
		{"attachment", Letter{Request: whole, Attach: "docx"}, problem.BadRequest},
	} {
		err := s.CheckLetter(&c.l)
		p, _ := problem.As(err)
		if (err == nil) != (c.code == "") || err != nil && (p == nil || p.Code() != c.code) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	err := newShop(t).CheckLetter(&Letter{Request: whole})
	if p, ok := problem.As(err); !ok || p.Code() != problem.MailRefused {
		t.Errorf("without a mail server: %v", err)
	}
}

// What nobody foresaw is not told: its words may be about this machine.
func TestExplainKeepsSecrets(t *testing.T) {
	p, temporary := Explain(fmt.Errorf("open /etc/offprint/secret: permission denied"))
	if p.Code() != problem.Internal || strings.Contains(p.Error(), "secret") || !temporary {
		t.Errorf("told %v", p)
	}
	paper := newNewspaper(t)
	s := newShop(t, func(c *Config) { c.Options.Fetch.DenyPrivate = true })
	_, err := s.Print(t.Context(), &Request{URL: strings.Replace(paper.URL, "127.0.0.1", "localhost", 1) + "/1.html"})
	if p, _ := Explain(err); p.Code() != problem.FetchRefused || strings.Contains(p.Error(), "127.0.0.1") {
		t.Errorf("told %v", p)
	}
}

// The limit on time ends the reading and the setting of a letter, too, and gives the
// slot back.
func TestTimeEndsTheLetter(t *testing.T) {
	limits := Limits{Time: 200 * time.Millisecond, Slots: 1, Open: 1, Waiting: 1, Characters: 1 << 30, Pages: 1 << 20}
	s := newShop(t, withMail, func(o *Config) { o.Limits = limits })
	task := &queue.Task{Job: &queue.Job{ID: "job", Created: time.Now()}}
	ended := func(what string, err error) {
		t.Helper()
		if err == nil {
			t.Fatalf("%s, though there was no time", what)
		}
		if p, _ := Explain(err); p.Code() != problem.Timeout && p.Code() != problem.FetchFailed {
			t.Errorf("%s: %v (%v), want %s", what, p, err, problem.Timeout)
		}
	}
	// 1. The page does not come: the reading ends.
	paper := newNewspaper(t)
	paper.hold = make(chan struct{})
	defer close(paper.hold)
	begun := time.Now()
	_, err := s.mailing(t.Context(), task, &Letter{Request: Request{URL: paper.URL + "/1.html"}}, 0)
	ended("it was read", err)
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("reading ended after %v", took)
	}
	// 2. It is there, and takes many seconds to set.
	mailing, err := s.mailing(t.Context(), task, &Letter{Request: Request{Article: hugeArticle()}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	to, err := mailer.ParseAddress("a@example.com")
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.compose(t.Context(), mailing, mailer.Recipient{Address: to})
	ended("it was set", err)
	leave, err := s.slots.enter(t.Context())
	if err != nil {
		t.Fatalf("the slot was not given back: %v", err)
	}
	leave()
}
