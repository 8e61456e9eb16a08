package queue

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"offprint/mailer"
)

// TestQuotas: of many submissions at once, on both sides of a restart, none goes above a
// quota, and one that is refused counts against no other. Whose own quota is used up
// gets no letter, and nobody is told.
func TestQuotas(t *testing.T) {
	t.Parallel()
	const most, tries = 20, 120
	ctx, clock, dir := context.Background(), newFakeClock(), t.TempDir()
	q := openQueue(t, withClock(clock), func(o *Options) { o.Dir = dir })
	submit := func(q *Queue, ip string) (*Receipt, error) {
		to := readers(t, 2)
		s := Submission{Kind: Email, Request: json.RawMessage(`{}`), Recipients: to}
		s.Quotas = []Quota{
			{Scope: "article", Name: "a", Most: 100, Span: time.Hour, Take: 2},
			{Scope: "ip", Name: ip, Most: most, Span: 24 * time.Hour, Take: 2},
		}
		s.Silent = []Quota{
			{Scope: "recipient", Name: "first", Most: 3, Span: 24 * time.Hour, Take: 1},
			{Scope: "recipient", Name: ip + " second", Most: 1000, Span: 24 * time.Hour, Take: 1},
		}
		return q.Submit(ctx, s)
	}
	var mu sync.Mutex
	accepted, silenced := 0, 0
	run := func(q *Queue, n int) {
		var all sync.WaitGroup
		for range n {
			all.Go(func() {
				r, err := submit(q, "192.0.2.1")
				mu.Lock()
				defer mu.Unlock()
				var over *QuotaError
				switch {
				case errors.As(err, &over):
					if over.Quota.Scope != "ip" || over.After <= 0 || over.After > 25*time.Hour {
						t.Errorf("refused by %+v", over)
					}
				case err != nil:
					t.Error(err)
				default:
					accepted++
					if r.Job.Deliveries[0].State == mailer.Suppressed {
						silenced++
					}
					if r.Job.Deliveries[1].State != mailer.Queued {
						t.Errorf("the other recipient is %s", r.Job.Deliveries[1].State)
					}
				}
			})
		}
		all.Wait()
	}
	run(q, tries/2)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = openQueue(t, withClock(clock), func(o *Options) { o.Dir = dir })
	clock.Add(23*time.Hour + 59*time.Minute)
	run(q, tries/2)
	if accepted != most/2 || silenced != most/2-3 {
		t.Errorf("%d accepted, %d silenced; want %d, %d", accepted, silenced, most/2, most/2-3)
	}
	// What was refused took nothing of the article's: 100 less none of the day before.
	for range 50 {
		if _, err := submit(q, newJobID()); err != nil {
			t.Fatalf("another reader: %v", err)
		}
	}
	var over *QuotaError
	if _, err := submit(q, "192.0.2.2"); !errors.As(err, &over) || over.Quota.Scope != "article" {
		t.Errorf("above the article's: %v", err)
	}
	clock.Add(26 * time.Hour)
	if r, err := submit(q, "192.0.2.1"); err != nil || r.Job.Deliveries[0].State != mailer.Queued {
		t.Errorf("two days later: %v", err)
	}
}
