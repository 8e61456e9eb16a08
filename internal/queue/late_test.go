package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"offprint/internal/problem"
	"offprint/mailer"
)

// TestLateLetters: letters whose making takes too long are tried as long as mail is,
// and then given up with that reason. A print is given up sooner: somebody waits for it.
func TestLateLetters(t *testing.T) {
	t.Parallel()
	late := fmt.Errorf("lay out: %w", context.DeadlineExceeded)
	cases := []struct {
		name  string
		kind  Kind
		until time.Duration // from when on it goes well
		tries int           // that there were behind the first one here
		state JobState
	}{
		{"letters, for a day", Email, 24 * time.Hour, 0, Done},
		{"letters, for ever", Email, 1000 * time.Hour, len(letterPauses) - 6, Failed},
		{"a print", PDF, 1000 * time.Hour, 0, Failed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			clock := newFakeClock()
			q, p, start := openQueue(t, withClock(clock)), newPress(10), clock.Now()
			s := Submission{Kind: c.kind}
			if c.kind == Email {
				s.Recipients = readers(t, 1)
			}
			p.fail = func(int) error {
				if clock.Now().Before(start.Add(c.until)) {
					return late
				}
				return nil
			}
			j := submit(t, q, s)
			work(t, q, Worker{Renderer: p, Senders: []Sender{&postman{}}})
			eventually(t, "put off", func() bool { return waiting(t, q) == 1 })
			if _, err := q.db.Exec(`UPDATE offprint_job SET stalled = stalled + $1`, c.tries); err != nil {
				t.Fatal(err)
			}
			eventually(t, "final", func() bool {
				got, err := q.Job(context.Background(), j.ID)
				if err != nil {
					t.Fatal(err)
				}
				if j = got; waiting(t, q) > 0 {
					clock.Add(time.Hour)
					wakeDue(t, q)
				}
				return j.State.Final()
			})
			passed := clock.Now().Sub(start)
			if j.State != c.state {
				t.Fatalf("%s after %v", j.State, passed)
			}
			if c.state == Failed && j.Error.Code() != problem.Timeout {
				t.Errorf("problem %+v", j.Error)
			}
			if c.kind == PDF {
				return
			}
			d := j.Deliveries[0]
			if c.state == Failed && (passed < 6*time.Hour || !strings.Contains(d.Reply, "it took too long")) {
				t.Errorf("after %v: %+v", passed, d)
			}
			if c.state == Done && d.State != mailer.Sent {
				t.Errorf("after %v: %+v", passed, d)
			}
		})
	}
}

// TestNotYet: a job that waits for something else is begun again, as if it had not been
// tried.
func TestNotYet(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	q, p := openQueue(t, withClock(clock)), newPress(10)
	p.fail = func(try int) error {
		if try < 20 {
			return &NotYet{After: time.Second, Err: errors.New("the answer")}
		}
		return nil
	}
	work(t, q, Worker{Renderer: p})
	j := submit(t, q, Submission{Kind: PDF})
	eventually(t, "done", func() bool {
		got, err := q.Job(context.Background(), j.ID)
		if err != nil {
			t.Fatal(err)
		}
		j = got
		clock.Add(time.Second)
		return j.State.Final()
	})
	if j.State != Done || j.Attempts != 1 {
		t.Errorf("%s after %d attempts, want one", j.State, j.Attempts)
	}
}
