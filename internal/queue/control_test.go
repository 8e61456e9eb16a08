package queue

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"offprint/mailer"
)

func TestSecondWorkerIsRefused(t *testing.T) {
	t.Parallel()
	q := openQueue(t)
	stop := work(t, q, Worker{Renderer: newPress(10)})
	other := openQueue(t, func(o *Options) { o.Dir = q.options.Dir })
	if err := other.Work(context.Background(), Worker{Renderer: newPress(10)}); !errors.Is(err, ErrWorking) {
		t.Errorf("second worker: %v, want ErrWorking", err)
	}
	// It may submit, though, and ask.
	waitFor(t, other, submit(t, other, Submission{Kind: PDF}).ID, Done)
	stop()
	work(t, other, Worker{Renderer: newPress(10)}) // the lock is free again
}

// TestRescue: what a dead worker left is taken up at the next start.
func TestRescue(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		hold bool
		want mailer.State
		job  JobState
	}{
		{"sent again", false, mailer.Sent, Done},
		{"held", true, mailer.InDoubt, Running},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q, block := openQueue(t), make(chan struct{})
			man := &postman{answer: func(int, *mailer.Message) mailer.Result {
				<-block // as if the process had stopped here
				return mailer.Result{State: mailer.Cancelled}
			}}
			stop := work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{man}, StopTimeout: time.Second})
			j := submit(t, q, Submission{Recipients: readers(t, 1)})
			eventually(t, "message on its way", func() bool { return len(man.tries("reader0@example.com")) == 1 })
			dir := copyFiles(t, q.options.Dir) // the disk as a crash would leave it
			close(block)
			stop()

			clock, again := newFakeClock(), &postman{}
			clock.Add(time.Second) // it does not go back
			q = openQueue(t, withClock(clock), func(o *Options) { o.Dir = dir })
			work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{again}, HoldDoubtful: c.hold})
			var got *Job
			if !c.hold { // there is time to cancel
				eventually(t, "the letter waits", func() bool { return waiting(t, q) == 1 })
				clock.Add(doubtPause - time.Minute)
				wakeDue(t, q)
				got, err := q.Job(context.Background(), j.ID)
				if err != nil || got.Deliveries[0].State != mailer.InDoubt || len(again.tries("reader0@example.com")) > 0 {
					t.Errorf("14 minutes after the crash: %+v, %v", got.Deliveries, err)
				}
				clock.Add(2 * time.Minute)
				wakeDue(t, q)
			}
			eventually(t, "delivery "+string(c.want), func() bool {
				var err error
				if got, err = q.Job(context.Background(), j.ID); err != nil {
					t.Fatal(err)
				}
				return got.Deliveries[0].State == c.want && (got.State == c.job || c.hold)
			})
		})
	}
}

// waiting counts the River jobs that are put off.
func waiting(t *testing.T, q *Queue) (n int) {
	t.Helper()
	err := q.transact(context.Background(), func(x *tx) error {
		return x.QueryRow(`SELECT count(*) FROM river_job WHERE state = 'scheduled'`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestTimeUp: a try that runs out of its time counts, so that it is not made for ever;
// one that the end of the program breaks off does not.
func TestTimeUp(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	q, stuck := openQueue(t, withClock(clock)), &stuckSender{}
	stop := work(t, q, Worker{
		Renderer: newPress(10), Senders: []Sender{stuck},
		tryTimeout: 300 * time.Millisecond, StopTimeout: 20 * time.Millisecond,
	})
	j := submit(t, q, Submission{Recipients: readers(t, 1)})
	eventually(t, "put off", func() bool { return waiting(t, q) == 1 })
	_, err := q.db.Exec(`UPDATE offprint_delivery SET attempts = attempts + $1`, len(mailPauses)-2)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "given up", func() bool {
		got, err := q.Job(context.Background(), j.ID)
		if err != nil {
			t.Fatal(err)
		}
		j = got
		hurry(t, q, clock)
		return j.State.Final()
	})
	d, tries := j.Deliveries[0], int(stuck.tries.Load())
	if d.State != mailer.Bounced || tries != 3 || !strings.Contains(d.Reply, "not be handed over within") {
		t.Errorf("after %d tries: %+v", tries, d)
	}
	// The program ends while a message is on its way.
	stop()
	ended := work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{stuck}, StopTimeout: 20 * time.Millisecond})
	j = submit(t, q, Submission{Recipients: readers(t, 1)})
	eventually(t, "on its way", func() bool { return int(stuck.tries.Load()) > tries })
	ended()
	var attempts int
	err = q.transact(context.Background(), func(x *tx) error {
		return x.QueryRow(`SELECT attempts FROM offprint_delivery WHERE job = $1`, j.ID).Scan(&attempts)
	})
	if err != nil || attempts != 0 {
		t.Errorf("%d tries count, %v; want none", attempts, err)
	}
}

// stuckSender hands nothing over and waits until it is told to stop.
type stuckSender struct{ tries atomic.Int64 }

func (s *stuckSender) Deliver(ctx context.Context, m *mailer.Message) []mailer.Result {
	s.tries.Add(1)
	<-ctx.Done()
	return []mailer.Result{{State: mailer.Cancelled, Recipient: m.To[0], Err: ctx.Err()}}
}

// copyFiles copies a data folder, the write-ahead log included.
func copyFiles(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestSchedule(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	q, man := openQueue(t, withClock(clock)), &postman{}
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{man}})
	j := submit(t, q, Submission{Recipients: readers(t, 1), Due: clock.Now().Add(time.Hour)})
	now := submit(t, q, Submission{Recipients: readers(t, 1)})
	waitFor(t, q, now.ID, Done)
	clock.Add(59 * time.Minute)
	wakeDue(t, q)
	time.Sleep(50 * time.Millisecond)
	ctx := context.Background()
	if got, _ := q.Job(ctx, j.ID); got.State != Queued {
		t.Errorf("a minute before its time it is %s", got.State)
	}
	// Cancelled by mistake, and taken up again: it is no more due than before.
	if _, err := q.Cancel(ctx, j.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := q.Retry(ctx, j.ID); err != nil || got.State != Queued || !got.Due.Equal(j.Due) {
		t.Fatalf("retry before its time: %+v, %v", got, err)
	}
	wakeDue(t, q)
	waitFor(t, q, submit(t, q, Submission{Recipients: readers(t, 1)}).ID, Done)
	if got, _ := q.Job(ctx, j.ID); got.State != Queued {
		t.Errorf("taken up again, a minute before its time it is %s", got.State)
	}
	clock.Add(time.Minute + time.Second)
	wakeDue(t, q)
	waitFor(t, q, j.ID, Done)
}

func TestCancelAndRetry(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	ctx := context.Background()
	later := true
	q := openQueue(t, withClock(clock))
	man := &postman{answer: func(try int, m *mailer.Message) mailer.Result {
		if later && m.To[0].String() == "reader1@example.com" {
			return mailer.Result{State: mailer.Deferred, Code: 450}
		}
		return mailer.Result{State: mailer.Sent, Code: 250}
	}}
	work(t, q, Worker{Renderer: newPress(3000), Senders: []Sender{man}})
	j := submit(t, q, Submission{Recipients: readers(t, 2), Source: "https://news.example/42"})
	eventually(t, "one sent, one put off", func() bool {
		_, states := deliveryStates(t, q, j.ID)
		return states[mailer.Sent] == 1 && states[mailer.Deferred] == 1
	})
	if n, err := q.CancelSource(ctx, "https://news.example/41"); n != 0 || err != nil {
		t.Errorf("cancelled %d jobs of another article, %v", n, err)
	}
	if n, err := q.CancelSource(ctx, "https://news.example/42"); n != 1 || err != nil {
		t.Errorf("cancelled %d, %v; want 1", n, err)
	}
	got, err := q.Job(ctx, j.ID)
	if err != nil || got.State != Cancelled || got.Deliveries[0].State != mailer.Sent || got.Deliveries[1].State != mailer.Cancelled {
		t.Errorf("after cancelling: %+v, %v", got, err)
	}
	if _, err := q.Cancel(ctx, j.ID); !errors.Is(err, ErrFinished) {
		t.Errorf("cancel again: %v, want ErrFinished", err)
	}
	clock.Add(time.Hour)
	wakeDue(t, q) // the River job that was left over finds nothing to do
	time.Sleep(50 * time.Millisecond)

	later = false
	if got, err = q.Retry(ctx, j.ID); err != nil || got.State != Running {
		t.Fatalf("retry: %+v, %v", got, err)
	}
	waitFor(t, q, j.ID, Done)
	if a, b := len(man.tries("reader0@example.com")), len(man.tries("reader1@example.com")); a != 1 || b != 2 {
		t.Errorf("sent %d and tried %d times, want 1 and 2", a, b)
	}
	if _, err := q.Retry(ctx, j.ID); !errors.Is(err, ErrNoRetry) {
		t.Errorf("retry of what is done: %v, want ErrNoRetry", err)
	}
	if _, err := q.Job(ctx, "nonsense"); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown job: %v, want ErrNotFound", err)
	}
}

func TestCancelBeforeItBegins(t *testing.T) {
	t.Parallel()
	q, ctx := openQueue(t), context.Background()
	j := submit(t, q, Submission{Recipients: readers(t, 2)})
	if j, err := q.Cancel(ctx, j.ID); err != nil || j.State != Cancelled || j.Deliveries[0].State != mailer.Cancelled {
		t.Fatalf("cancel: %+v, %v", j, err)
	}
	man, p := &postman{}, newPress(10)
	work(t, q, Worker{Renderer: p, Senders: []Sender{man}})
	waitFor(t, q, submit(t, q, Submission{Kind: PDF}).ID, Done)
	if p.tries != 1 {
		t.Errorf("%d prints, want none of the cancelled job", p.tries)
	}
	if _, err := q.Retry(ctx, j.ID); err != nil {
		t.Fatal(err)
	}
	waitFor(t, q, j.ID, Done)
}

func TestOnce(t *testing.T) {
	clock := newFakeClock()
	q, ctx := openQueue(t, withClock(clock)), context.Background()
	once := func(scope, key, body string) Submission {
		return Submission{Kind: PDF, Request: []byte(`{}`), Once: &Once{
			Scope: scope, Key: key, Body: sha256.Sum256([]byte(body)),
			Reply: func(j *Job) (int, []byte) { return 202, []byte(j.ID) },
		}}
	}
	first, err := q.Submit(ctx, once("desk", "k", "body"))
	if err != nil || first.Replayed || first.Status != 202 || string(first.Body) != first.Job.ID {
		t.Fatalf("first: %+v, %v", first, err)
	}
	cases := []struct {
		name   string
		s      Submission
		wait   time.Duration
		replay bool
		err    error
	}{
		{"repeat", once("desk", "k", "body"), 0, true, nil},
		{"same key, other body", once("desk", "k", "other"), 0, false, ErrMismatch},
		{"other key", once("desk", "l", "body"), 0, false, nil},
		{"same key of somebody else", once("sports", "k", "body"), 0, false, nil},
		{"repeat just within a day", once("desk", "k", "body"), maxOnce - time.Second, true, nil},
		{"after a day", once("desk", "k", "body"), 2 * time.Second, false, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			clock.Add(c.wait)
			r, err := q.Submit(ctx, c.s)
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			if err != nil {
				return
			}
			if r.Replayed != c.replay || (r.Job.ID == first.Job.ID) != c.replay || string(r.Body) != r.Job.ID {
				t.Errorf("%+v, replay wanted: %v", r, c.replay)
			}
		})
	}
}

func TestSubmissionsAreChecked(t *testing.T) {
	q := openQueue(t)
	cases := []struct {
		name string
		s    Submission
	}{
		{"no kind", Submission{Request: []byte(`{}`)}},
		{"mail to nobody", Submission{Kind: Email, Request: []byte(`{}`)}},
		{"print for somebody", Submission{Kind: PDF, Request: []byte(`{}`), Recipients: readers(t, 1)}},
		{"no address", Submission{Kind: Email, Request: []byte(`{}`), Recipients: make([]mailer.Recipient, 1)}},
		{"no JSON", Submission{Kind: PDF, Request: []byte(`{`)}},
		{"too much JSON", Submission{Kind: PDF, Request: make([]byte, maxRequest+1)}},
		{"callback to a file", Submission{Kind: PDF, Request: []byte(`{}`), Callback: "file:///etc/passwd"}},
		{"callback data that are no JSON", Submission{Kind: PDF, Request: []byte(`{}`), CallbackData: []byte(`{`)}},
		{"callback data that are no UTF-8", Submission{Kind: PDF, Request: []byte(`{}`), CallbackData: []byte("\"\xff\"")}},
		{"too much callback data", Submission{Kind: PDF, Request: []byte(`{}`), CallbackData: make([]byte, maxCallbackData+1)}},
		{"empty key", Submission{Kind: PDF, Request: []byte(`{}`), Once: &Once{}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if r, err := q.Submit(context.Background(), c.s); err == nil {
				t.Errorf("taken as %s", r.Job.ID)
			}
		})
	}
	if jobs, err := q.Jobs(context.Background(), Filter{}); err != nil || len(jobs) != 0 {
		t.Errorf("%d jobs, %v; want none", len(jobs), err)
	}
}

func TestList(t *testing.T) {
	clock := newFakeClock()
	q, ctx := openQueue(t, withClock(clock)), context.Background()
	var made []*Job
	for i := range 5 {
		s := Submission{Kind: PDF, Source: "https://news.example/even"}
		if i%2 == 1 {
			s = Submission{Kind: Email, Recipients: readers(t, 1), Source: "https://news.example/odd"}
		}
		made = append(made, submit(t, q, s))
		clock.Add(time.Second)
	}
	if _, err := q.Cancel(ctx, made[0].ID); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		f    Filter
		want []int
	}{
		{"all", Filter{}, []int{4, 3, 2, 1, 0}},
		{"state", Filter{State: Cancelled}, []int{0}},
		{"kind", Filter{Kind: Email}, []int{3, 1}},
		{"source", Filter{Source: "https://news.example/even"}, []int{4, 2, 0}},
		{"limit", Filter{Limit: 2}, []int{4, 3}},
		{"next page", Filter{Limit: 2, Before: made[3].Created}, []int{2, 1}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			jobs, err := q.Jobs(ctx, c.f)
			if err != nil || len(jobs) != len(c.want) {
				t.Fatalf("%d jobs, %v; want %d", len(jobs), err, len(c.want))
			}
			for i, j := range jobs {
				if j.ID != made[c.want[i]].ID {
					t.Errorf("job %d is not number %d", i, c.want[i])
				}
			}
		})
	}
	s, err := q.Stats(ctx)
	if err != nil || s.Jobs[Queued] != 4 || s.Jobs[Cancelled] != 1 || s.Deliveries[mailer.Queued] != 2 || s.Oldest != 4*time.Second {
		t.Errorf("stats %+v, %v", s, err)
	}
}
