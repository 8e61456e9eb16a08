package press

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// BusyError says that the line is as long as it may be.
type BusyError struct {
	Waiting    int           // who stand in the line
	RetryAfter time.Duration // when it will have become shorter, roughly
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("%d others wait to be printed", e.Waiting)
}

// gate lets so many through at a time, and so many more wait.
type gate struct {
	taken   chan struct{} // one element for each slot that is taken
	most    int64         // who may wait
	waiting atomic.Int64  // who do
	usual   atomic.Int64  // how long one stays, in nanoseconds: a moving average
}

func newGate(slots, line int) *gate {
	return &gate{taken: make(chan struct{}, slots), most: int64(line)}
}

// enter waits for a slot. leave gives it back.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.taken <- struct{}{}:
		return g.leave(), nil
	default:
	}
	defer g.waiting.Add(-1)
	if n := g.waiting.Add(1); n > g.most {
		return nil, &BusyError{Waiting: int(n - 1), RetryAfter: g.retryAfter(n)}
	}
	select {
	case g.taken <- struct{}{}:
		return g.leave(), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (g *gate) leave() func() {
	begun := time.Now()
	return func() {
		<-g.taken
		const weight = 8 // of the average beside the newest
		took, usual := time.Since(begun).Nanoseconds(), g.usual.Load()
		g.usual.Store(usual + (took-usual)/weight)
	}
}

// retryAfter is how long a line takes to pass, in whole seconds from 1 to 60.
func (g *gate) retryAfter(line int64) time.Duration {
	wait := time.Duration(g.usual.Load() * line / int64(cap(g.taken)))
	return min(max(wait.Round(time.Second), time.Second), time.Minute)
}

// pixelGate lets pictures be decoded while they have no more pixels together than
// most. One that has more by itself has its turn alone.
func pixelGate(most int64) func(context.Context, int) (release func(), err error) {
	free := semaphore.NewWeighted(most)
	return func(ctx context.Context, pixels int) (func(), error) {
		n := min(int64(pixels), most)
		if err := free.Acquire(ctx, n); err != nil {
			return nil, err
		}
		return func() { free.Release(n) }, nil
	}
}
