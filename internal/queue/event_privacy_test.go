package queue

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"offprint/mailer"
)

// TestEraseEvents: an address is exported and erased from what is still to be
// told, which is told without it.
func TestEraseEvents(t *testing.T) {
	t.Parallel()
	q, ctx := openQueue(t), context.Background()
	refuse := func(_ int, m *mailer.Message) mailer.Result {
		return mailer.Result{State: mailer.Bounced, Code: 550, Reply: "no mailbox " + m.To[0].String()}
	}
	stop := work(t, q, Worker{Renderer: newPress(3000), Senders: []Sender{&postman{answer: refuse}}})
	to := readers(t, 2)
	j := waitFor(t, q, submit(t, q, Submission{Recipients: to, Callback: hook}).ID, Failed)
	stop()
	exported, err := q.Export(ctx, to[0].Address)
	if err != nil || len(exported.Events) != 1 {
		t.Fatalf("export %+v, %v", exported, err)
	}
	if r := exported.Events[0]; r.Job != j.ID || r.Type != EmailFailed || r.State != EventWaiting || !strings.Contains(string(r.Body), "no mailbox reader0@example.com") {
		t.Errorf("exported %+v %s", r, r.Body)
	}
	if n, err := q.Erase(ctx, to[0].Address); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if inFiles(t, q.options.Dir, "reader0") {
		t.Error("the address still stands in the files")
	}
	if exported, err := q.Export(ctx, to[0].Address); err != nil || len(exported.Events) != 0 {
		t.Errorf("export after erasing %+v, %v", exported, err)
	}
	e := &ear{}
	work(t, q, Worker{Renderer: newPress(10), Caller: e})
	waitForEvents(t, q, j.ID, 2, EventDelivered)
	seen := map[string]bool{}
	for _, c := range e.heard() {
		p := told(t, c)
		seen[p.Data.Recipient] = true
		if p.Type != EmailFailed || p.Data.Code != 550 || (p.Data.Reply == "") != (p.Data.Recipient == "") {
			t.Errorf("told %s", c.Body)
		}
	}
	if !seen[""] || !seen["reader1@example.com"] {
		t.Errorf("told of %v", seen)
	}
	// What was told is not kept: the second address stands in its delivery alone.
	if exported, err := q.Export(ctx, to[1].Address); err != nil || len(exported.Events) != 1 || exported.Events[0].Body != nil {
		t.Errorf("export of what was told %+v, %v", exported, err)
	}
}

// TestSweepAndEvents: a job is not forgotten while there is something to tell of
// it, but does not stay for ever.
func TestSweepAndEvents(t *testing.T) {
	t.Parallel()
	ctx, clock := context.Background(), newFakeClock()
	q := openQueue(t, withClock(clock), func(o *Options) { o.Retention = time.Hour })
	stop := work(t, q, Worker{Renderer: newPress(10), Caller: &ear{answer: func(_ int, c Call) (time.Duration, error) {
		if strings.Contains(c.URL, "deaf") {
			return 0, errors.New("the server answered 500")
		}
		return 0, nil
	}}})
	heard := submit(t, q, Submission{Kind: PDF, Callback: hook})
	waitForEvents(t, q, heard.ID, 1, EventDelivered)
	deaf := waitFor(t, q, submit(t, q, Submission{Kind: PDF, Callback: "https://deaf.example/"}).ID, Done)
	eventually(t, "a try", func() bool { return events(t, q, deaf.ID)[0].Attempts == 1 })
	stop()
	steps := []struct {
		name        string
		wait        time.Duration
		heard, deaf error
	}{
		{"before the retention", 59 * time.Minute, nil, nil},
		{"after it", 2 * time.Minute, ErrNotFound, nil},
		{"while a worker could still come", eventLife - 2*time.Hour, ErrNotFound, nil},
		{"when none came", 2 * time.Hour, ErrNotFound, ErrNotFound},
	}
	for _, s := range steps {
		clock.Add(s.wait)
		if err := q.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		_, err := q.Job(ctx, heard.ID)
		if !errors.Is(err, s.heard) {
			t.Errorf("%s: the job that was told of: %v, want %v", s.name, err, s.heard)
		}
		if _, err := q.Job(ctx, deaf.ID); !errors.Is(err, s.deaf) {
			t.Errorf("%s: the job that was not: %v, want %v", s.name, err, s.deaf)
		}
	}
	if s, err := q.Stats(ctx); err != nil || len(s.Events) != 0 {
		t.Errorf("events are left: %+v, %v", s, err)
	}
	// The River job that is left finds nothing to do.
	e := &ear{}
	work(t, q, Worker{Renderer: newPress(10), Caller: e})
	wakeDue(t, q)
	eventually(t, "no River job is left", func() bool { return scheduled(t, q) == 0 })
	if n := len(e.heard()); n != 0 {
		t.Errorf("%d calls about a forgotten job", n)
	}
}

// TestRetryOfOldEvents: what is called again by hand after weeks is not given up
// for its age.
func TestRetryOfOldEvents(t *testing.T) {
	t.Parallel()
	ctx, clock := context.Background(), newFakeClock()
	q := openQueue(t, withClock(clock), func(o *Options) { o.Retention = 100 * 24 * time.Hour })
	stop := work(t, q, Worker{Renderer: newPress(10)})
	j := waitFor(t, q, submit(t, q, Submission{Kind: PDF, Callback: hook}).ID, Done)
	stop()
	for _, step := range []struct {
		retry bool
		state EventState
	}{{false, EventFailed}, {true, EventWaiting}} {
		clock.Add(eventLife + time.Minute)
		if step.retry {
			if _, err := q.Retry(ctx, j.ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := q.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if e := events(t, q, j.ID)[0]; e.State != step.state {
			t.Errorf("after retry %v: %+v, want %s", step.retry, e, step.state)
		}
	}
	e := &ear{}
	work(t, q, Worker{Renderer: newPress(10), Caller: e})
	waitForEvents(t, q, j.ID, 1, EventDelivered)
}
