package queue

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"offprint/mailer"
)

// Sender hands a message over and gives one result for each of its recipients.
// [mailer.Sender] is one. It is used by one delivery at a time.
type Sender interface {
	Deliver(ctx context.Context, m *mailer.Message) []mailer.Result
}

// deliverArgs is what River keeps of a delivery.
type deliverArgs struct {
	Delivery int64 `json:"delivery"`
}

func (deliverArgs) Kind() string { return "offprint_deliver" }

// deliver is the worker of the mail queue.
type deliver struct {
	river.WorkerDefaults[deliverArgs]
	queue   *Queue
	senders chan Sender   // those that are free
	hold    bool          // messages in doubt are not sent again
	limit   time.Duration // of one try
	encoded encodedParts
	rest    atomic.Pointer[rest]
}

// rest is for how long the account is not tried after a refusal.
type rest struct {
	until int64 // in milliseconds since 1970
	code  int
	reply string // why
}

// deliverTimeout bounds one try: RFC 5321 §4.5.3.2 gives the answer to the
// final dot ten minutes by itself.
const deliverTimeout = 20 * time.Minute

// Timeout implements [river.Worker].
func (w *deliver) Timeout(*river.Job[deliverArgs]) time.Duration { return w.limit }

// Work makes one try to deliver one message.
func (w *deliver) Work(ctx context.Context, job *river.Job[deliverArgs]) error {
	sender := <-w.senders
	defer func() { w.senders <- sender }()

	// 1. Is it still to be sent, and now? Then mark it, on the disk, before a byte
	// goes out: a crash from here on leaves it in doubt, not forgotten.
	d, wait, err := w.begin(ctx, job)
	if err != nil {
		return err
	}
	if d == nil {
		return snooze(wait)
	}
	// 2. The bytes that were posted, and no others.
	m, err := w.message(ctx, d)
	if err != nil {
		return w.end(ctx, job, d, w.unreadable(d, err))
	}
	// 3. Hand them over.
	results := sender.Deliver(ctx, m)
	// 4. Settle at once, in the transaction that completes the job.
	timeUp := errors.Is(ctx.Err(), context.DeadlineExceeded)
	return w.end(ctx, job, d, w.judge(d, results, job.CreatedAt, timeUp))
}

// snooze puts a River job off; with 0, it was completed already.
func snooze(wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	return river.JobSnooze(wait)
}

// begin marks a delivery as being sent and gives it; or gives nil and how long
// to wait. With nil and no wait the River job is completed.
func (w *deliver) begin(
	ctx context.Context, job *river.Job[deliverArgs],
) (d *deliveryRow, wait time.Duration, err error) {
	err = w.queue.transactRetrying(ctx, func(t *tx) error {
		wait = 0
		if d, err = t.delivery(ctx, job.Args.Delivery); err != nil {
			return err
		}
		if d == nil || d.task != job.ID || !d.open {
			d = nil
			return complete(ctx, t, job)
		}
		if gone, err := w.queue.isSuppressed(ctx, t, d.recipient); gone || err != nil {
			if err != nil {
				return err
			}
			id := d.job
			o := outcome{state: mailer.Suppressed, finished: true}
			if err := w.settle(ctx, t, job, d, o); err != nil {
				return fmt.Errorf("settle delivery of job %s: %w", id, err)
			}
			d = nil
			return nil
		}
		if wait = w.waitFor(d, t.now); wait > 0 {
			if o, last := w.restsTooLong(d, job.CreatedAt, t.now); last {
				wait = 0
				err = w.settle(ctx, t, job, d, o)
			}
			d = nil
			return err
		}
		d.attempts++
		return t.beginTry(ctx, d.id)
	})
	return d, wait, err
}

// waitFor says how long it is until the delivery may be tried. A wait that is
// longer than it can have been made was set under a clock that has gone back.
func (w *deliver) waitFor(d *deliveryRow, now time.Time) time.Duration {
	until := func(at int64, longest time.Duration) time.Duration {
		wait := time.Duration(at-millis(now)) * time.Millisecond
		if wait > longest {
			return 0
		}
		return max(wait, 0)
	}
	wait := until(d.nextTry, longestPause)
	if r := w.rest.Load(); r != nil {
		wait = max(wait, until(r.until, longestSetupPause))
	}
	return wait
}

// restsTooLong gives the end of a delivery that has waited for the account since a
// time, when that is too long ago. Not all that wait are tried: the first one's refusal
// is that of all.
func (w *deliver) restsTooLong(d *deliveryRow, since, now time.Time) (o outcome, last bool) {
	r := w.rest.Load()
	if r == nil || r.until <= millis(now) || now.Sub(since) < setupLife {
		return outcome{}, false
	}
	w.queue.options.Log.Warn("delivery given up", "job", d.job, "delivery", d.id, "error", r.reply)
	return givenUp(outcome{code: r.code, reply: r.reply}), true
}

// givenUp is the outcome for a message that waited for the account to the end.
func givenUp(o outcome) outcome {
	o.state, o.finished = mailer.Bounced, true
	o.reply = fmt.Sprintf("given up after %d days: %s", setupLife/(24*time.Hour), o.reply)
	return o
}

// message puts the kept message together.
func (w *deliver) message(ctx context.Context, d *deliveryRow) (*mailer.Message, error) {
	var m mailer.Message
	err := w.queue.transact(ctx, func(t *tx) error {
		sender, kept, err := t.message(ctx, d.id)
		if err != nil {
			return err
		}
		m.Bytes, err = kept.putTogether(func(sum blobSum) ([]byte, error) { return w.encodedBlob(ctx, t, sum) })
		if err != nil {
			return err
		}
		if m.From, err = mailer.ParseAddress(sender); err != nil {
			return err
		}
		to, err := mailer.ParseAddress(d.recipient)
		m.To = []mailer.Address{to}
		if err != nil {
			return err
		}
		m.ID, err = t.messageID(ctx, d.id)
		return err
	})
	return &m, err
}

func (w *deliver) encodedBlob(ctx context.Context, t *tx, sum blobSum) ([]byte, error) {
	if part, ok := w.encoded.get(sum); ok {
		return part, nil
	}
	body, err := t.blob(ctx, sum)
	if err != nil {
		return nil, err
	}
	part := base64Lines(body)
	w.encoded.put(sum, part)
	return part, nil
}

// end writes down what a try came to. It goes on when the job's time is up, for
// what is not written down is done again.
func (w *deliver) end(ctx context.Context, job *river.Job[deliverArgs], d *deliveryRow, o outcome) error {
	ctx = context.WithoutCancel(ctx)
	err := w.queue.transactRetrying(ctx, func(t *tx) error {
		now, err := t.delivery(ctx, d.id)
		if err != nil {
			return err
		}
		if now == nil || now.task != job.ID {
			return complete(ctx, t, job) // erased, or retried by hand: this try does not count
		}
		o := o
		if !o.finished && now.jobState == Cancelled {
			o = outcome{state: mailer.Cancelled, code: o.code, reply: o.reply, finished: true}
		}
		return w.settle(ctx, t, job, d, o)
	})
	if err != nil {
		return err
	}
	if o.finished {
		return nil
	}
	return river.JobSnooze(max(0, o.nextTry.Sub(w.queue.now())))
}

// settle writes an outcome. When it is the last one, the River job is completed
// with it, and the job, if no other delivery is open.
func (w *deliver) settle(ctx context.Context, t *tx, job *river.Job[deliverArgs], d *deliveryRow, o outcome) error {
	if err := t.endTry(ctx, d.id, o); err != nil || !o.finished {
		return err
	}
	if o.state == mailer.Sent || o.state == mailer.Suppressed {
		if err := t.deleteMessage(ctx, d.id); err != nil {
			return err
		}
	}
	if kind := eventOf(o.state); kind != "" {
		if err := t.announceDeliveries(ctx, d.job, kind, nil, d.id); err != nil {
			return err
		}
	}
	if err := t.settle(ctx, d.job); err != nil {
		return err
	}
	return complete(ctx, t, job)
}

// judge decides what a result of a sender means for the delivery. A try whose time is
// up counts, or it would be made for ever; one that the program's end broke off does
// not. since is when it was posted, or retried by hand.
func (w *deliver) judge(d *deliveryRow, results []mailer.Result, since time.Time, timeUp bool) outcome {
	if len(results) != 1 {
		reply := fmt.Sprintf("the sender gave %d results for one recipient", len(results))
		return outcome{state: mailer.InDoubt, reply: reply, finished: true}
	}
	r, now := results[0], w.queue.now()
	o := outcome{state: r.State, code: r.Code, reply: r.Reply}
	if o.reply == "" && r.Err != nil {
		o.reply = r.Err.Error()
	}
	log := w.queue.options.Log.With(
		"job", d.job, "delivery", d.id, "attempt", d.attempts, "state", r.State, "code", r.Code)
	brokenOff := r.State == mailer.Cancelled
	switch {
	case r.State == mailer.Sent, r.State == mailer.Bounced, r.State == mailer.Suppressed:
		o.finished = true
		log.Info("delivery settled")
	case brokenOff && timeUp:
		o.reply = fmt.Sprintf("the message could not be handed over within %v", w.limit)
		o = w.putOff(d, o, since, nil)
		log.Warn("delivery put off", "again", !o.finished, "error", o.reply)
	case brokenOff: // the program ends
		o.state, o.noTry, o.nextTry = mailer.Deferred, true, now
	case r.State == mailer.InDoubt:
		o.nextTry, o.finished = now.Add(doubtPause), w.hold || d.attempts >= doubtTries
		log.Warn("delivery in doubt", "again", !o.finished)
	default:
		o = w.putOff(d, o, since, r.Err)
		log.Warn("delivery put off", "again", !o.finished, "error", o.reply)
	}
	return o
}

// doubtTries is after how many tries a message that is in doubt again is left
// so: a server that never answers would fill a mailbox.
const doubtTries = 3

// putOff decides when to try again after a refusal for now.
func (w *deliver) putOff(d *deliveryRow, o outcome, since time.Time, err error) outcome {
	now := w.queue.now()
	o.state = mailer.Deferred
	if setup, ok := errors.AsType[interface {
		error
		Setup() bool
	}](err); ok && setup.Setup() {
		// It is not this message's fault, and the next one would fare no better.
		again := restAfter(err, now)
		w.rest.Store(&rest{millis(again), o.code, o.reply})
		w.queue.options.Log.Error("the mail server refuses us: no mail goes out until that is mended",
			"error", err, "again", again)
		if o.noTry = true; now.Sub(since) >= setupLife {
			return givenUp(o)
		}
		o.nextTry = again
		return o
	}
	pause, again := mailPauses.after(d.attempts)
	if !again {
		o.state, o.finished = mailer.Bounced, true
		o.reply = fmt.Sprintf("given up after %d tries: %s", d.attempts, o.reply)
		return o
	}
	o.nextTry = now.Add(pause)
	return o
}

// restAfter says until when no mail is tried after a refusal of the account: as the
// senders agreed among each other, when the error tells.
func restAfter(err error, now time.Time) time.Time {
	rests, ok := errors.AsType[interface {
		error
		Rest() time.Time
	}](err)
	if !ok {
		return now.Add(setupPause)
	}
	if rest := rests.Rest(); rest.After(now) && rest.Before(now.Add(longestSetupPause)) {
		return rest
	}
	return now.Add(setupPause)
}

// unreadable is the outcome for a message that cannot be sent as it was posted.
// A database that cannot be read now may be readable later.
func (w *deliver) unreadable(d *deliveryRow, err error) outcome {
	w.queue.options.Log.Error("message cannot be read", "job", d.job, "delivery", d.id, "error", err)
	if d.attempts < doubtTries {
		return outcome{state: mailer.Deferred, reply: "the message could not be read", nextTry: w.queue.now().Add(errorPause)}
	}
	return outcome{state: mailer.Bounced, reply: "the message is damaged: submit it again", finished: true}
}
