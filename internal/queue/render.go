package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"offprint/article"
	"offprint/internal/problem"
	"offprint/mailer"
)

// Renderer prints the article that a job is about.
type Renderer interface {
	// Render carries out the job's request. For a job of kind Email it posts one
	// message to each of the task's recipients. It may be called again for the
	// same job, after an error or a crash, and must then make the same messages:
	// Message-ID and Date come from the task, not from a clock.
	Render(ctx context.Context, task *Task) (Result, error)
}

// Task is a job in the hands of a [Renderer].
type Task struct {
	Job *Job // without deliveries
	// Recipients are those who have no message yet.
	Recipients []mailer.Recipient

	queue      *Queue
	try        int         // since the job last progressed
	progressed atomic.Bool // in this try
	counted    sync.Map    // shared parts that were added to what is kept for the job
}

// Post keeps a message and puts it on the mail queue. Shared are parts of it
// that other messages carry, too, such as the PDF: the bytes before encoding.
// They are kept once.
func (k *Task) Post(ctx context.Context, m *mailer.Message, shared ...[]byte) error {
	if len(m.To) != 1 {
		return fmt.Errorf("post message: %d recipients, want one", len(m.To))
	}
	kept := takeApart(m.Bytes, shared)
	grows := int64(len(kept.text))
	for sum, body := range kept.shared {
		if _, counted := k.counted.Load(sum); !counted {
			grows += int64(len(body))
		}
	}
	err := k.queue.transactRetrying(ctx, func(t *tx) error {
		id, err := t.unpostedID(ctx, k.Job.ID, m.To[0].Key())
		if err != nil {
			return err
		}
		if id == 0 {
			return k.notWaiting(ctx, t)
		}
		task, err := k.queue.startDelivery(ctx, t, id)
		if err != nil {
			return err
		}
		if err := t.insertMessage(ctx, id, m, kept); err != nil {
			return err
		}
		if err := t.growJob(ctx, k.Job.ID, grows); err != nil {
			return err
		}
		if !k.progressed.Load() {
			if err := t.progressed(ctx, k.Job.ID); err != nil {
				return err
			}
		}
		return t.markPosted(ctx, id, task, m.ID)
	})
	if err != nil {
		return fmt.Errorf("post message: %w", err)
	}
	for sum := range kept.shared {
		k.counted.Store(sum, true)
	}
	k.progressed.Store(true)
	return nil
}

// Warn notes what the job's document is warned of, before the messages that carry it
// are posted: their events tell of it.
func (k *Task) Warn(ctx context.Context, warnings []article.Warning) error {
	err := k.queue.transactRetrying(ctx, func(t *tx) error {
		return t.saveResult(ctx, k.Job.ID, Result{Warnings: warnings})
	})
	if err != nil {
		return fmt.Errorf("note warnings: %w", err)
	}
	return nil
}

// notWaiting says why no delivery waits for a message.
func (k *Task) notWaiting(ctx context.Context, t *tx) error {
	job, err := t.job(ctx, k.Job.ID)
	if err == nil && job.State == Cancelled {
		return ErrCancelled
	}
	return err // nil: it has its message already, or was erased
}

// NotYet is an error of a [Renderer] that waits for something else than its own work:
// the job is put off, and nothing counts as a try.
type NotYet struct {
	After time.Duration // when to begin it again
	Err   error         // what it waits for
}

func (n *NotYet) Error() string { return fmt.Sprintf("begin again in %v: %v", n.After, n.Err) }
func (n *NotYet) Unwrap() error { return n.Err }

// renderArgs is what River keeps of a job that is to be rendered.
type renderArgs struct {
	Job string `json:"job"`
}

func (renderArgs) Kind() string { return "offprint_render" }

// render is the worker of the render queue.
type render struct {
	river.WorkerDefaults[renderArgs]
	queue    *Queue
	renderer Renderer
	timeout  time.Duration
}

// Timeout bounds one try.
func (w *render) Timeout(*river.Job[renderArgs]) time.Duration { return w.timeout }

// Work renders one job.
func (w *render) Work(ctx context.Context, job *river.Job[renderArgs]) error {
	// 1. Is it still to be done? Then note that it is begun.
	task, err := w.begin(ctx, job)
	if task == nil || err != nil {
		return err
	}
	// 2. Print, and post the messages.
	result, err := w.renderer.Render(ctx, task)
	// 3. Note what came of it. That must not fail because time is up.
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return w.fail(ctx, job, task, err)
	}
	return w.queue.transactRetrying(ctx, func(t *tx) error {
		if err := t.saveResult(ctx, task.Job.ID, result); err != nil {
			return err
		}
		left, err := t.closeDeliveries(ctx, task.Job.ID, mailer.Bounced, "no message was made for this recipient", true)
		if err != nil {
			return err
		}
		if err := t.announceDeliveries(ctx, task.Job.ID, EmailFailed, nil, left...); err != nil {
			return err
		}
		if err := t.settle(ctx, task.Job.ID); err != nil {
			return err
		}
		return complete(ctx, t, job)
	})
}

// begin gives the task, or nil when there is nothing to do: the job is finished
// or forgotten, or another River job has it.
func (w *render) begin(ctx context.Context, job *river.Job[renderArgs]) (task *Task, err error) {
	err = w.queue.transactRetrying(ctx, func(t *tx) error {
		task = nil
		j, err := t.job(ctx, job.Args.Job)
		if errors.Is(err, ErrNotFound) {
			return complete(ctx, t, job)
		}
		if err != nil {
			return err
		}
		owner, err := t.jobTask(ctx, j.ID)
		if err != nil {
			return err
		}
		if owner != job.ID || j.State.Final() {
			return complete(ctx, t, job)
		}
		try, err := t.beginJob(ctx, j.ID)
		if err != nil {
			return err
		}
		if try > len(pausesOf(j.Kind, j.Error))+1 {
			// The last tries did not come to an end: they took the program with them.
			if err := w.giveUp(ctx, t, j.ID, &brokenProblem); err != nil {
				return err
			}
			return complete(ctx, t, job)
		}
		j.Attempts++
		task = &Task{Job: j, queue: w.queue, try: try}
		task.Recipients, err = t.unposted(ctx, j.ID)
		return err
	})
	return task, err
}

// fail notes why a job could not be rendered and decides whether to try again.
func (w *render) fail(ctx context.Context, job *river.Job[renderArgs], task *Task, err error) error {
	if notYet, ok := errors.AsType[*NotYet](err); ok {
		err := w.queue.transactRetrying(ctx, func(t *tx) error {
			return t.pauseJob(ctx, task.Job.ID, task.Job.Error, true)
		})
		if err != nil {
			return err
		}
		return river.JobSnooze(notYet.After)
	}
	failure := &Failure{Problem: brokenProblem, Temporary: true, Err: err}
	if errors.Is(err, context.DeadlineExceeded) {
		failure.Problem = *problem.New(problem.Timeout, "the print was not done in time", "")
	}
	errors.As(err, &failure)
	stopped := errors.Is(err, context.Canceled) // by the end of the program, or by Cancel
	pause, again := pausesOf(task.Job.Kind, &failure.Problem).after(task.tries())
	told := &failure.Problem
	if stopped {
		pause, again, told = 0, true, task.Job.Error // that of the try before
	}
	again = again && failure.Temporary
	w.queue.options.Log.Warn("render failed",
		"job", task.Job.ID, "attempt", task.Job.Attempts, "again", again, "error", err)
	if again || stopped {
		err := w.queue.transactRetrying(ctx, func(t *tx) error {
			return t.pauseJob(ctx, task.Job.ID, told, stopped)
		})
		if err != nil {
			return err
		}
		return river.JobSnooze(pause)
	}
	return w.queue.transactRetrying(ctx, func(t *tx) error {
		if err := w.giveUp(ctx, t, task.Job.ID, &failure.Problem); err != nil {
			return err
		}
		return complete(ctx, t, job)
	})
}

// pausesOf gives the waits between the tries of a job of a kind that failed so; a nil
// problem: it did not.
func pausesOf(kind Kind, p *Problem) schedule {
	if kind == Email && p != nil && p.Code() == problem.Timeout {
		return letterPauses
	}
	return renderPauses
}

// tries counts the tries since the job last progressed, this one included.
func (k *Task) tries() int {
	if k.progressed.Load() {
		return 1
	}
	return k.try
}

// giveUp ends a job that cannot be rendered. Messages that were posted before
// still go out.
func (w *render) giveUp(ctx context.Context, t *tx, id string, p *Problem) error {
	left, err := t.closeDeliveries(ctx, id, mailer.Cancelled, "no letter could be made: "+p.Error(), true)
	if err != nil {
		return err
	}
	if err := t.announceDeliveries(ctx, id, EmailFailed, p, left...); err != nil {
		return err
	}
	return t.finishJob(ctx, id, Failed, p)
}

// brokenProblem is what is told of errors that the renderer did not explain.
var brokenProblem = *problem.New(problem.Internal, "the program failed while it did the job",
	"try again later; if it fails again, give the operator the job's id")

// Decode reads the task's request.
func (k *Task) Decode(v any) error {
	if err := json.Unmarshal(k.Job.Request, v); err != nil {
		return &Failure{Err: fmt.Errorf("read request of job %s: %w", k.Job.ID, err), Problem: brokenProblem}
	}
	return nil
}
