package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"offprint"
	"offprint/article"
	"offprint/fonts/noto"
	"offprint/internal/config"
	"offprint/internal/metrics"
	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/mailer"
)

// testClock is a clock that a test sets.
type testClock struct{ nanos atomic.Int64 }

func newTestClock() *testClock {
	c := &testClock{}
	c.nanos.Store(time.Now().Truncate(time.Second).UnixNano())
	return c
}

func (c *testClock) Now() time.Time      { return time.Unix(0, c.nanos.Load()) }
func (c *testClock) Add(d time.Duration) { c.nanos.Add(int64(d)) }

// mailService is a whole service with a worker, under a clock of its own.
func mailService(t *testing.T, clock *testClock, port int, edit func(*config.Config)) *Service {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "offprint.toml")
	text := fmt.Sprintf("data_dir = %q\n[mail]\nhost = \"127.0.0.1\"\nport = %d\ntls = \"none\"\nfrom = \"news@offprint.example\"\n",
		filepath.Join(dir, "data"), port)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Store.Dir = filepath.Join(dir, "pdf")
	if edit != nil {
		edit(c)
	}
	s := &Service{config: c, log: slog.New(slog.DiscardHandler), metrics: metrics.New(), now: clock.Now}
	if err := s.open(t.Context(), offprint.Options{Fonts: noto.Library()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	for _, sender := range s.senders {
		sender.Timeouts.Connect, sender.Timeouts.Greeting = 100*time.Millisecond, 50*time.Millisecond
	}
	s.size.bound = time.Second
	return s
}

// start works until the test ends.
func (s *Service) start(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	begun, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- s.Work(ctx, func() { close(begun) }) }()
	<-begun
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

var shortArticle = &article.Article{
	Title: "渡口的早班船", Lang: "zh-Hans",
	Blocks: []article.Block{{Kind: article.Paragraph, Text: "江面便只剩下水声。"}},
}

// order puts a job on the queue.
func (s *Service) order(t *testing.T, kind queue.Kind, to ...string) string {
	t.Helper()
	request, err := json.Marshal(press.Letter{Request: press.Request{Article: shortArticle}})
	if err != nil {
		t.Fatal(err)
	}
	job := queue.Submission{Kind: kind, Request: request}
	for _, one := range to {
		address, err := mailer.ParseAddress(one)
		if err != nil {
			t.Fatal(err)
		}
		job.Recipients = append(job.Recipients, mailer.Recipient{Address: address})
	}
	receipt, err := s.queue.Submit(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	return receipt.Job.ID
}

func (s *Service) job(t *testing.T, id string) *queue.Job {
	t.Helper()
	j, err := s.queue.Job(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// until passes fake time until a condition holds or a time has come, and has what is
// due done: River's own scheduler looks every 5 s of real time.
func (s *Service) until(t *testing.T, clock *testClock, end time.Time, done func() bool) {
	t.Helper()
	for !done() && clock.Now().Before(end) {
		if next, rests := s.rests(t, clock, end); rests && !done() {
			clock.Add(next.Sub(clock.Now()))
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// rests wakes what is due. It reports whether nothing is being done or due, and when
// something will be, or the end.
func (s *Service) rests(t *testing.T, clock *testClock, end time.Time) (next time.Time, rests bool) {
	t.Helper()
	ctx := t.Context()
	next, rests = end, true
	for id := int64(1); ; id++ {
		row, err := s.queue.River().JobGet(ctx, id)
		if err != nil {
			return next, rests
		}
		due := !row.ScheduledAt.After(clock.Now())
		waits := row.State == "available" || row.State == "scheduled" || row.State == "retryable"
		if waits && !due && row.ScheduledAt.Before(next) {
			next = row.ScheduledAt
		}
		switch row.State {
		case "running":
			rests = false
		case "available":
			rests = rests && !due
		case "scheduled", "retryable":
			if due {
				rests = false
				if _, err := s.queue.River().JobRetry(ctx, id); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// eventually waits for a condition.
func eventually(t *testing.T, limit time.Duration, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !done(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in %v: %s", limit, what)
		}
	}
}

// mailHost is an SMTP server that counts log-ins and letters, and is silent while it
// is told to be.
type mailHost struct {
	silent, refuses atomic.Bool
	logins, letters atomic.Int64
	port            int
	mu              sync.Mutex
	held            []net.Conn
}

func openMailHost(t *testing.T) *mailHost {
	t.Helper()
	h := &mailHost{}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &hostSession{h}, nil }))
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "localhost", true, log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.port = listener.Addr().(*net.TCPAddr).Port
	go server.Serve(&silentListener{listener, h})
	t.Cleanup(func() {
		server.Close()
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, c := range h.held {
			c.Close()
		}
	})
	return h
}

// silentListener takes connections and says nothing on them while its host is silent.
type silentListener struct {
	net.Listener
	host *mailHost
}

func (l *silentListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil || !l.host.silent.Load() {
			return c, err
		}
		l.host.mu.Lock()
		l.host.held = append(l.host.held, c)
		l.host.mu.Unlock()
	}
}

type hostSession struct{ host *mailHost }

func (s *hostSession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *hostSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, _ string) error {
		s.host.logins.Add(1)
		if s.host.refuses.Load() {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "wrong password"}
		}
		return nil
	}), nil
}
func (s *hostSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *hostSession) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (s *hostSession) Reset()                               {}
func (s *hostSession) Logout() error                        { return nil }
func (s *hostSession) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	if err == nil {
		s.host.letters.Add(1)
	}
	return err
}

// TestRefusedLogins: the account is refused, and sixty jobs come in. All who would log
// in rest together, and all letters go out once the password is right.
func TestRefusedLogins(t *testing.T) {
	t.Parallel()
	const jobs = 60
	host, clock := openMailHost(t), newTestClock()
	host.refuses.Store(true)
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("wrong"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := mailService(t, clock, host.port, func(c *config.Config) {
		c.Mail.Auth, c.Mail.User, c.Mail.PasswordFile = "PLAIN", "news", password
	})
	s.start(t)
	start, ids := clock.Now(), []string{}
	for i := range jobs {
		ids = append(ids, s.order(t, queue.Email, fmt.Sprintf("reader%d@example.com", i)))
	}
	s.until(t, clock, start.Add(10*time.Minute), func() bool { return false })
	logins := host.logins.Load()
	if logins > 3 || logins == 0 {
		t.Errorf("%d log-ins in 10 minutes, want 1 to 3", logins)
	}
	for _, id := range ids {
		d := s.job(t, id).Deliveries[0]
		if d.State != mailer.Deferred && d.State != mailer.Queued || d.Reply != "" && !strings.Contains(d.Reply, "wrong password") {
			t.Fatalf("a letter meanwhile: %+v", d)
		}
	}
	host.refuses.Store(false)
	s.until(t, clock, start.Add(2*time.Hour), func() bool { return host.letters.Load() == jobs })
	if n := host.letters.Load(); n != jobs {
		t.Errorf("%d letters after the password was mended, want %d", n, jobs)
	}
	t.Logf("%d jobs: %d log-ins in 10 minutes; all sent after %v", jobs, logins, clock.Now().Sub(start))
}

// TestSilentServer: the mail server takes connections and says nothing. Printing goes
// on; the mail goes out when it speaks, or is given up on the sixth day.
func TestSilentServer(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		name   string
		speaks time.Duration // 0: never
	}{
		{"for half an hour", 30 * time.Minute},
		{"for four days", 4 * day},
		{"for ever", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			host, clock := openMailHost(t), newTestClock()
			host.silent.Store(true)
			s := mailService(t, clock, host.port, func(c *config.Config) { c.Limits.Press.Slots = 1 })
			s.start(t)
			start := clock.Now()
			// 1. Letters first, then prints, with a single slot for both.
			mail := s.order(t, queue.Email, "reader@example.com")
			for range 2 {
				s.order(t, queue.Email, "reader@example.com")
			}
			print, begun := s.order(t, queue.PDF), time.Now()
			eventually(t, time.Minute, "printed", func() bool { return s.job(t, print).State == queue.Done })
			took := time.Since(begun)
			if passed := clock.Now().Sub(start); passed != 0 || s.job(t, mail).State.Final() {
				t.Errorf("printed after %v of the clock, when the letter is %s", passed, s.job(t, mail).State)
			}
			// 2. Time passes. Answers to the question take real time.
			eventually(t, 10*time.Second, "the question is given up", func() bool {
				_, err := s.size.get(t.Context())
				return !errors.As(err, new(*queue.NotYet))
			})
			end := start.Add(6 * day)
			if c.speaks > 0 {
				s.until(t, clock, start.Add(c.speaks), func() bool { return false })
				if d := s.job(t, mail).Deliveries[0]; d.State != mailer.Deferred {
					t.Errorf("before it speaks: %+v", d)
				}
				host.silent.Store(false)
				end = start.Add(c.speaks + 7*time.Hour)
			}
			s.until(t, clock, end, func() bool { return s.job(t, mail).State.Final() })
			j := s.job(t, mail)
			d := j.Deliveries[0]
			if c.speaks > 0 && (j.State != queue.Done || d.State != mailer.Sent) {
				t.Errorf("once it speaks: %s, %+v", j.State, d)
			}
			trueReason := strings.Contains(d.Reply, "given up after 28 tries") && strings.Contains(d.Reply, "connect at 127.0.0.1")
			if c.speaks == 0 && (d.State != mailer.Bounced || !trueReason) {
				t.Errorf("in the end: %s, %+v", j.State, d)
			}
			if passed := clock.Now().Sub(start); c.speaks == 0 && passed < 5*day {
				t.Errorf("given up after %v", passed)
			}
			t.Logf("printed after %v; %s after %v: %s", took.Round(time.Millisecond), d.State, clock.Now().Sub(start), d.Reply)
		})
	}
}
