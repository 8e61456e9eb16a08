package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"offprint/internal/problem"
	"offprint/mailer"
)

// TestCeiling: of 500 mailings within an hour a ceiling of 20 lets 20 be carried out,
// whoever submits at once, whatever is repeated, and though the program is started
// anew between. The others are told as failed. An hour later there is room again.
func TestCeiling(t *testing.T) {
	t.Parallel()
	const most, articles = 20, 500
	ctx, clock, dir := context.Background(), newFakeClock(), t.TempDir()
	q := openQueue(t, withClock(clock), func(o *Options) { o.Dir = dir })
	mail := func(q *Queue, n int) *Receipt {
		t.Helper()
		r, err := q.Submit(ctx, Submission{
			Kind: Email, Request: json.RawMessage(`{}`), Recipients: readers(t, 3), Callback: "https://cms.example/told",
			Once:   &Once{Scope: "hook cms", Key: fmt.Sprint(n), Reply: func(*Job) (int, []byte) { return 202, []byte{} }},
			Unless: &Note{Scope: "mailed", Name: fmt.Sprint(n)},
			Ceiling: &Ceiling{
				Scope: "hook cms", Name: "daily", Most: most, Problem: *problem.New(problem.RateLimited, "no more", ""),
			},
		})
		if err != nil {
			t.Error(err)
			return &Receipt{}
		}
		return r
	}
	var mu sync.Mutex
	carried, held := 0, []*Receipt{}
	run := func(q *Queue, from, to int) {
		var all sync.WaitGroup
		for n := from; n < to; n++ {
			all.Go(func() {
				r := mail(q, n)
				mu.Lock()
				defer mu.Unlock()
				if r.Held {
					held = append(held, r)
				} else {
					carried++
				}
			})
		}
		all.Wait()
	}
	// 1. Many at once, a restart, and more of them within the hour.
	run(q, 0, articles/2)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = openQueue(t, withClock(clock), func(o *Options) { o.Dir = dir })
	clock.Add(59 * time.Minute)
	run(q, articles/2, articles)
	if carried != most || len(held) != articles-most {
		t.Fatalf("%d were carried out and %d held, want %d and %d", carried, len(held), most, articles-most)
	}
	// 2. What is held says so, keeps no reader, and tells the callback.
	j, err := q.Job(ctx, held[0].Job.ID)
	if err != nil {
		t.Fatal(err)
	}
	if j.State != Failed || j.Error.Code() != problem.RateLimited || len(j.Deliveries) != 0 {
		t.Errorf("held: %+v", j)
	}
	if _, err := q.Retry(ctx, j.ID); !errors.Is(err, ErrNoRetry) {
		t.Errorf("tried again: %v", err)
	}
	events, err := q.Events(ctx, j.ID)
	if err != nil || len(events) != 1 || events[0].Type != EmailFailed {
		t.Errorf("events %+v, %v; want one %s", events, err, EmailFailed)
	}
	// 3. A repeat changes nothing.
	if r := mail(q, 0); !r.Replayed {
		t.Errorf("repeat: %+v", r)
	}
	// 4. What was carried out in the first minute is forgotten in the minute after the
	// hour; nothing of the article that was held forbids that it is mailed then.
	clock.Add(2 * time.Minute)
	r, err := q.Submit(ctx, Submission{
		Kind: Email, Request: json.RawMessage(`{}`), Recipients: []mailer.Recipient{{Address: address(t, "a@example.com")}},
		Ceiling: &Ceiling{Scope: "hook cms", Name: "daily", Most: most},
		Unless:  &Note{Scope: "mailed", Name: "499"},
	})
	if err != nil || r.Held || r.Noted {
		t.Errorf("an hour later: %+v, %v", r, err)
	}
}
