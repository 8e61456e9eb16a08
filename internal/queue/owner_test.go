package queue

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// TestOwnerBytes: what is kept for the jobs of one owner is bounded, requests, letters
// and their PDFs alike. Letters that have gone out and jobs that are forgotten make
// room.
func TestOwnerBytes(t *testing.T) {
	t.Parallel()
	const most = 1 << 20
	ctx, clock := context.Background(), newFakeClock()
	q := openQueue(t, withClock(clock))
	order := func(owner string, request int, readersOf int) error {
		s := Submission{
			Kind: PDF, Owner: owner, OwnerBytes: most,
			Request: json.RawMessage(`"` + strings.Repeat("x", request-2) + `"`),
		}
		if readersOf > 0 {
			s.Kind, s.Recipients = Email, readers(t, readersOf)
		}
		_, err := q.Submit(ctx, s)
		return err
	}
	kept := func() (n int64) {
		t.Helper()
		err := q.transact(ctx, func(x *tx) error {
			return x.QueryRow(`SELECT coalesce(sum(bytes), 0) FROM offprint_job WHERE owner = 'key a'`).Scan(&n)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	// 1. Requests.
	taken := 0
	for range 40 {
		var full *OwnerFullError
		if err := order("key a", 100_000, 0); err == nil {
			taken++
		} else if !errors.As(err, &full) || full.Kept != int64(taken)*100_000 || full.Most != most {
			t.Fatalf("refused with %v", err)
		}
	}
	if taken != most/100_000 {
		t.Errorf("%d jobs of 40 were taken, want %d", taken, most/100_000)
	}
	if err := order("key b", 100_000, 0); err != nil {
		t.Errorf("another key: %v", err)
	}
	if err := order("", 2*most, 0); err != nil {
		t.Errorf("nobody's: %v", err)
	}
	// 2. They are printed, kept for a while, and forgotten.
	stop := work(t, q, Worker{Renderer: newPress(10)})
	eventually(t, "printed", func() bool {
		s, err := q.Stats(ctx)
		return err == nil && s.Jobs[Done] == taken+2
	})
	stop()
	if n := kept(); n != int64(taken)*100_000 {
		t.Errorf("%d bytes when all is printed", n)
	}
	clock.Add(defaultRetention + time.Hour)
	if err := q.Sweep(ctx); err != nil || kept() != 0 {
		t.Errorf("%d bytes when all is forgotten, %v", kept(), err)
	}
	// 3. Letters that cannot go out, and their PDF, which counts once.
	if err := order("key a", 1000, 3); err != nil {
		t.Fatal(err)
	}
	stop = work(t, q, Worker{Renderer: newPress(600_000)})
	eventually(t, "letters are made", func() bool { return kept() > 600_000 })
	eventually(t, "all three", func() bool {
		var n int
		_ = q.transact(ctx, func(x *tx) error { return x.QueryRow(`SELECT count(*) FROM offprint_message`).Scan(&n) })
		return n == 3
	})
	stop()
	if n := kept(); n > 610_000 {
		t.Errorf("%d bytes for three letters with one PDF of 600,000", n)
	}
	if err := order("key a", 500_000, 0); !errors.As(err, new(*OwnerFullError)) {
		t.Errorf("beside the letters: %v", err)
	}
	// 4. They go out.
	work(t, q, Worker{Renderer: newPress(600_000), Senders: []Sender{&postman{}}})
	eventually(t, "sent", func() bool { return kept() < 2000 })
	if err := order("key a", 500_000, 0); err != nil {
		t.Errorf("when they are sent: %v", err)
	}
}
