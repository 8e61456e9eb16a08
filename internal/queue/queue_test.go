package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"offprint/mailer"
)

func TestEmailArrives(t *testing.T) {
	t.Parallel()
	q, man, p := openQueue(t), &postman{}, newPress(50_000)
	work(t, q, Worker{Renderer: p, Senders: []Sender{man}})
	to := append(readers(t, 3), readers(t, 1)...) // the first comes twice
	j := waitFor(t, q, submit(t, q, Submission{Recipients: to}).ID, Done)
	if len(j.Deliveries) != 3 {
		t.Fatalf("%d deliveries, want 3", len(j.Deliveries))
	}
	for _, d := range j.Deliveries {
		want := letter(j.ID, address(t, d.Recipient), p.pdf)
		if d.State != mailer.Sent || d.Code != 250 || d.Reply != "2.0.0 ok" || d.MessageID != want.ID {
			t.Errorf("delivery %+v", d)
		}
		if got := man.tries(d.Recipient); len(got) != 1 || !bytes.Equal(got[0], want.Bytes) {
			t.Errorf("%s: %d tries, or other bytes than posted", d.Recipient, len(got))
		}
	}
}

// TestJobJSON holds the JSON to the service's contract.
func TestJobJSON(t *testing.T) {
	t.Parallel()
	clock := &fakeClock{now: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)}
	q := openQueue(t, withClock(clock))
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{&postman{answer: func(int, *mailer.Message) mailer.Result {
		return mailer.Result{State: mailer.Bounced, Code: 550, Reply: "5.1.1 no such user"}
	}}}})
	j := waitFor(t, q, submit(t, q, Submission{Recipients: readers(t, 1)}).ID, Failed)
	j.ID = "ID"
	id := j.Deliveries[0].MessageID
	got, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"ID","kind":"email","state":"failed","created":"2026-11-23T09:30:00Z","attempts":1,` +
		`"result":{"pdf":"/v1/pdf/0123.pdf"},` +
		`"deliveries":[{"recipient":"reader0@example.com","state":"bounced","code":550,"reply":"5.1.1 no such user","message_id":"` + id + `"}],` +
		`"error":{"type":"/problems/mail-refused","title":"the mail was refused","status":502,` +
		`"hint":"see the deliveries for the mail server's words; retry the job when the cause is mended"}}`
	if string(got) != want {
		t.Errorf("JSON\n%s\nwant\n%s", got, want)
	}
}

// TestResults takes a delivery through every answer that a sender can give.
func TestResults(t *testing.T) {
	t.Parallel()
	answers := func(states ...mailer.State) func(int, *mailer.Message) mailer.Result {
		return func(try int, _ *mailer.Message) mailer.Result {
			s := states[min(try, len(states))-1]
			return mailer.Result{State: s, Reply: string(s)}
		}
	}
	cases := []struct {
		name   string
		answer func(int, *mailer.Message) mailer.Result
		hold   bool
		tries  int
		state  mailer.State
		job    JobState
	}{
		{"sent", answers(mailer.Sent), false, 1, mailer.Sent, Done},
		{"refused for good", answers(mailer.Bounced), false, 1, mailer.Bounced, Failed},
		{"suppressed by the sender", answers(mailer.Suppressed), false, 1, mailer.Suppressed, Done},
		{"refused for now, then sent", answers(mailer.Deferred, mailer.Sent), false, 2, mailer.Sent, Done},
		{"refused for now, then for good", answers(mailer.Deferred, mailer.Bounced), false, 2, mailer.Bounced, Failed},
		{"in doubt, then sent", answers(mailer.InDoubt, mailer.Sent), false, 2, mailer.Sent, Done},
		{"in doubt for ever", answers(mailer.InDoubt), false, doubtTries, mailer.InDoubt, Failed},
		{"in doubt and held", answers(mailer.InDoubt), true, 1, mailer.InDoubt, Failed},
		{"broken off, then sent", answers(mailer.Cancelled, mailer.Sent), false, 2, mailer.Sent, Done},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			clock := newFakeClock()
			q, man := openQueue(t, withClock(clock)), &postman{answer: c.answer}
			work(t, q, Worker{Renderer: newPress(3000), Senders: []Sender{man}, HoldDoubtful: c.hold})
			j := submit(t, q, Submission{Recipients: readers(t, 1)})
			eventually(t, "job final", func() bool {
				got, err := q.Job(context.Background(), j.ID)
				if err != nil {
					t.Fatal(err)
				}
				j = got
				hurry(t, q, clock)
				return j.State.Final()
			})
			d := j.Deliveries[0]
			tries := man.tries(d.Recipient)
			if j.State != c.job || d.State != c.state || len(tries) != c.tries {
				t.Errorf("job %s, delivery %s after %d tries; want %s, %s, %d", j.State, d.State, len(tries), c.job, c.state, c.tries)
			}
			for _, try := range tries {
				if !bytes.Equal(try, tries[0]) {
					t.Error("two tries sent different bytes")
				}
			}
		})
	}
}

// hurry passes the time that a delivery waits: the clock goes on, and the River
// job is woken as its own scheduler would, which only looks every 5 s.
func hurry(t *testing.T, q *Queue, c *fakeClock) {
	t.Helper()
	var wait int64
	err := q.transact(context.Background(), func(tx *tx) error {
		err := tx.QueryRow(`SELECT coalesce(max(next_try), 0) FROM offprint_delivery WHERE open = 1 AND state <> 'sending'`).Scan(&wait)
		if err != nil || wait <= millis(tx.now) {
			return err
		}
		// Only once River has written down that the job waits.
		var n int
		err = tx.QueryRow(`SELECT count(*) FROM river_job WHERE state IN ('scheduled', 'retryable')`).Scan(&n)
		if err != nil || n == 0 {
			wait = 0
			return err
		}
		c.Add(time.Duration(wait-millis(tx.now))*time.Millisecond + time.Second)
		_, err = tx.Exec(`UPDATE river_job SET state = 'available', scheduled_at = $1 WHERE state IN ('scheduled', 'retryable')`, riverTime(tx.now))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	gone := &Failure{Problem: Problem{Type: "/problems/fetch-failed", Title: "the page could not be had", Status: 502}, Temporary: true}
	not := &Failure{Problem: Problem{Type: "/problems/not-an-article", Title: "no article", Status: 422}}
	cases := []struct {
		name    string
		fail    func(int) error
		state   JobState
		problem string
		tries   int
	}{
		{"printed", nil, Done, "", 1},
		{"for good", func(int) error { return not }, Failed, "/problems/not-an-article", 1},
		{"for now, then printed", func(try int) error {
			if try < 3 {
				return gone
			}
			return nil
		}, Done, "", 3},
		{"for now until the end", func(int) error { return gone }, Failed, "/problems/fetch-failed", len(renderPauses) + 1},
		{"unexplained", func(int) error { return errors.New("secret words") }, Failed, "/problems/internal", len(renderPauses) + 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			clock := newFakeClock()
			q, p := openQueue(t, withClock(clock)), newPress(10)
			p.fail = c.fail
			work(t, q, Worker{Renderer: p})
			j := submit(t, q, Submission{Kind: PDF})
			eventually(t, "job final", func() bool {
				got, err := q.Job(context.Background(), j.ID)
				if err != nil {
					t.Fatal(err)
				}
				j = got
				wake(t, q, clock)
				return j.State.Final()
			})
			if j.State != c.state || j.Attempts != c.tries {
				t.Errorf("%s after %d tries, want %s after %d", j.State, j.Attempts, c.state, c.tries)
			}
			if problem := j.Error; (problem == nil) != (c.problem == "") || problem != nil && problem.Type != c.problem {
				t.Errorf("problem %+v, want %q", problem, c.problem)
			}
			if want := c.state == Done; (j.Result != nil) != want {
				t.Errorf("result %+v", j.Result)
			}
		})
	}
}

// TestPoison: a job that ends the program each time is given up; one that gets
// on each time is not; and a retry begins to count anew.
func TestPoison(t *testing.T) {
	t.Parallel()
	q, ctx := openQueue(t), context.Background()
	j := submit(t, q, Submission{Kind: PDF})
	crash := func(times int) {
		for range times {
			err := q.transact(ctx, func(x *tx) error { _, err := x.beginJob(ctx, j.ID); return err })
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	crash(len(renderPauses) + 1)
	p := newPress(10)
	work(t, q, Worker{Renderer: p})
	if j = waitFor(t, q, j.ID, Failed); j.Error.Type != "/problems/internal" || p.tries != 0 {
		t.Errorf("problem %+v after %d tries, want none", j.Error, p.tries)
	}
	if _, err := q.Retry(ctx, j.ID); err != nil {
		t.Fatal(err)
	}
	waitFor(t, q, j.ID, Done)
}

// wake makes waiting renders due.
func wake(t *testing.T, q *Queue, c *fakeClock) {
	t.Helper()
	err := q.transact(context.Background(), func(tx *tx) error {
		r, err := tx.exec(context.Background(), `UPDATE river_job SET state = 'available', scheduled_at = $1 WHERE state IN ('scheduled', 'retryable') OR state = 'available' AND scheduled_at > $1`, riverTime(tx.now))
		if r > 0 {
			c.Add(10 * time.Minute)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSecretOfMany: processes that start in a new data folder at the same time have one
// secret, and none of them reads a half of it.
func TestSecretOfMany(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		secrets := make([][]byte, 16)
		var group sync.WaitGroup
		for i := range secrets {
			group.Go(func() {
				o := Options{Dir: dir}
				if err := o.loadSecret(); err != nil {
					t.Error(err)
				}
				secrets[i] = o.Secret
			})
		}
		group.Wait()
		for _, s := range secrets {
			if !bytes.Equal(s, secrets[0]) {
				t.Fatal("they have several secrets")
			}
		}
	}
}
