package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// Names in River's tables.
const (
	renderQueue = "render"
	mailQueue   = "mail"
	callQueue   = "call"
	// maxRiverAttempts is more than we ever make: our own schedules count tries.
	maxRiverAttempts = 1000
)

// riverDriver is what the driver of any database is to River's functions.
type riverDriver = riverdriver.Driver[*sql.Tx]

// Worker says how the jobs of a queue are done. Renderer is needed; the zero
// value of each other field is its default.
type Worker struct {
	Renderer Renderer
	// Senders deliver the mail, each a message at a time. None: no mail goes out.
	Senders []Sender
	// Caller tells publishers' systems what became of jobs. Nil: that waits for a
	// worker that has one.
	Caller Caller
	// RenderSlots is how many articles are printed at a time. 0: one a core.
	RenderSlots int
	// RenderTimeout bounds one try to print. 0: 2 minutes.
	RenderTimeout time.Duration
	// CallSlots is how many calls are made at a time. 0: 32. One host gets half of
	// them at most, and two while it fails or is slow.
	CallSlots int
	// HoldDoubtful leaves messages in doubt until somebody retries them. Else they
	// are sent again, with the same Message-ID and bytes.
	HoldDoubtful bool
	// StopTimeout is how long work may take to end after Work's context has ended,
	// before it is broken off. 0: 30 seconds.
	StopTimeout time.Duration
	// tryTimeout bounds one try to deliver. 0: deliverTimeout.
	tryTimeout time.Duration
	// Ready, when set, is called when the worker has begun.
	Ready func()
}

// ErrWorking says that another process works on the data folder.
var ErrWorking = errors.New("another process is working on this data folder: " +
	"stop it, or give this one a data_dir of its own")

// fetchCooldown is how often River looks for jobs at most. Its default, ten
// times a second, would bound mail to ten times the number of senders.
const fetchCooldown = 10 * time.Millisecond

// Work does jobs until ctx ends, then lets those that are being done end. Only
// one process can work on a data folder at a time: another one gets
// [ErrWorking] at once.
func (q *Queue) Work(ctx context.Context, w Worker) error {
	w.setDefaults()
	// 1. Nobody else works here.
	release, err := q.engine.lockWork()
	if err != nil {
		return fmt.Errorf("work on %s: %w", q.options.Dir, err)
	}
	defer release()
	// 2. So whatever is marked as being done was left by a crash.
	if err := q.rescue(ctx, w.HoldDoubtful); err != nil {
		return fmt.Errorf("take up work: %w", err)
	}
	// 3. Work.
	client, err := river.NewClient(q.engine.driver(q.db), q.workConfig(&w))
	if err != nil {
		return fmt.Errorf("begin work: %w", err)
	}
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("begin work: %w", err)
	}
	if w.Ready != nil {
		w.Ready()
	}
	// 4. Look after the queue until all has ended.
	q.maintain(ctx)
	<-client.Stopped()
	return nil
}

func (w *Worker) setDefaults() {
	if w.RenderSlots <= 0 {
		w.RenderSlots = runtime.NumCPU()
	}
	if w.RenderTimeout <= 0 {
		w.RenderTimeout = 2 * time.Minute
	}
	if w.CallSlots <= 0 {
		w.CallSlots = 32
	}
	if w.tryTimeout <= 0 {
		w.tryTimeout = deliverTimeout
	}
	if w.StopTimeout <= 0 {
		w.StopTimeout = 30 * time.Second
	}
}

func (q *Queue) workConfig(w *Worker) *river.Config {
	c := q.riverConfig()
	c.Workers = river.NewWorkers()
	river.AddWorker(c.Workers, &render{queue: q, renderer: w.Renderer, timeout: w.RenderTimeout})
	mail := &deliver{queue: q, senders: make(chan Sender, len(w.Senders)), hold: w.HoldDoubtful, limit: w.tryTimeout}
	for _, s := range w.Senders {
		mail.senders <- s
	}
	river.AddWorker(c.Workers, mail)
	c.Queues = map[string]river.QueueConfig{renderQueue: {MaxWorkers: w.RenderSlots}}
	if len(w.Senders) > 0 {
		c.Queues[mailQueue] = river.QueueConfig{MaxWorkers: len(w.Senders)}
	}
	river.AddWorker(c.Workers, &call{queue: q, caller: w.Caller, endpoints: endpoints{places: w.CallSlots}})
	if w.Caller != nil {
		c.Queues[callQueue] = river.QueueConfig{MaxWorkers: w.CallSlots}
	}
	c.FetchCooldown = fetchCooldown
	if q.options.Now != nil { // a clock that may run faster than River looks
		c.FetchPollInterval = 2 * fetchCooldown
	}
	c.SoftStopTimeout = w.StopTimeout
	c.RescueStuckJobsAfter = 2 * max(deliverTimeout, w.RenderTimeout)
	c.CompletedJobRetentionPeriod = time.Hour // ours remember longer
	return c
}

// rescue makes work that was being done when its process died available again,
// at once rather than after River's hour.
func (q *Queue) rescue(ctx context.Context, hold bool) error {
	return q.transactRetrying(ctx, func(t *tx) error {
		doubtful, err := t.doubtSending(ctx, hold)
		if err != nil {
			return err
		}
		jobs, err := q.engine.rescue(ctx, t.Tx)
		if err != nil {
			return err
		}
		if jobs > 0 {
			q.options.Log.Warn("took up work that a crash left", "jobs", jobs, "messages_in_doubt", doubtful)
		}
		return nil
	})
}

// ownFailures says when River tries a job again that failed for a reason of our
// own. What the world refuses, workers put off themselves.
type ownFailures struct{ now func() time.Time }

// NextRetry implements [river.ClientRetryPolicy].
func (o ownFailures) NextRetry(*rivertype.JobRow) time.Time { return o.now().Add(errorPause) }
