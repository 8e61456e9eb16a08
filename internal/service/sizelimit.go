package service

import (
	"context"
	"errors"
	"sync"
	"time"

	"offprint/internal/queue"
)

// sizeLimit knows how large a message the mail server takes. It asks beside the work:
// nobody who makes letters waits for the server. What it heard, and that it heard
// nothing, is good for a while.
type sizeLimit struct {
	ask   func(context.Context) (int64, error)
	now   func() time.Time
	bound time.Duration // of one question

	ctx    context.Context
	cancel context.CancelFunc
	asked  sync.WaitGroup

	mu     sync.Mutex
	asking bool
	heard  bool      // an answer, or none in time
	limit  int64     // the last answer
	err    error     // why there was none
	good   time.Time // until when that is not asked again
}

const (
	sizeGood  = 10 * time.Minute       // for how long an answer is good
	sizeFails = 1 * time.Minute        // for how long nobody asks after there was none
	sizeBound = 5 * time.Second        // within which it must come
	sizeWait  = 500 * time.Millisecond // after which the first letters look again
)

var errAsking = errors.New("the mail server is being asked how large a message may be")

func newSizeLimit(ask func(context.Context) (int64, error), now func() time.Time) *sizeLimit {
	l := &sizeLimit{ask: ask, now: now, bound: sizeBound}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l
}

// get gives the greatest message in bytes; 0: the server does not say, or cannot be
// asked. Before there was a first answer it gives a [queue.NotYet].
func (l *sizeLimit) get(context.Context) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := l.good.Sub(l.now())
	fresh := left > 0 && left <= sizeGood // more: the clock was set back
	if !fresh && !l.asking && l.ctx.Err() == nil {
		l.asking = true
		l.asked.Go(l.look)
	}
	if !l.heard {
		return 0, &queue.NotYet{After: sizeWait, Err: errAsking}
	}
	return l.limit, l.err
}

// look asks once.
func (l *sizeLimit) look() {
	ctx, cancel := context.WithTimeout(l.ctx, l.bound)
	defer cancel()
	limit, err := l.ask(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asking, l.heard, l.err = false, true, err
	if err != nil {
		l.good = l.now().Add(sizeFails)
		return
	}
	l.limit, l.good = limit, l.now().Add(sizeGood)
}

// close breaks a question off and waits for its end.
func (l *sizeLimit) close() {
	l.cancel()
	l.asked.Wait()
}
