package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"offprint/mailer"
)

// Quota bounds how much is done of something within any span of time, such as how many
// letters a reader's address gets in a day. What is counted is kept in notes, in the
// transaction of the submission, so none is missed, and none is forgotten at a restart.
// Name must hold no reader's address: a hash of it will do.
type Quota struct {
	Scope, Name string // of the [Note] that counts
	Most        int    // within Span
	Span        time.Duration
	Take        int // how much the submission counts as
}

// QuotaError says that a submission would be above a quota. Nothing was done.
type QuotaError struct {
	Quota Quota
	After time.Duration // when some of it will be free again
}

func (e *QuotaError) Error() string {
	return fmt.Sprintf("more than %d within %v, counted as %q", e.Quota.Most, e.Quota.Span, e.Quota.Scope)
}

// quotaSteps is by what part of its span a quota counts: what was done in a step counts
// until the same step of the next span is over.
const quotaSteps = 60

// over reports whether the quota has no more left for what the submission takes; else
// it counts that. free is when the oldest that was counted counts no more. The
// transaction holds the only connection that writes.
func (u *Quota) over(ctx context.Context, t *tx) (is bool, free time.Duration, err error) {
	// 1. What was counted, without what is older than the span.
	counts := map[int64]int{} // by the step, since 1970
	note, err := t.note(ctx, u.Scope, u.Name)
	if err != nil {
		return false, 0, err
	}
	if note != nil {
		if err := json.Unmarshal([]byte(note.Value), &counts); err != nil {
			return false, 0, fmt.Errorf("read note %q of %q: %w", u.Name, u.Scope, err)
		}
	}
	length := u.Span / quotaSteps
	step := t.now.UnixNano() / int64(length)
	total, oldest := 0, step
	for at, n := range counts {
		if at < step-quotaSteps || at > step { // to come: of a clock that was put back since
			delete(counts, at)
			continue
		}
		total, oldest = total+n, min(oldest, at)
	}
	if total+u.Take > u.Most {
		return true, time.Duration(oldest+quotaSteps+1)*length - time.Duration(t.now.UnixNano()), nil
	}
	// 2. What the submission takes.
	counts[step] += u.Take
	value, err := json.Marshal(counts)
	if err != nil {
		return false, 0, err
	}
	return false, 0, t.setNote(ctx, &Note{
		Scope: u.Scope, Name: u.Name, Value: string(value), Expires: t.now.Add(u.Span + length),
	})
}

// takeQuotas counts a submission against its quotas. A [QuotaError] undoes what was
// counted before it with the transaction.
func (t *tx) takeQuotas(ctx context.Context, s *Submission) error {
	for i := range s.Quotas {
		over, free, err := s.Quotas[i].over(ctx, t)
		if err != nil {
			return err
		}
		if over {
			return &QuotaError{Quota: s.Quotas[i], After: free}
		}
	}
	return nil
}

// suppressOver has a recipient whose quota is used up get no letter.
func (t *tx) suppressOver(ctx context.Context, job string, place int, u *Quota) error {
	over, _, err := u.over(ctx, t)
	if !over || err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		UPDATE offprint_delivery SET state = $3, open = 0, reply = $4, updated = $5 WHERE job = $1 AND place = $2`,
		job, place, mailer.Suppressed, "has got as many as an address may", millis(t.now))
	return err
}
