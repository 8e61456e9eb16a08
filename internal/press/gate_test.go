package press

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Pictures that have more pixels together than there is memory for wait, and one
// that has more by itself has its turn alone.
func TestUnpackGate(t *testing.T) {
	unpack := unpackGate(100)
	var now, most atomic.Int64
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			pixels := 10 * (i%12 + 1) // 10 to 120
			done, err := unpack(t.Context(), pixels)
			if err != nil {
				t.Error(err)
				return
			}
			weight := int64(min(pixels, 100))
			if n := now.Add(weight); n > most.Load() {
				most.Store(n)
			}
			now.Add(-weight)
			done()
		})
	}
	all.Wait()
	if most.Load() > 100 {
		t.Errorf("%d pixels at a time", most.Load())
	}
	done, err := unpack(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := unpack(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting beyond its time: %v", err)
	}
	done()
}

// The place that a letter lends is given back, however the work ends.
func TestLend(t *testing.T) {
	g := newGate(1, 1)
	ctx, leave, err := g.hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err = lend(ctx, func() error {
		other, err := g.enter(t.Context())
		if err != nil {
			return err
		}
		other()
		return broken
	})
	if err != broken || len(g.places) != 1 {
		t.Errorf("lent: %v, %d places taken", err, len(g.places))
	}
	leave()
	if len(g.places) != 0 {
		t.Errorf("%d places taken in the end", len(g.places))
	}
}
