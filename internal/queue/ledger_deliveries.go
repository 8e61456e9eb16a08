package queue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"offprint/mailer"
)

// The SQL of deliveries.

// deliveryRow is a delivery as its table has it.
type deliveryRow struct {
	id        int64
	job       string
	recipient string
	state     mailer.State
	open      bool
	posted    bool
	attempts  int
	task      int64
	nextTry   int64
	jobState  JobState
}

// recipientDetails is what stands beside an address.
type recipientDetails struct {
	Name     string `json:"name,omitempty"`
	Lang     string `json:"lang,omitempty"`
	FontSize string `json:"font_size,omitempty"`
}

func (t *tx) insertDelivery(ctx context.Context, job string, place int, r mailer.Recipient) error {
	details, err := json.Marshal(recipientDetails{r.Name, r.Lang, r.FontSize})
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO offprint_delivery (job, place, recipient, address_key, details, state, open, updated)
		VALUES ($1, $2, $3, $4, $5, $6, 1, $7)
		ON CONFLICT (job, address_key) DO NOTHING`,
		job, place, r.Address.String(), r.Address.Key(), string(details), mailer.Queued, millis(t.now))
	return err
}

// delivery reads one delivery, or gives nil.
func (t *tx) delivery(ctx context.Context, id int64) (*deliveryRow, error) {
	d := &deliveryRow{id: id}
	err := t.QueryRowContext(ctx, `
		SELECT d.job, d.recipient, d.state, d.open, d.posted, d.attempts, d.task, d.next_try, j.state
		FROM offprint_delivery d JOIN offprint_job j ON j.id = d.job WHERE d.id = $1`, id).
		Scan(&d.job, &d.recipient, &d.state, &d.open, &d.posted, &d.attempts, &d.task, &d.nextTry, &d.jobState)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return d, err
}

// unposted lists the recipients of a job that have no message yet.
func (t *tx) unposted(ctx context.Context, job string) ([]mailer.Recipient, error) {
	rows, err := t.QueryContext(ctx, `
		SELECT recipient, details FROM offprint_delivery
		WHERE job = $1 AND open = 1 AND posted = 0 ORDER BY place`, job)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []mailer.Recipient
	for rows.Next() {
		var address, details string
		if err := rows.Scan(&address, &details); err != nil {
			return nil, err
		}
		var d recipientDetails
		if err := json.Unmarshal([]byte(details), &d); err != nil {
			return nil, fmt.Errorf("read recipient: %w", err)
		}
		r := mailer.Recipient{Name: d.Name, Lang: d.Lang, FontSize: d.FontSize}
		if r.Address, err = mailer.ParseAddress(address); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// unpostedID finds the delivery that waits for a message to an address; 0:
// there is none.
func (t *tx) unpostedID(ctx context.Context, job, addressKey string) (id int64, err error) {
	err = t.QueryRowContext(ctx, `
		SELECT id FROM offprint_delivery WHERE job = $1 AND address_key = $2 AND open = 1 AND posted = 0`,
		job, addressKey).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// markPosted notes that a delivery's message is kept, and which River job may
// deliver it.
func (t *tx) markPosted(ctx context.Context, id, task int64, messageID string) error {
	_, err := t.exec(ctx, `
		UPDATE offprint_delivery SET posted = 1, task = $2, message_id = $3, updated = $4 WHERE id = $1`,
		id, task, messageID, millis(t.now))
	return err
}

// beginTry notes that a message is about to go out.
func (t *tx) beginTry(ctx context.Context, id int64) error {
	_, err := t.exec(ctx, `
		UPDATE offprint_delivery SET state = $2, attempts = attempts + 1, updated = $3 WHERE id = $1`,
		id, mailer.Sending, millis(t.now))
	return err
}

// outcome is what a try came to.
type outcome struct {
	state    mailer.State
	code     int
	reply    string
	nextTry  time.Time // zero: none
	noTry    bool      // it does not count as a try
	finished bool      // nothing is left to do
}

// maxReply bounds a server's words, in bytes.
const maxReply = 500

// endTry notes what a try came to.
func (t *tx) endTry(ctx context.Context, id int64, o outcome) error {
	open, undo := 1, 0
	if o.finished {
		open = 0
	}
	if o.noTry {
		undo = 1
	}
	_, err := t.exec(ctx, `
		UPDATE offprint_delivery
		SET state = $2, code = $3, reply = $4, next_try = $5, open = $6, attempts = attempts - $7, updated = $8
		WHERE id = $1`,
		id, o.state, o.code, cut(o.reply, maxReply), millis(o.nextTry), open, undo, millis(t.now))
	return err
}

// closeDeliveries ends the open deliveries of a job that are not on their way;
// with unposted, only those that have no message. It gives those that it ended.
func (t *tx) closeDeliveries(
	ctx context.Context, job string, state mailer.State, reply string, unposted bool,
) (closed []int64, err error) {
	rows, err := t.QueryContext(ctx, `
		UPDATE offprint_delivery SET state = $2, reply = $3, open = 0, updated = $4
		WHERE job = $1 AND open = 1 AND state <> $5 AND ($6 = 0 OR posted = 0)
		RETURNING id`,
		job, state, reply, millis(t.now), mailer.Sending, boolInt(unposted))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		closed = append(closed, id)
	}
	return closed, rows.Err()
}

// count says how many deliveries of a job are open and in each state.
func (t *tx) count(ctx context.Context, job string) (open int, states map[mailer.State]int, err error) {
	rows, err := t.QueryContext(ctx, `
		SELECT state, count(*), sum(open) FROM offprint_delivery WHERE job = $1 GROUP BY state`, job)
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	states = map[mailer.State]int{}
	for rows.Next() {
		var state mailer.State
		var n, stillOpen int
		if err := rows.Scan(&state, &n, &stillOpen); err != nil {
			return 0, nil, err
		}
		states[state] = n
		open += stillOpen
	}
	return open, states, rows.Err()
}

// anyOpen reports whether a job has deliveries that are open. It is asked after
// each delivery, so it reads no more than one row.
func (t *tx) anyOpen(ctx context.Context, job string) (bool, error) {
	var one int
	err := t.QueryRowContext(ctx, `SELECT 1 FROM offprint_delivery WHERE job = $1 AND open = 1 LIMIT 1`, job).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// reopen makes the deliveries of a job that did not arrive wait again, and
// gives those whose message is kept.
func (t *tx) reopen(ctx context.Context, job string) (posted []int64, waiting int, err error) {
	rows, err := t.QueryContext(ctx, `
		UPDATE offprint_delivery
		SET state = $2, open = 1, attempts = 0, next_try = 0, code = 0, reply = '', updated = $3
		WHERE job = $1 AND recipient <> '' AND state IN ($4, $5, $6, $7)
		RETURNING id, posted`,
		job, mailer.Queued, millis(t.now), mailer.Bounced, mailer.Cancelled, mailer.InDoubt, mailer.Deferred)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var isPosted bool
		if err := rows.Scan(&id, &isPosted); err != nil {
			return nil, 0, err
		}
		if isPosted {
			posted = append(posted, id)
		} else {
			waiting++
		}
	}
	return posted, waiting, rows.Err()
}

// setTask gives a delivery to a River job.
func (t *tx) setTask(ctx context.Context, id, task int64) error {
	_, err := t.exec(ctx, `UPDATE offprint_delivery SET task = $2 WHERE id = $1`, id, task)
	return err
}

// doubtSending turns the deliveries that were on their way when their worker
// died into doubtful ones, which wait like all that are in doubt.
func (t *tx) doubtSending(ctx context.Context, hold bool) (int64, error) {
	return t.exec(ctx, `
		UPDATE offprint_delivery
		SET state = $1, open = $2, next_try = $5, reply = 'the program ended while the message was on its way', updated = $3
		WHERE state = $4`,
		mailer.InDoubt, boolInt(!hold), millis(t.now), mailer.Sending, millis(t.now.Add(doubtPause)))
}

// jobDeliveries reads the deliveries of a job as the service shows them.
func (t *tx) jobDeliveries(ctx context.Context, job string) ([]Delivery, error) {
	rows, err := t.QueryContext(ctx, `
		SELECT recipient, state, code, reply, message_id FROM offprint_delivery WHERE job = $1 ORDER BY place`, job)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Delivery
	for rows.Next() {
		var d Delivery
		if err := rows.Scan(&d.Recipient, &d.State, &d.Code, &d.Reply, &d.MessageID); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
