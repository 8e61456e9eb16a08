package queue

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"offprint/mailer"
)

// Submission is a job to be done.
type Submission struct {
	Kind Kind
	// Request is JSON that the [Renderer] understands. It stays on the disk until
	// the job is forgotten and is not cleaned when a reader is erased: addresses
	// belong into Recipients.
	Request json.RawMessage
	// Source names what is printed, such as the article's address, for
	// [Queue.CancelSource]. It may be empty.
	Source string
	// Recipients of the mail; addresses that come twice count once.
	Recipients []mailer.Recipient
	// Due is when to begin. Zero, or a time gone by: at once.
	Due time.Time
	// Owner is whose job it is, such as an API key's name, and OwnerBytes how much may
	// be kept for all of the owner's jobs, in bytes, their letters included: else Submit
	// gives an [OwnerFullError]. Empty, or 0: any amount.
	Owner      string
	OwnerBytes int64
	// Callback is the http or https URL of the publisher's system that is told what
	// became of the job (see [EventType]). Empty: nothing is.
	Callback string
	// CallbackData is JSON of the caller's own, 2 kB at most, that comes back in each
	// event. Like Request, it is not cleaned when a reader is erased.
	CallbackData json.RawMessage
	// Once, when set, makes repeats of the same submission harmless.
	Once *Once
	// Unless, when set, has it done only when there is no note of this scope and
	// name. It leaves one, whose value is the job's id: at most once, ever.
	Unless *Note
	// Ceiling, when set, bounds how many such submissions are carried out in an hour.
	Ceiling *Ceiling
	// Quotas are counted together, when it is put on the queue. When one of them is used
	// up, nothing is, and Submit gives a [QuotaError].
	Quotas []Quota
	// Silent, when there are any, are quotas of the recipients, by their place. Whose is
	// used up gets no letter, and Submit tells nobody: the delivery is suppressed.
	Silent []Quota
}

// Once is an idempotency key with what belongs to it. It is good for 24 hours.
type Once struct {
	Scope string                               // whose key it is, such as an API key's name
	Key   string                               // the caller's
	Body  [sha256.Size]byte                    // of the request, to tell a repeat from a mistake
	Reply func(*Job) (status int, body []byte) // what to answer, now and to repeats; without readers' addresses
}

// Receipt is what became of a submission.
type Receipt struct {
	Job      *Job
	Replayed bool // the submission had come before; nothing was done
	Held     bool // it is above its ceiling: Job has failed
	Noted    bool // its note forbade it; nothing was done, and Job is the earlier one, if it is still known
	Status   int  // with Once: its Reply
	Body     []byte
}

// maxOnce is for how long an idempotency key is good.
const maxOnce = 24 * time.Hour

// Limits of a submission.
const (
	maxRequest    = 16 << 20 // bytes of JSON
	maxRecipients = 100_000
	maxOnceKey    = 255 // bytes
)

// Submit puts a job on the queue. When it returns without an error the job is on
// the disk.
func (q *Queue) Submit(ctx context.Context, s Submission) (*Receipt, error) {
	receipts, err := q.SubmitAll(ctx, []Submission{s}, nil)
	if err != nil {
		return nil, err
	}
	return receipts[0], nil
}

// SubmitAll is [Queue.Submit] for several jobs, all or none. notes, when not nil,
// gives notes that are written with them; it may be called again.
func (q *Queue) SubmitAll(
	ctx context.Context, all []Submission, notes func([]*Receipt) ([]Note, error),
) ([]*Receipt, error) {
	for i := range all {
		if err := all[i].check(); err != nil {
			return nil, fmt.Errorf("submit job: %w", err)
		}
	}
	receipts := make([]*Receipt, len(all))
	err := q.transact(ctx, func(t *tx) error {
		for i := range all {
			receipts[i] = &Receipt{}
			if err := q.submit(ctx, t, &all[i], receipts[i]); err != nil {
				return err
			}
		}
		if notes == nil {
			return nil
		}
		written, err := notes(receipts)
		for i := range written {
			if err == nil {
				err = t.setNote(ctx, &written[i])
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("submit job: %w", err)
	}
	return receipts, nil
}

// Replay gives what came of an idempotency key's first submission, or nil when
// the key was not used. It gives [ErrMismatch] like [Queue.Submit].
func (q *Queue) Replay(ctx context.Context, o *Once) (r *Receipt, err error) {
	err = q.transact(ctx, func(t *tx) error {
		r = &Receipt{}
		done, err := t.replay(ctx, o, r)
		if !done {
			r = nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up idempotency key: %w", err)
	}
	return r, nil
}

func (q *Queue) submit(ctx context.Context, t *tx, s *Submission, receipt *Receipt) error {
	// 1. A repeat gets the answer that the first one got.
	if s.Once != nil {
		done, err := t.replay(ctx, s.Once, receipt)
		if done || err != nil {
			return err
		}
	}
	if s.Unless != nil {
		done, err := t.noted(ctx, s.Unless, receipt)
		if done || err != nil {
			return err
		}
	}
	// 2. The job, its recipients, and the River job that begins it.
	if err := t.checkOwner(ctx, s); err != nil {
		return err
	}
	if err := t.takeQuotas(ctx, s); err != nil {
		return err
	}
	id := newJobID()
	if err := q.insert(ctx, t, id, s, receipt); err != nil {
		return err
	}
	var err error
	if receipt.Job, err = t.wholeJob(ctx, id); err != nil {
		return err
	}
	// 3. The note, and the answer for repeats.
	if s.Unless != nil && !receipt.Held {
		note := *s.Unless
		note.Value = id
		if err := t.setNote(ctx, &note); err != nil {
			return err
		}
	}
	if s.Once == nil {
		return nil
	}
	receipt.Status, receipt.Body = s.Once.Reply(receipt.Job)
	return t.insertOnce(ctx, s.Once, id, receipt)
}

func (s *Submission) check() error {
	switch {
	case s.Kind != PDF && s.Kind != Email:
		return fmt.Errorf("kind %q: want pdf or email", s.Kind)
	case s.Kind == PDF && len(s.Recipients) > 0:
		return errors.New("a job of kind pdf has no recipients")
	case s.Kind == Email && len(s.Recipients) == 0:
		return errors.New("a job of kind email needs a recipient")
	case len(s.Recipients) > maxRecipients:
		return fmt.Errorf("%d recipients, more than %d: part the list", len(s.Recipients), maxRecipients)
	case len(s.Request) > maxRequest:
		return fmt.Errorf("request of %d bytes, more than %d", len(s.Request), maxRequest)
	case !json.Valid(s.Request):
		return errors.New("request is not JSON")
	case s.Once != nil && (s.Once.Key == "" || len(s.Once.Key) > maxOnceKey):
		return fmt.Errorf("idempotency key of %d bytes: want 1 to %d", len(s.Once.Key), maxOnceKey)
	}
	for i, r := range s.Recipients {
		if r.Address.IsZero() {
			return fmt.Errorf("recipient %d has no address", i+1)
		}
	}
	if s.Callback != "" {
		if err := CheckCallback(s.Callback); err != nil {
			return err
		}
	}
	return checkCallbackData(s.CallbackData)
}

// insert writes a new job: one to be done, or one that is above its ceiling.
func (q *Queue) insert(ctx context.Context, t *tx, id string, s *Submission, receipt *Receipt) (err error) {
	if s.Ceiling != nil {
		if receipt.Held, err = s.Ceiling.over(ctx, t); err != nil {
			return err
		}
	}
	if receipt.Held {
		return q.submitHeld(ctx, t, id, s)
	}
	return q.insertRows(ctx, t, id, s)
}

// insertRows writes the rows of a new job.
func (q *Queue) insertRows(ctx context.Context, t *tx, id string, s *Submission) error {
	if err := t.insertJob(ctx, id, s); err != nil {
		return err
	}
	for i, r := range s.Recipients {
		if err := t.insertDelivery(ctx, id, i, r); err != nil {
			return err
		}
		if i < len(s.Silent) {
			if err := t.suppressOver(ctx, id, i, &s.Silent[i]); err != nil {
				return err
			}
		}
	}
	return q.startRender(ctx, t, id, s.Due)
}

// startRender puts a job on the render queue.
func (q *Queue) startRender(ctx context.Context, t *tx, id string, due time.Time) error {
	o := &river.InsertOpts{Queue: renderQueue, MaxAttempts: maxRiverAttempts}
	if due.After(t.now) {
		o.ScheduledAt = due
	}
	r, err := q.client.InsertTx(ctx, t.Tx, renderArgs{Job: id}, o)
	if err != nil {
		return err
	}
	return t.queueJob(ctx, id, r.Job.ID)
}

// startDelivery puts a delivery on the mail queue and gives the River job.
func (q *Queue) startDelivery(ctx context.Context, t *tx, id int64) (task int64, err error) {
	o := &river.InsertOpts{Queue: mailQueue, MaxAttempts: maxRiverAttempts}
	r, err := q.client.InsertTx(ctx, t.Tx, deliverArgs{Delivery: id}, o)
	if err != nil {
		return 0, err
	}
	return r.Job.ID, nil
}

// newJobID makes a name that cannot be guessed.
func newJobID() string { return rand.Text() }

// wholeJob reads a job with its deliveries.
func (t *tx) wholeJob(ctx context.Context, id string) (*Job, error) {
	j, err := t.job(ctx, id)
	if err != nil {
		return nil, err
	}
	j.Deliveries, err = t.jobDeliveries(ctx, id)
	return j, err
}

// replay fills the receipt when the key was used before.
func (t *tx) replay(ctx context.Context, o *Once, r *Receipt) (bool, error) {
	if err := t.dropOldOnce(ctx); err != nil {
		return false, err
	}
	var body []byte
	var job string
	err := t.QueryRowContext(ctx, `
		SELECT body, job, status, answer FROM offprint_idempotency WHERE scope = $1 AND name = $2`, o.Scope, o.Key).
		Scan(&body, &job, &r.Status, &r.Body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case string(body) != string(o.Body[:]):
		return false, ErrMismatch
	}
	r.Replayed = true
	r.Job, err = t.wholeJob(ctx, job)
	return true, err
}

// dropOldOnce forgets the idempotency keys that are no longer good.
func (t *tx) dropOldOnce(ctx context.Context) error {
	_, err := t.exec(ctx, `DELETE FROM offprint_idempotency WHERE created <= $1`, millis(t.now.Add(-maxOnce)))
	return err
}

func (t *tx) insertOnce(ctx context.Context, o *Once, job string, r *Receipt) error {
	_, err := t.exec(ctx, `
		INSERT INTO offprint_idempotency (scope, name, body, job, status, answer, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		o.Scope, o.Key, o.Body[:], job, r.Status, r.Body, millis(t.now))
	return err
}
