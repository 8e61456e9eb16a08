package queue

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/riverqueue/river"
)

// Caller tells the publisher's system what happened. It is used by many calls
// at a time, and ends a call when its context ends.
type Caller interface {
	// Call makes one call. After an error the call is made again later, and not
	// before retryAfter, if that is set; but not after one that is [ErrGone].
	Call(ctx context.Context, c Call) (retryAfter time.Duration, err error)
}

// Call is one try to tell of an event.
type Call struct {
	URL  string
	ID   string    // of the event, the same on every try
	Time time.Time // of this try
	Body []byte    // JSON, the same on every try unless a reader was erased
}

// ErrGone is the error of a [Caller] when the address wants no more calls (410
// Gone). Nothing more is told of that job.
var ErrGone = errors.New("the address wants no more calls")

// callTimeout bounds one call; Standard Webhooks suggests 15 to 30 s.
const callTimeout = 20 * time.Second

// callArgs is what River keeps of an event.
type callArgs struct {
	Event string `json:"event"`
}

func (callArgs) Kind() string { return "offprint_call" }

// call is the worker of the call queue.
type call struct {
	river.WorkerDefaults[callArgs]
	queue     *Queue
	caller    Caller
	endpoints endpoints
}

// Timeout leaves time for the database beside the call itself.
func (w *call) Timeout(*river.Job[callArgs]) time.Duration { return callTimeout + time.Minute }

// Work makes one try to tell of one event. A crash at any point leaves the
// event waiting, so it is told once at least, with the same id.
func (w *call) Work(ctx context.Context, job *river.Job[callArgs]) error {
	// 1. Is it still to be told?
	e, err := w.begin(ctx, job)
	if e == nil || err != nil {
		return err
	}
	// 2. Not if its host has calls enough under way.
	host := hostOf(e.url)
	if wait := w.endpoints.enter(host, w.queue.now()); wait > 0 {
		return river.JobSnooze(wait)
	}
	// 3. Call.
	started := time.Now()
	retryAfter, err := w.try(ctx, e)
	w.endpoints.leave(host, time.Since(started), err == nil)
	if err != nil && ctx.Err() != nil {
		return river.JobSnooze(0) // the program ends: that was no try
	}
	// 4. Note what came of it, in the transaction that completes the River job.
	return w.end(context.WithoutCancel(ctx), job, e, w.judge(e, host, retryAfter, err))
}

// begin gives the event, or nil when there is nothing to do: the job was
// forgotten, or its callback is gone.
func (w *call) begin(ctx context.Context, job *river.Job[callArgs]) (e *eventRow, err error) {
	err = w.queue.transactRetrying(ctx, func(t *tx) error {
		if e, err = t.waitingEvent(ctx, job.Args.Event); e == nil && err == nil {
			return complete(ctx, t, job)
		}
		return err
	})
	return e, err
}

func (w *call) try(ctx context.Context, e *eventRow) (retryAfter time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return w.caller.Call(ctx, Call{URL: e.url, ID: e.id, Time: w.queue.now(), Body: e.body})
}

// callOutcome is what a call came to.
type callOutcome struct {
	state   EventState
	reason  string
	pause   time.Duration
	nextTry time.Time // zero: none
}

// judge decides what the answer to a call means for the event.
func (w *call) judge(e *eventRow, host string, retryAfter time.Duration, err error) callOutcome {
	log := w.queue.options.Log.With("event", e.id, "type", e.kind, "job", e.job, "host", host, "attempt", e.attempts+1)
	if err == nil {
		log.Info("callback made")
		return callOutcome{state: EventDelivered}
	}
	o := callOutcome{state: EventWaiting, reason: err.Error()}
	pause, again := callPauses.after(e.attempts + 1)
	switch {
	case errors.Is(err, ErrGone):
		o.state = EventGone
		log.Warn("the address wants no more calls: none are made for this job", "error", err)
	case !again:
		o.state = EventFailed
		log.Error("callback given up after its last try: retry the job when the address works again", "error", err)
	default:
		o.pause = max(jitter(pause), min(retryAfter, maxRetryAfter))
		o.nextTry = w.queue.now().Add(o.pause)
		log.Warn("callback put off", "until", o.nextTry.UTC(), "error", err)
	}
	return o
}

// end writes down what a call came to.
func (w *call) end(ctx context.Context, job *river.Job[callArgs], e *eventRow, o callOutcome) error {
	err := w.queue.transactRetrying(ctx, func(t *tx) error {
		if err := t.endCall(ctx, e.id, o); err != nil {
			return err
		}
		if o.state == EventWaiting {
			return nil
		}
		if o.state == EventGone {
			if err := t.dropCallback(ctx, e.job); err != nil {
				return err
			}
		}
		return complete(ctx, t, job)
	})
	if err != nil || o.state != EventWaiting {
		return err
	}
	return river.JobSnooze(o.pause)
}

// startCalls puts events on the call queue.
func (q *Queue) startCalls(ctx context.Context, t *tx) error {
	const batch = 1000
	for len(t.calls) > 0 {
		n := min(len(t.calls), batch)
		tasks := make([]river.InsertManyParams, n)
		for i, id := range t.calls[:n] {
			tasks[i] = river.InsertManyParams{
				Args:       callArgs{Event: id},
				InsertOpts: &river.InsertOpts{Queue: callQueue, MaxAttempts: maxRiverAttempts},
			}
		}
		if _, err := q.client.InsertManyFastTx(ctx, t.Tx, tasks); err != nil {
			return err
		}
		t.calls = t.calls[n:]
	}
	return nil
}

// hostOf is the host and port of a callback.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// Events lists what was and will be told of a job, the oldest first.
func (q *Queue) Events(ctx context.Context, job string) (events []Event, err error) {
	err = q.transact(ctx, func(t *tx) error {
		events, err = t.events(ctx, job)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list events of job %.40q: %w", job, err)
	}
	return events, nil
}
