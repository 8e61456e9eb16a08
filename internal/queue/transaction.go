package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// tx is a transaction, with the time at which it began.
type tx struct {
	*sql.Tx
	now   time.Time
	calls []string // events that go on the call queue when it commits
}

// transact runs do in a transaction: all of it happens, or nothing.
func (q *Queue) transact(ctx context.Context, do func(*tx) error) error {
	t, err := q.db.BeginTx(ctx, nil)
	if err != nil {
		return q.spaceError(err)
	}
	defer t.Rollback()
	x := &tx{Tx: t, now: q.now()}
	if err := do(x); err != nil {
		return q.spaceError(err)
	}
	if err := q.startCalls(ctx, x); err != nil {
		return q.spaceError(fmt.Errorf("queue calls: %w", err))
	}
	if err := t.Commit(); err != nil {
		return q.spaceError(fmt.Errorf("commit: %w", err))
	}
	return nil
}

// spaceError marks the errors that mean a full disk.
func (q *Queue) spaceError(err error) error {
	if !errors.Is(err, ErrFull) && q.engine.full(err) {
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	return err
}

// Waits of transactRetrying for space on the disk.
const (
	spacePause = 500 * time.Millisecond
	spaceLimit = 10 * time.Minute
)

// transactRetrying is transact for a worker, which waits for space on the disk
// instead of giving up. Before a message goes out, giving up would have to be written
// down, too. After its 250, what is not written is sent twice.
func (q *Queue) transactRetrying(ctx context.Context, do func(*tx) error) error {
	deadline := time.Now().Add(spaceLimit)
	for told := false; ; told = true {
		err := q.transact(ctx, do)
		if !errors.Is(err, ErrFull) || time.Now().After(deadline) {
			return err
		}
		if !told {
			q.options.Log.Error("no space left: the worker waits", "error", err)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(spacePause):
		}
	}
}

// exec runs a statement and says how many rows it changed.
func (t *tx) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	r, err := t.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// millis is how times stand in our tables.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(n int64) time.Time { return time.UnixMilli(n).UTC() }
