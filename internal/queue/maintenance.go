package queue

import (
	"context"
	"time"
)

const (
	clockCheck = 30 * time.Second // how often maintain looks at the clock
	sweepPause = 15 * time.Minute // how often it clears up
	sweepBatch = 200              // jobs forgotten in one transaction
)

// maintain looks after a queue until ctx ends: it forgets what is old, and makes up
// for a clock that was set back.
func (q *Queue) maintain(ctx context.Context) {
	ticks := time.NewTicker(clockCheck)
	defer ticks.Stop()
	var swept time.Time
	for {
		if time.Since(swept) >= sweepPause {
			swept = time.Now()
			if err := q.Sweep(ctx); err != nil && ctx.Err() == nil {
				q.options.Log.Error("could not clear up", "error", err)
			}
		}
		if err := q.followClock(ctx); err != nil && ctx.Err() == nil {
			q.options.Log.Error("could not look after waiting jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// followClock wakes work that waits longer than any pause of ours: it was put
// off before the clock was set back. A clock that was set forward needs nothing,
// since pauses then end early; and what was scheduled for a time keeps it.
func (q *Queue) followClock(ctx context.Context) error {
	return q.transact(ctx, func(t *tx) error {
		n, err := q.engine.hasten(ctx, t.Tx, t.now, waits{
			mail:   longestPause + time.Minute,
			render: longestRenderPause + time.Minute,
			call:   longestCallPause + time.Minute,
			ready:  longestRenderPause + time.Minute,
		})
		if n > 0 {
			q.options.Log.Warn("the clock was set back: waiting work is done now", "jobs", n)
		}
		return err
	})
}

// Sweep forgets finished jobs that are older than the retention, with the addresses
// and messages that belong to them. It also forgets idempotency keys after a day, notes
// that expired, and parts that no message needs any more. A job stays while there is
// still something to tell of it. That is given up after three days, later where the
// other side asks for it with Retry-After, and after two weeks where no worker makes
// calls. What that frees is given back to the file system. A worker sweeps by itself.
func (q *Queue) Sweep(ctx context.Context) error {
	if err := q.expireEvents(ctx); err != nil {
		return err
	}
	for {
		var n int64
		err := q.transact(ctx, func(t *tx) (err error) {
			n, err = t.deleteJobs(ctx, t.now.Add(-q.options.Retention), sweepBatch)
			return err
		})
		if err != nil {
			return err
		}
		if n < sweepBatch {
			break
		}
	}
	err := q.transact(ctx, func(t *tx) error {
		if err := t.dropOldOnce(ctx); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `DELETE FROM offprint_note WHERE expires > 0 AND expires <= $1`, millis(t.now)); err != nil {
			return err
		}
		_, err := t.deleteUnusedBlobs(ctx)
		return err
	})
	if err != nil {
		return err
	}
	return q.engine.shrink(ctx, q.db)
}

func (q *Queue) expireEvents(ctx context.Context) error {
	var n int64
	err := q.transact(ctx, func(t *tx) (err error) {
		n, err = t.expireEvents(ctx, t.now.Add(-eventLife))
		return err
	})
	if n > 0 && err == nil {
		q.options.Log.Error("callbacks given up: no worker made them in time", "events", n)
	}
	return err
}
