package queue

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/emersion/go-smtp"

	"offprint/mailer"
)

// childEnv makes the test binary a worker: "FOLDER PORT".
const childEnv = "OFFPRINT_QUEUE_CHILD"

// soakEnv asks for the long form of the tests.
const soakEnv = "OFFPRINT_SOAK"

// childSenders is how many messages a worker has in flight at most.
const childSenders = 8

const childPDF = 30_000 // bytes

func TestMain(m *testing.M) {
	if job := os.Getenv(childEnv); job != "" {
		if err := beChild(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// beChild works on a queue with real senders until it is told to stop.
func beChild(job string) error {
	var dir string
	var port int
	if _, err := fmt.Sscan(job, &dir, &port); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	q, err := Open(ctx, Options{Dir: dir})
	if err != nil {
		return err
	}
	defer q.Close()
	w := Worker{Renderer: newPress(childPDF), Ready: func() { fmt.Println("ready") }}
	for range childSenders {
		s, err := newSender(port)
		if err != nil {
			return err
		}
		defer s.Close()
		w.Senders = append(w.Senders, s)
	}
	return q.Work(ctx, w)
}

func newSender(port int) (*mailer.Sender, error) {
	c := &mailer.Config{From: "News <news@offprint.example>"}
	c.Host, c.Port, c.TLS = "127.0.0.1", port, mailer.NoTLS
	return mailer.NewSender(c)
}

// sink is an SMTP server that counts what it takes.
type sink struct {
	server *smtp.Server
	port   int
	delay  func() time.Duration // between taking a message and saying so

	mu    sync.Mutex
	taken map[string]int // by recipient
	mail  map[string]seenMail
	total int
	wrong []string
}

// seenMail is what a recipient got first.
type seenMail struct {
	id  string
	sum [sha256.Size]byte
}

func openSink(t testing.TB) *sink {
	t.Helper()
	s := &sink{taken: map[string]int{}, mail: map[string]seenMail{}, delay: func() time.Duration { return 0 }}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &sinkSession{sink: s}, nil }))
	s.server.Domain = "localhost"
	s.server.ErrorLog = log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	go s.server.Serve(l)
	t.Cleanup(func() { s.server.Close() })
	return s
}

type sinkSession struct {
	sink *sink
	to   string
}

func (s *sinkSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}
func (s *sinkSession) Reset()        {}
func (s *sinkSession) Logout() error { return nil }

func (s *sinkSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err // a message that was broken off is not taken
	}
	s.sink.take(s.to, data)
	time.Sleep(s.sink.delay())
	return nil
}

func (s *sink) take(to string, data []byte) {
	got := seenMail{sum: sha256.Sum256(data)}
	lines := bufio.NewScanner(strings.NewReader(string(data[:min(len(data), 1000)])))
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "Message-ID: "); ok {
			got.id = id
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first, ok := s.mail[to]; ok && first != got {
		s.wrong = append(s.wrong, to)
	}
	s.mail[to] = got
	s.taken[to]++
	s.total++
}

// count says how many messages were taken and how many recipients have one.
func (s *sink) count() (messages, recipients int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total, len(s.taken)
}

// startChild starts a worker process.
func startChild(t *testing.T, dir string, port int) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d", childEnv, dir, port))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("worker said %q, %v", line, err)
	}
	return c
}

// kill ends a worker as a power cut would.
func kill(c *exec.Cmd) {
	c.Process.Kill()
	c.Wait()
}

// crash is what one batch with a kill in it came to.
type crash struct {
	at, lost, doubled int
	drained           time.Duration // from the restart until all is settled
}

// crashOnce sends a batch and kills the worker after a number of messages.
func crashOnce(t *testing.T, mails, at int) crash {
	t.Helper()
	dir, s := t.TempDir(), openSink(t)
	s.delay = func() time.Duration { return rand.N(4 * time.Millisecond) }
	q, err := Open(context.Background(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	j := submit(t, q, Submission{Recipients: readers(t, mails)})

	child := startChild(t, dir, s.port)
	eventually(t, "messages before the kill", func() bool { n, _ := s.count(); return n >= at })
	time.Sleep(rand.N(5 * time.Millisecond))
	kill(child)
	killedAt, _ := s.count()

	restart := time.Now()
	child = startChild(t, dir, s.port)
	waitForIn(t, q, j.ID, Done, time.Minute)
	drained := time.Since(restart)
	stopChild(t, child)

	messages, recipients := s.count()
	for _, to := range s.wrong {
		t.Errorf("%s: two messages with other bytes or another Message-ID", to)
	}
	if open, states := deliveryStates(t, q, j.ID); open != 0 || states[mailer.Sent] != mails {
		t.Errorf("deliveries %v, %d open; want %d sent", states, open, mails)
	}
	return crash{killedAt, mails - recipients, messages - recipients, drained}
}

func waitForIn(t *testing.T, q *Queue, id string, state JobState, limit time.Duration) {
	t.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(50 * time.Millisecond) {
		endDoubt(t, q)
		jobs, err := q.Jobs(context.Background(), Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if len(jobs) == 1 && jobs[0].State == state {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("job %s not %s in %v", id, state, limit)
		}
	}
}

// endDoubt has the messages sent again that a crash left in doubt, as if their quarter
// of an hour had passed.
func endDoubt(t *testing.T, q *Queue) {
	t.Helper()
	err := q.transact(context.Background(), func(x *tx) error {
		now := riverTime(x.now.Add(time.Minute))
		_, err := x.Exec(`UPDATE offprint_delivery SET next_try = 0 WHERE state = 'in_doubt' AND open = 1 AND task IN (
			SELECT id FROM river_job WHERE state = 'scheduled' AND scheduled_at > $1)`, now)
		if err != nil {
			return err
		}
		_, err = x.Exec(`UPDATE river_job SET state = 'available', scheduled_at = $1
			WHERE state = 'scheduled' AND kind = 'offprint_deliver' AND id IN (
				SELECT task FROM offprint_delivery WHERE state = 'in_doubt' AND next_try = 0)`, riverTime(x.now))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// stopChild ends a worker as systemd would, which must be a success.
func stopChild(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("worker ended with %v", err)
	}
}

func deliveryStates(t *testing.T, q *Queue, id string) (open int, states map[mailer.State]int) {
	t.Helper()
	err := q.transact(context.Background(), func(x *tx) (err error) {
		open, states, err = x.count(context.Background(), id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return open, states
}

// TestKill kills the worker at random points of a batch: nothing is lost, no
// more is doubled than was in flight, and the rest is sent after the restart.
// With OFFPRINT_SOAK=1: 20 kills in batches of 1,000; else fewer and smaller.
func TestKill(t *testing.T) {
	kills, mails := 4, 150
	if os.Getenv(soakEnv) != "" {
		kills, mails = 20, 1000
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "kill\tof %d sent\tlost\tdoubled\tall sent after\t\n", mails)
	doubled := 0
	for i := range kills {
		c := crashOnce(t, mails, rand.N(mails))
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%.1f s\t\n", i+1, c.at, c.lost, c.doubled, c.drained.Seconds())
		doubled += c.doubled
		if c.lost != 0 {
			t.Errorf("kill %d: %d lost", i+1, c.lost)
		}
		if c.doubled > childSenders {
			t.Errorf("kill %d: %d doubled, with %d in flight", i+1, c.doubled, childSenders)
		}
	}
	w.Flush()
	t.Logf("\n%s%d doubled in all, at most %d in flight at each kill", table.String(), doubled, childSenders)
}

// TestKillAgainAndAgain kills the worker many times in one batch.
func TestKillAgainAndAgain(t *testing.T) {
	kills, mails := 4, 120
	if os.Getenv(soakEnv) != "" {
		kills, mails = 20, 1000
	}
	dir, s := t.TempDir(), openSink(t)
	q, err := Open(context.Background(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	j := submit(t, q, Submission{Recipients: readers(t, mails)})
	for i := range kills {
		child := startChild(t, dir, s.port)
		// The first kills come before anything is sent: while messages are posted.
		goal := mails * i / (kills + 1)
		eventually(t, "messages before the kill", func() bool { _, n := s.count(); return n >= goal })
		time.Sleep(rand.N(20 * time.Millisecond))
		kill(child)
	}
	child := startChild(t, dir, s.port)
	waitForIn(t, q, j.ID, Done, time.Minute)
	stopChild(t, child)
	messages, recipients := s.count()
	if recipients != mails || messages-recipients > kills*childSenders || len(s.wrong) > 0 {
		t.Errorf("%d of %d have their mail, %d doubled, changed: %q", recipients, mails, messages-recipients, s.wrong)
	}
	t.Logf("%d kills in one batch of %d: 0 lost, %d doubled", kills, mails, messages-recipients)
}
