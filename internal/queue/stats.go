package queue

import (
	"context"
	"fmt"
	"time"

	"offprint/mailer"
)

// Stats tell how much there is to do.
type Stats struct {
	Jobs       map[JobState]int     // all that are remembered
	Deliveries map[mailer.State]int // likewise
	Events     map[EventState]int   // likewise; those that failed were told to nobody
	Oldest     time.Duration        // for how long the oldest job that is due has waited
}

// Stats counts what is in the queue.
func (q *Queue) Stats(ctx context.Context) (*Stats, error) {
	s := &Stats{Jobs: map[JobState]int{}, Deliveries: map[mailer.State]int{}, Events: map[EventState]int{}}
	err := q.transact(ctx, func(t *tx) error {
		if err := countBy(ctx, t, `SELECT state, count(*) FROM offprint_job GROUP BY state`, s.Jobs); err != nil {
			return err
		}
		if err := countBy(ctx, t, `SELECT state, count(*) FROM offprint_delivery GROUP BY state`, s.Deliveries); err != nil {
			return err
		}
		if err := countBy(ctx, t, `SELECT state, count(*) FROM offprint_event GROUP BY state`, s.Events); err != nil {
			return err
		}
		var oldest int64
		err := t.QueryRowContext(ctx, `
			SELECT coalesce(min(CASE WHEN due > created THEN due ELSE created END), $2) FROM offprint_job
			WHERE state = $1 AND due <= $2`, Queued, millis(t.now)).Scan(&oldest)
		s.Oldest = time.Duration(millis(t.now)-oldest) * time.Millisecond
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return s, nil
}

func countBy[S ~string](ctx context.Context, t *tx, query string, into map[S]int) error {
	rows, err := t.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var state S
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return err
		}
		into[state] = n
	}
	return rows.Err()
}
