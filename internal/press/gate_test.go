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
func TestPixelGate(t *testing.T) {
	acquire := pixelGate(100)
	var now, most atomic.Int64
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			pixels := 10 * (i%12 + 1) // 10 to 120
			release, err := acquire(t.Context(), pixels)
			if err != nil {
				t.Error(err)
				return
			}
			weight := int64(min(pixels, 100))
			if n := now.Add(weight); n > most.Load() {
				most.Store(n)
			}
			now.Add(-weight)
			release()
		})
	}
	all.Wait()
	if most.Load() > 100 {
		t.Errorf("%d pixels at a time", most.Load())
	}
	release, err := acquire(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := acquire(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting beyond its time: %v", err)
	}
	release()
}

// A page on which the program trips must not keep its slot for ever.
func TestPanicGivesTheSlotBack(t *testing.T) {
	paper := newNewspaper(t)
	for _, step := range []string{"parse", "gather", "set", "draw"} {
		trip := true
		s := newShop(t, func(c *Config) {
			c.Limits = Limits{Slots: 1, Open: 1, Waiting: 1}
			c.Observe = func(done string, _ time.Duration) {
				if done == step && trip {
					panic("tripped")
				}
			}
		})
		for _, r := range []*Request{{URL: paper.URL + "/1.html"}, {HTML: page("/2.html", 0)}} {
			trip = true
			func() {
				defer func() { recover() }() // of HTML the panic is the caller's to catch, as the server does
				if _, err := s.Print(t.Context(), r); err == nil {
					t.Errorf("%s: no error", step)
				}
			}()
			trip = false
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			if _, err := s.Print(ctx, r); err != nil {
				t.Errorf("%s: after a panic: %v", step, err)
			}
			cancel()
			if len(s.open.taken) != 0 || len(s.slots.taken) != 0 {
				t.Errorf("%s: %d and %d slots are taken", step, len(s.open.taken), len(s.slots.taken))
			}
		}
	}
}
