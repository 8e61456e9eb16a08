package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"offprint"
	"offprint/fonts/noto"
	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/mailer"
)

var serviceFonts = noto.Library()

// paper is a newspaper's site, which counts what it is asked.
type paper struct {
	*httptest.Server
	pages atomic.Int64
	hold  chan struct{} // when set, pages wait until it is closed
}

func newPaper(t testing.TB) *paper {
	t.Helper()
	p := &paper{}
	mux := http.NewServeMux()
	mux.HandleFunc("/photo.jpg", func(w http.ResponseWriter, _ *http.Request) {
		jpeg.Encode(w, image.NewGray(image.Rect(0, 0, 300, 200)), nil)
	})
	mux.HandleFunc("/listing", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<title>x</title><p>x") })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		p.pages.Add(1)
		if p.hold != nil {
			<-p.hold
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, articleHTML(r.URL.Path))
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func articleHTML(name string) string {
	text := strings.Repeat("渡口的早班船在六点前离岸，岸上的人把灯一盏盏熄掉，江面便只剩下水声。", 6)
	return fmt.Sprintf(`<!DOCTYPE html><html lang="zh-Hans"><head><title>渡口的早班船%[1]s</title></head>
<body><article><h1>渡口的早班船%[1]s</h1><p>作者：林小满</p><p>发表时间: 2025-07-21 10:45:19</p>
<p>%[2]s</p><figure><img src="/photo.jpg" width="300" height="200"><figcaption>清晨的渡口</figcaption></figure><p>%[2]s</p></article></body></html>`, name, text)
}

// service is a server that works: with a press, a queue, and readers who get mail.
type service struct {
	*fixture
	paper *paper
	cache *store.Cache
	steps sync.Map
	box   *mailbox
}

// mailbox takes every message.
type mailbox struct {
	mu   sync.Mutex
	sent []*mailer.Message
	hold chan struct{} // when set, messages wait until it is closed
}

func (m *mailbox) Deliver(_ context.Context, message *mailer.Message) []mailer.Result {
	if m.hold != nil {
		<-m.hold
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent = append(m.sent, message)
	return []mailer.Result{{Recipient: message.To[0], State: mailer.Sent, Code: 250, MessageID: message.ID}}
}

func (m *mailbox) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.sent)
}

func newService(t testing.TB, pressed func(*press.Config), change func(*Config)) *service {
	t.Helper()
	s := &service{paper: newPaper(t), cache: store.NewCache(&store.Memory{}), box: &mailbox{}}
	c := press.Config{
		Options: offprint.Options{Fonts: serviceFonts, Fetch: offprint.FetchOptions{Control: loopbackOnly}},
		Cache:   s.cache,
		Mail:    &press.Mail{Config: &mailer.Config{From: "南汀日报 <news@offprint.example>"}},
		Observe: func(step string, _ time.Duration) {
			n, _ := s.steps.LoadOrStore(step, new(atomic.Int64))
			n.(*atomic.Int64).Add(1)
		},
	}
	if pressed != nil {
		pressed(&c)
	}
	p, err := press.New(c)
	if err != nil {
		t.Fatal(err)
	}
	s.fixture = ownFixture(t, func(sc *Config) {
		sc.Press, sc.Store = p, s.cache.Store
		sc.Limits = Limits{PerIPPerMinute: -1, PerKeyPerMinute: -1}
		if change != nil {
			change(sc)
		}
	})
	return s
}

func (s *service) count(step string) int64 {
	n, ok := s.steps.Load(step)
	if !ok {
		return 0
	}
	return n.(*atomic.Int64).Load()
}

// work does the queue's jobs until the test ends.
func (s *service) work(t testing.TB, caller queue.Caller) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.queue.Work(ctx, queue.Worker{
			Renderer: s.config.Press.(queue.Renderer), Senders: []queue.Sender{s.box}, Caller: caller, Ready: func() { close(ready) },
		})
	}()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("worker: %v", err)
		}
	})
}

// ended waits until a job is over.
func (f *fixture) ended(t testing.TB, id string) *queue.Job {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		j, err := f.queue.Job(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if j.State.Final() {
			return j
		}
		if time.Now().After(end) {
			t.Fatalf("not over in 30 s: %+v", j)
		}
	}
}

// readJob reads a response that tells of a job.
func readJob(t testing.TB, res *http.Response, status int) *Job {
	t.Helper()
	body := bodyOf(t, res, status)
	j := &Job{}
	if err := json.Unmarshal(body, j); err != nil || j.ID == "" {
		t.Fatalf("no job: %v: %s", err, body)
	}
	return j
}

func bodyOf(t testing.TB, res *http.Response, status int) []byte {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != status {
		t.Fatalf("status %d, want %d: %.2000s", res.StatusCode, status, body)
	}
	return body
}

// ownFixture is a fixture with a queue that no other test uses.
func ownFixture(t testing.TB, change func(*Config)) *fixture {
	t.Helper()
	q, err := queue.Open(t.Context(), queue.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	f := newFixture(t, func(c *Config) {
		c.Queue = q
		if change != nil {
			change(c)
		}
	})
	f.queue = q
	return f
}

func bearer(id string) []string { return []string{"Authorization", "Bearer " + id} }

func quoted(b []byte) string { return fmt.Sprintf(`"%x"`, sha256.Sum256(b)) }

func toJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSpace(b))
}
