package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"offprint/mailer"
)

// openQueue opens a queue in a folder of its own.
func openQueue(t testing.TB, edit ...func(*Options)) *Queue {
	t.Helper()
	o := Options{Dir: t.TempDir()}
	for _, e := range edit {
		e(&o)
	}
	q, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	return q
}

// work works on a queue until the test ends or stop is called.
func work(t testing.TB, q *Queue, w Worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	w.Ready = func() { close(ready) }
	go func() { ended <- q.Work(ctx, w) }()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatalf("worker did not begin: %v", err)
	}
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				t.Errorf("worker: %v", err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// eventually waits until a condition holds.
func eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !condition(); {
		if time.Now().After(end) {
			t.Fatalf("not in 30 s: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// waitFor waits until a job is in a state.
func waitFor(t testing.TB, q *Queue, id string, state JobState) *Job {
	t.Helper()
	var j *Job
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		var err error
		if j, err = q.Job(context.Background(), id); err != nil {
			t.Fatal(err)
		}
		if j.State == state {
			return j
		}
		if time.Now().After(end) {
			t.Fatalf("job not %s in 30 s: %+v", state, j)
		}
	}
}

func address(t testing.TB, s string) mailer.Address {
	t.Helper()
	a, err := mailer.ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// readers makes n recipients.
func readers(t testing.TB, n int) []mailer.Recipient {
	all := make([]mailer.Recipient, n)
	for i := range all {
		all[i].Address = address(t, fmt.Sprintf("reader%d@example.com", i))
	}
	return all
}

func submit(t testing.TB, q *Queue, s Submission) *Job {
	t.Helper()
	if s.Request == nil {
		s.Request = json.RawMessage(`{"url":"https://news.example/42"}`)
	}
	if s.Kind == "" {
		s.Kind = Email
	}
	r, err := q.Submit(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return r.Job
}

// press is a renderer: it prints nothing, and posts a small letter with a PDF
// that all share.
type press struct {
	pdf []byte
	// fail, when set, decides about a try (from 1).
	fail func(try int) error

	mu    sync.Mutex
	tries int
}

func newPress(pdf int) *press { return &press{pdf: samplePDF(pdf)} }

// samplePDF is bytes that look like a PDF and do not compress.
func samplePDF(n int) []byte {
	out := append(make([]byte, 0, n), "%PDF-1.7\n"...)
	for state := uint32(1); len(out) < n; {
		state = state*1664525 + 1013904223
		out = append(out, byte(state>>24))
	}
	return out
}

func (p *press) Render(ctx context.Context, k *Task) (Result, error) {
	p.mu.Lock()
	p.tries++
	try := p.tries
	p.mu.Unlock()
	if p.fail != nil {
		if err := p.fail(try); err != nil {
			return Result{}, err
		}
	}
	for _, r := range k.Recipients {
		if err := k.Post(ctx, letter(k.Job.ID, r.Address, p.pdf), p.pdf); err != nil {
			return Result{}, err
		}
	}
	return Result{PDF: "/v1/pdf/0123.pdf"}, nil
}

var publisher, _ = mailer.ParseAddress("news@offprint.example")

// letter is a message of the shape that the mailer makes.
func letter(job string, to mailer.Address, pdf []byte) *mailer.Message {
	id := mailer.NewMessageID(publisher, job, to.Key())
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s>\r\nSubject: =?utf-8?q?=E6=BD=AE?=\r\n", publisher, to, id)
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nHello.\r\n")
	b.WriteString("--part\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	b.Write(base64Lines(pdf))
	b.WriteString("\r\n--part--\r\n")
	return &mailer.Message{ID: id, From: publisher, To: []mailer.Address{to}, Bytes: b.Bytes()}
}

// postman is a sender that answers as a function says and remembers what it got.
type postman struct {
	answer func(try int, m *mailer.Message) mailer.Result

	mu   sync.Mutex
	seen map[string][][]byte // by recipient: each try's bytes
}

func (p *postman) Deliver(_ context.Context, m *mailer.Message) []mailer.Result {
	p.mu.Lock()
	if p.seen == nil {
		p.seen = map[string][][]byte{}
	}
	to := m.To[0].String()
	p.seen[to] = append(p.seen[to], m.Bytes)
	try := len(p.seen[to])
	p.mu.Unlock()
	r := mailer.Result{State: mailer.Sent, Code: 250, Reply: "2.0.0 ok"}
	if p.answer != nil {
		r = p.answer(try, m)
	}
	r.Recipient, r.MessageID = m.To[0], m.ID
	return []mailer.Result{r}
}

func (p *postman) tries(to string) [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen[to]
}

// fakeClock is a clock that a test sets.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func newFakeClock() *fakeClock { return &fakeClock{now: time.Now().Truncate(time.Second)} }

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func withClock(c *fakeClock) func(*Options) { return func(o *Options) { o.Now = c.Now } }
