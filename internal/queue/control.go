package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"offprint/mailer"
)

// Filter says which jobs to list. Zero fields let all pass.
type Filter struct {
	State  JobState
	Kind   Kind
	Source string
	Before time.Time // created before: the next page of a list
	// BeforeID parts jobs that were created in the same millisecond: with it, those
	// at Before whose id comes before it are listed, too.
	BeforeID string
	Limit    int // 0: 50; at most 1,000
}

func (f Filter) limit() int {
	if f.Limit <= 0 {
		return 50
	}
	return min(f.Limit, 1000)
}

// Jobs lists jobs without their deliveries, the newest first.
func (q *Queue) Jobs(ctx context.Context, f Filter) (jobs []*Job, err error) {
	err = q.transact(ctx, func(t *tx) error {
		jobs, err = t.jobs(ctx, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	return jobs, nil
}

// Job shows a job, or gives [ErrNotFound].
func (q *Queue) Job(ctx context.Context, id string) (j *Job, err error) {
	err = q.transact(ctx, func(t *tx) error {
		j, err = t.wholeJob(ctx, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("show job %.40q: %w", id, err)
	}
	return j, nil
}

// Cancel stops a job: what is not yet printed or sent will not be. A message
// that is on its way is not called back; its delivery tells what became of it.
// A job that is finished gives [ErrFinished].
func (q *Queue) Cancel(ctx context.Context, id string) (j *Job, err error) {
	err = q.transact(ctx, func(t *tx) error {
		if j, err = t.job(ctx, id); err != nil {
			return err
		}
		if j.State.Final() {
			return ErrFinished
		}
		if err := q.cancel(ctx, t, id); err != nil {
			return err
		}
		j, err = t.wholeJob(ctx, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("cancel job %.40q: %w", id, err)
	}
	return j, nil
}

// CancelSource cancels all jobs about a source that are not finished, as when
// an article is withdrawn. It says how many there were.
func (q *Queue) CancelSource(ctx context.Context, source string) (n int, err error) {
	err = q.transact(ctx, func(t *tx) error {
		n = 0
		for _, state := range []JobState{Queued, Running} {
			jobs, err := t.jobs(ctx, Filter{Source: source, State: state, Limit: 1000})
			if err != nil {
				return err
			}
			for _, j := range jobs {
				if err := q.cancel(ctx, t, j.ID); err != nil {
					return err
				}
				n++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("cancel jobs about %.200q: %w", source, err)
	}
	return n, nil
}

func (q *Queue) cancel(ctx context.Context, t *tx, id string) error {
	task, err := t.jobTask(ctx, id)
	if err != nil {
		return err
	}
	// The River jobs of deliveries need no word: they find the delivery closed.
	if _, err := q.client.JobCancelTx(ctx, t.Tx, task); err != nil && !errors.Is(err, rivertype.ErrNotFound) {
		return err
	}
	if _, err := t.closeDeliveries(ctx, id, mailer.Cancelled, "", false); err != nil {
		return err
	}
	return t.finishJob(ctx, id, Cancelled, nil)
}

// Retry begins anew what did not come to a good end: a failed or cancelled
// print, and deliveries that were refused, cancelled, in doubt or put off. The
// messages stay the same, byte for byte. What was scheduled still waits for its
// time. Where there is nothing of the kind, calls are made again that all tries did
// not bring through. [ErrNoRetry] says that there are none of those either.
func (q *Queue) Retry(ctx context.Context, id string) (j *Job, err error) {
	err = q.transact(ctx, func(t *tx) error {
		if j, err = t.job(ctx, id); err != nil {
			return err
		}
		if err := q.retry(ctx, t, j); err != nil {
			return err
		}
		j, err = t.wholeJob(ctx, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("retry job %.40q: %w", id, err)
	}
	return j, nil
}

func (q *Queue) retry(ctx context.Context, t *tx, j *Job) error {
	posted, unposted, err := t.reopen(ctx, j.ID)
	if err != nil {
		return err
	}
	for _, delivery := range posted {
		task, err := q.startDelivery(ctx, t, delivery)
		if err != nil {
			return err
		}
		if err := t.setTask(ctx, delivery, task); err != nil {
			return err
		}
	}
	printAgain := j.Kind == PDF && (j.State == Failed || j.State == Cancelled) || unposted > 0 && j.State.Final()
	switch {
	case printAgain:
		return q.startRender(ctx, t, j.ID, j.Due)
	case len(posted) > 0:
		return t.resumeJob(ctx, j.ID)
	}
	if untold, err := t.reopenEvents(ctx, j.ID); untold || err != nil {
		return err
	}
	return ErrNoRetry
}

// resumeJob notes that a finished job has deliveries to do again.
func (t *tx) resumeJob(ctx context.Context, id string) error {
	_, err := t.exec(ctx, `
		UPDATE offprint_job SET state = $2, finished = NULL, problem = NULL WHERE id = $1 AND finished IS NOT NULL`,
		id, Running)
	return err
}

// settle ends a job that has no open delivery left.
func (t *tx) settle(ctx context.Context, id string) error {
	if open, err := t.anyOpen(ctx, id); open || err != nil {
		return err
	}
	_, states, err := t.count(ctx, id)
	if err != nil {
		return err
	}
	state, problem := Done, (*Problem)(nil)
	switch {
	case states[mailer.Sent]+states[mailer.Suppressed] > 0 || len(states) == 0:
	case states[mailer.Bounced]+states[mailer.InDoubt] > 0:
		state, problem = Failed, &refusedProblem
	default:
		state = Cancelled
	}
	return t.finishJob(ctx, id, state, problem)
}

// refusedProblem is the problem of a job none of whose messages arrived.
var refusedProblem = Problem{
	Type: "/problems/mail-refused", Title: "the mail was refused", Status: 502,
	Hint: "see the deliveries for the mail server's words; retry the job when the cause is mended",
}

// complete ends a River job in the transaction that notes what it did: River by
// itself does so some time later, and a crash between the two repeats the work.
func complete[A river.JobArgs](ctx context.Context, t *tx, job *river.Job[A]) error {
	_, err := river.JobCompleteTx[riverDriver](ctx, t.Tx, job)
	if errors.Is(err, rivertype.ErrNotFound) {
		return nil // it was deleted meanwhile
	}
	return err
}
