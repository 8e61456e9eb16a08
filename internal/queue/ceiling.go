package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Ceiling bounds how many submissions of one kind are carried out within an hour,
// such as the articles that a web hook has mailed. What is above it becomes a job that
// has failed before it began: it says why, and its callback is told. Its recipients
// are not kept, and its Unless note is not left.
type Ceiling struct {
	Scope, Name string // of the [Note] that counts
	Most        int    // within any hour
	Problem     Problem
}

// ceilingSpan is the time in which a ceiling counts. It counts by the minute: what was
// carried out in a minute counts until the same minute of the next hour is over.
const ceilingSpan = time.Hour

// over reports whether one more would be above the ceiling; else it counts it. The
// transaction holds the only connection that writes, so that none is missed.
func (c *Ceiling) over(ctx context.Context, t *tx) (bool, error) {
	// 1. What was counted, without what is an hour old.
	counts := map[int64]int{} // by the minute, since 1970
	note, err := t.note(ctx, c.Scope, c.Name)
	if err != nil {
		return false, err
	}
	if note != nil {
		if err := json.Unmarshal([]byte(note.Value), &counts); err != nil {
			return false, fmt.Errorf("read note %q of %q: %w", c.Name, c.Scope, err)
		}
	}
	minute := t.now.Unix() / 60
	total := 0
	for at, n := range counts {
		// A minute to come is of a clock that was put back since.
		if at < minute-int64(ceilingSpan/time.Minute) || at > minute {
			delete(counts, at)
			continue
		}
		total += n
	}
	if total >= c.Most {
		return true, nil
	}
	// 2. One more.
	counts[minute]++
	value, err := json.Marshal(counts)
	if err != nil {
		return false, err
	}
	expires := t.now.Add(ceilingSpan + time.Minute)
	return false, t.setNote(ctx, &Note{Scope: c.Scope, Name: c.Name, Value: string(value), Expires: expires})
}

// submitHeld writes a job that is above its ceiling.
func (q *Queue) submitHeld(ctx context.Context, t *tx, id string, s *Submission) error {
	held := *s
	held.Recipients = nil
	if err := t.insertJob(ctx, id, &held); err != nil {
		return err
	}
	if err := t.finishJob(ctx, id, Failed, &s.Ceiling.Problem); err != nil {
		return err
	}
	return t.announceHeld(ctx, id)
}
