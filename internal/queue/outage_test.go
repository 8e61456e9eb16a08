package queue

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"offprint/mailer"
)

// setupError is a refusal of the account.
type setupError struct{}

func (setupError) Error() string { return "535 5.7.8 wrong password" }
func (setupError) Setup() bool   { return true }

// TestOutage: the mail server is gone for an hour. The clock is a fake one, for
// the queue and for River; real are the database, River's client, and with
// OFFPRINT_SOAK=1 its scheduler, which looks for due jobs every 5 s of real
// time. Else the test wakes them when the fake clock says so.
func TestOutage(t *testing.T) {
	t.Parallel()
	mails, pause, soak := 40, 20*time.Millisecond, os.Getenv(soakEnv) != ""
	if soak {
		mails, pause = 500, time.Second // a minute a second: River's scheduler keeps up
	}
	clock := newFakeClock()
	start := clock.Now()
	back := start.Add(time.Hour)
	man := &postman{answer: func(int, *mailer.Message) mailer.Result {
		if clock.Now().Before(back) {
			return mailer.Result{State: mailer.Deferred, Err: &mailer.Error{Op: "connect", Err: syscall.ECONNREFUSED}}
		}
		return mailer.Result{State: mailer.Sent, Code: 250}
	}}
	q := openQueue(t, withClock(clock))
	work(t, q, Worker{Renderer: newPress(3000), Senders: []Sender{man, man}})
	j := submit(t, q, Submission{Recipients: readers(t, mails)})
	for end := time.Now().Add(4 * time.Minute); ; {
		open, states := deliveryStates(t, q, j.ID)
		if open == 0 && states[mailer.Sent] == mails {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("after %v of fake time: %v", clock.Now().Sub(start), states)
		}
		if states[mailer.Queued]+states[mailer.Sending] == 0 {
			clock.Add(time.Minute)
			if !soak {
				wakeDue(t, q)
			}
		}
		time.Sleep(pause)
	}
	took := clock.Now().Sub(start)
	tries := len(man.tries("reader0@example.com"))
	if limit := 3 * time.Hour; took > limit {
		t.Errorf("all sent after %v, want %v at most", took, limit)
	}
	t.Logf("%d messages, server gone for 1 h: all sent after %v, the first reader's at try %d", mails, took, tries)
}

// wakeDue does what River's scheduler does every 5 s.
func wakeDue(t *testing.T, q *Queue) {
	t.Helper()
	err := q.transact(context.Background(), func(x *tx) error {
		_, err := x.Exec(`UPDATE river_job SET state = 'available' WHERE state IN ('scheduled', 'retryable') AND scheduled_at <= $1`, riverTime(x.now))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWrongPassword: a refusal of the account stops all mail for a while and
// costs no message a try.
func TestWrongPassword(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	var mended atomic.Bool
	man := &postman{answer: func(int, *mailer.Message) mailer.Result {
		if mended.Load() {
			return mailer.Result{State: mailer.Sent, Code: 250}
		}
		return mailer.Result{State: mailer.Deferred, Code: 535, Err: setupError{}}
	}}
	q := openQueue(t, withClock(clock))
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{man}})
	j := submit(t, q, Submission{Recipients: readers(t, 20)})
	eventually(t, "all wait", func() bool {
		var n int
		_ = q.transact(context.Background(), func(x *tx) error {
			return x.QueryRow(`SELECT count(*) FROM river_job WHERE state = 'scheduled'`).Scan(&n)
		})
		return n == 20
	})
	man.mu.Lock()
	asked := len(man.seen)
	man.mu.Unlock()
	if asked != 1 {
		t.Errorf("the server was asked %d times, want once", asked)
	}
	mended.Store(true)
	clock.Add(setupPause + time.Second)
	wakeDue(t, q)
	waitFor(t, q, j.ID, Done)
}

// TestWrongPasswordForEver: mail that waits for a refused account is given up after
// five days with the account's refusal, also mail that was never tried itself. Mail
// that came later waits on, and so does mail that was retried by hand.
func TestWrongPasswordForEver(t *testing.T) {
	t.Parallel()
	const day, mails = 24 * time.Hour, 8
	clock, ctx := newFakeClock(), context.Background()
	start := clock.Now()
	var asked atomic.Int64
	man := &postman{answer: func(int, *mailer.Message) mailer.Result {
		asked.Add(1)
		return mailer.Result{State: mailer.Deferred, Code: 535, Reply: "5.7.8 wrong password", Err: setupError{}}
	}}
	q := openQueue(t, withClock(clock))
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{man}})
	first := submit(t, q, Submission{Recipients: readers(t, mails)})
	var second *Job
	// pass lets a time go by, in steps after which all that is due has been looked at.
	pass := func(until, step time.Duration) {
		t.Helper()
		for clock.Now().Sub(start) < until {
			clock.Add(step)
			wakeDue(t, q)
			eventually(t, "all rest", func() bool {
				var n int
				err := q.transact(ctx, func(x *tx) error {
					return x.QueryRow(`
						SELECT count(*) FROM river_job
						WHERE state IN ('available', 'running') OR state IN ('scheduled', 'retryable') AND scheduled_at <= $1`, riverTime(x.now)).Scan(&n)
				})
				return err == nil && n == 0
			})
		}
	}
	states := func(id string) map[mailer.State]int {
		_, states := deliveryStates(t, q, id)
		return states
	}
	posted := func(n int) {
		t.Helper()
		eventually(t, "all are posted", func() bool {
			var rest int
			err := q.transact(ctx, func(x *tx) error {
				return x.QueryRow(`SELECT count(*) FROM river_job WHERE kind = 'offprint_deliver' AND state = 'scheduled'`).Scan(&rest)
			})
			return err == nil && rest == n
		})
	}
	posted(mails)
	pass(2*day, day)
	second = submit(t, q, Submission{Recipients: readers(t, mails)})
	posted(2 * mails)
	pass(5*day-time.Hour, day-20*time.Minute)
	if n := states(first.ID)[mailer.Bounced]; clock.Now().Sub(start) >= 5*day || n > 0 {
		t.Errorf("%d of %d given up after %v", n, mails, clock.Now().Sub(start))
	}
	pass(5*day+time.Hour, time.Hour)
	j := waitFor(t, q, first.ID, Failed)
	for _, d := range j.Deliveries {
		if d.State != mailer.Bounced || d.Code != 535 || d.Reply != "given up after 5 days: 5.7.8 wrong password" {
			t.Fatalf("after five days: %+v", d)
		}
	}
	if n := asked.Load(); n > 60 {
		t.Errorf("the server was asked %d times", n)
	}
	if s := states(second.ID); s[mailer.Bounced] > 0 {
		t.Errorf("what came two days later: %v", s)
	}
	if _, err := q.Retry(ctx, first.ID); err != nil {
		t.Fatal(err)
	}
	pass(5*day+3*time.Hour, time.Hour)
	if s := states(first.ID); s[mailer.Bounced] > 0 {
		t.Errorf("retried by hand: %v", s)
	}
	pass(7*day+2*time.Hour, 10*time.Hour)
	if s := states(second.ID); s[mailer.Bounced] != mails {
		t.Errorf("what came two days later, two days later: %v", s)
	}
}

// TestClockJump: what waits when the clock is set back or forward.
func TestClockJump(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		jump time.Duration
	}{
		{"two days back", -48 * time.Hour},
		{"ten years back", -10 * 365 * 24 * time.Hour},
		{"a minute back", -time.Minute},
		{"two days forward", 48 * time.Hour},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			clock := newFakeClock()
			man := &postman{answer: func(try int, _ *mailer.Message) mailer.Result {
				if try == 1 {
					return mailer.Result{State: mailer.Deferred, Code: 450}
				}
				return mailer.Result{State: mailer.Sent, Code: 250}
			}}
			q := openQueue(t, withClock(clock))
			work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{man}})
			due := clock.Now().Add(72 * time.Hour)
			later := submit(t, q, Submission{Recipients: readers(t, 1), Due: due})
			j := submit(t, q, Submission{Recipients: readers(t, 3)})
			eventually(t, "all wait", func() bool {
				var n int
				_ = q.transact(context.Background(), func(x *tx) error {
					return x.QueryRow(`SELECT count(*) FROM river_job WHERE state = 'scheduled'`).Scan(&n)
				})
				return n == 4
			})
			clock.Add(c.jump)
			if c.jump == -time.Minute {
				clock.Add(2*time.Minute + time.Second) // retries wait that much longer, and no more
			}
			if err := q.followClock(context.Background()); err != nil {
				t.Fatal(err)
			}
			wakeDue(t, q)
			waitFor(t, q, j.ID, Done)
			if j, err := q.Job(context.Background(), later.ID); err != nil || j.State != Queued {
				t.Errorf("what is due in three days is %v, %v", j.State, err)
			}
			// What comes in after the jump is done as ever.
			j = submit(t, q, Submission{Kind: PDF})
			waitFor(t, q, j.ID, Done)
		})
	}
}

// fullDisk makes a database take no more, and takes that back.
type fullDisk interface {
	fill(t *testing.T)
	free(t *testing.T)
}

// pageLimit has SQLite itself refuse to grow.
type pageLimit struct{ q *Queue }

func (p pageLimit) fill(t *testing.T) { p.pragma(t, "max_page_count = 1") } // SQLite raises it to what is used
func (p pageLimit) free(t *testing.T) { p.pragma(t, "max_page_count = 1000000") }
func (p pageLimit) pragma(t *testing.T, set string) {
	t.Helper()
	if _, err := p.q.db.Exec("PRAGMA " + set); err != nil {
		t.Fatal(err)
	}
}

// ballast fills a small file system.
type ballast struct{ dir string }

func (b ballast) name() string { return filepath.Join(b.dir, "ballast") }

func (b ballast) fill(t *testing.T) {
	t.Helper()
	f, err := os.OpenFile(b.name(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, block := range []int{1 << 16, 1 << 12, 1} {
		for {
			if _, err := f.Write(make([]byte, block)); err != nil {
				break
			}
		}
	}
}

func (b ballast) free(t *testing.T) {
	t.Helper()
	if err := os.Remove(b.name()); err != nil {
		t.Fatal(err)
	}
}

// smallDisk mounts a file system of 8 MB.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := mountTmpfs(dir, "size=8m"); err != nil {
		t.Logf("no file system of our own (%v): SQLite's own limit is tested alone", err)
		return ""
	}
	t.Cleanup(func() {
		if err := unmount(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestDiskFull: a submission is refused as a whole; a worker waits, also with
// the 250 that it holds; and all goes on when there is space.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	t.Run("SQLite's own limit", func(t *testing.T) {
		q := openQueue(t)
		testDiskFull(t, q, pageLimit{q})
	})
	t.Run("file system", func(t *testing.T) {
		dir := smallDisk(t)
		if dir == "" {
			return
		}
		testDiskFull(t, openQueue(t, func(o *Options) { o.Dir = dir }), ballast{dir})
	})
}

func testDiskFull(t *testing.T, q *Queue, disk fullDisk) {
	before := submit(t, q, Submission{Recipients: readers(t, 2)})
	disk.fill(t)
	big := Submission{Kind: PDF, Request: []byte(`"` + strings.Repeat("x", 1<<20) + `"`)}
	if _, err := q.Submit(context.Background(), big); err == nil || !strings.Contains(err.Error(), ErrFull.Error()) {
		t.Errorf("submit: %v, want ErrFull", err)
	}
	disk.free(t)
	if jobs, err := q.Jobs(context.Background(), Filter{}); err != nil || len(jobs) != 1 {
		t.Fatalf("%d jobs, %v; want the one from before", len(jobs), err)
	}
	// Now it fills up while a message is on its way.
	sent := make(chan struct{}, 2)
	man := &postman{answer: func(int, *mailer.Message) mailer.Result {
		if b, ok := disk.(ballast); ok {
			b.fill(t)
		}
		sent <- struct{}{}
		return mailer.Result{State: mailer.Sent, Code: 250}
	}}
	work(t, q, Worker{Renderer: newPress(100_000), Senders: []Sender{man}})
	for range 2 {
		<-sent
		time.Sleep(200 * time.Millisecond)
		if b, ok := disk.(ballast); ok {
			b.free(t)
		}
	}
	j := waitFor(t, q, before.ID, Done)
	for _, d := range j.Deliveries {
		if n := len(man.tries(d.Recipient)); n != 1 || d.State != mailer.Sent {
			t.Errorf("%s: sent %d times, %s", d.Recipient, n, d.State)
		}
	}
}
