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

// The SQL of events.

// eventRow is an event that is to be told.
type eventRow struct {
	id       string
	job      string
	kind     EventType
	url      string
	attempts int
	body     []byte
}

// announcer is a job that has a callback, without its request, which may be
// large.
type announcer struct {
	state  JobState
	data   eventData
	wanted bool // it has a callback
}

// announcer reads what a job's events say of it.
func (t *tx) announcer(ctx context.Context, job string) (*announcer, error) {
	a := &announcer{}
	var callback, result, problem, data string
	err := t.QueryRowContext(ctx, `
		SELECT kind, state, source, callback, callback_data, coalesce(result, ''), coalesce(problem, '')
		FROM offprint_job WHERE id = $1`, job).
		Scan(&a.data.Kind, &a.state, &a.data.Source, &callback, &data, &result, &problem)
	if err != nil || callback == "" {
		return a, err
	}
	a.wanted, a.data.Job, a.data.State = true, job, string(a.state)
	if data != "" {
		a.data.CallbackData = json.RawMessage(data)
	}
	if a.data.Result, a.data.Warnings, err = readResult(result); err != nil {
		return nil, fmt.Errorf("read result of job %s: %w", job, err)
	}
	if problem != "" {
		if err := json.Unmarshal([]byte(problem), &a.data.Error); err != nil {
			return nil, fmt.Errorf("read problem of job %s: %w", job, err)
		}
	}
	return a, nil
}

// announceJob notes that a job came to its end, for its callback.
func (t *tx) announceJob(ctx context.Context, job string) error {
	a, err := t.announcer(ctx, job)
	if err != nil || !a.wanted || a.data.Kind != PDF {
		return err
	}
	kind := PDFRendered
	switch a.state {
	case Done:
	case Failed:
		kind = PDFFailed
	default:
		return nil // who cancels knows
	}
	insert, err := t.PrepareContext(ctx, insertEvent)
	if err != nil {
		return err
	}
	defer insert.Close()
	return t.insertEvent(ctx, insert, job, nil, payload{Type: kind, Data: a.data})
}

// announceHeld notes that a job was not begun because of its ceiling, for its callback.
func (t *tx) announceHeld(ctx context.Context, job string) error {
	a, err := t.announcer(ctx, job)
	if err != nil || !a.wanted || a.data.Kind == PDF { // a print's end was told already
		return err
	}
	insert, err := t.PrepareContext(ctx, insertEvent)
	if err != nil {
		return err
	}
	defer insert.Close()
	return t.insertEvent(ctx, insert, job, nil, payload{Type: EmailFailed, Data: a.data})
}

// announceDeliveries notes what became of deliveries of one job, for its
// callback. The problem, which may be nil, is why.
func (t *tx) announceDeliveries(
	ctx context.Context, job string, kind EventType, p *Problem, deliveries ...int64,
) error {
	if len(deliveries) == 0 {
		return nil
	}
	a, err := t.announcer(ctx, job)
	if err != nil || !a.wanted {
		return err
	}
	// Prepared, for a list may have 100,000 readers.
	read, err := t.PrepareContext(ctx, `
		SELECT recipient, state, code, reply, message_id FROM offprint_delivery WHERE id = $1`)
	if err != nil {
		return err
	}
	defer read.Close()
	insert, err := t.PrepareContext(ctx, insertEvent)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, id := range deliveries {
		data := a.data
		data.Error = p
		err := read.QueryRowContext(ctx, id).Scan(&data.Recipient, &data.State, &data.Code, &data.Reply, &data.MessageID)
		if err != nil {
			return err
		}
		if err := t.insertEvent(ctx, insert, job, id, payload{Type: kind, Data: data}); err != nil {
			return err
		}
	}
	return nil
}

const insertEvent = `
	INSERT INTO offprint_event (id, job, delivery, type, state, created, updated, body)
	VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`

// insertEvent keeps an event. The transaction puts it on the call queue when it
// commits.
func (t *tx) insertEvent(ctx context.Context, insert *sql.Stmt, job string, delivery any, p payload) error {
	p.Timestamp = fromMillis(millis(t.now))
	body, err := p.encode()
	if err != nil {
		return err
	}
	id := newEventID()
	_, err = insert.ExecContext(ctx, id, job, delivery, p.Type, EventWaiting, millis(t.now), string(body))
	if err != nil {
		return err
	}
	t.calls = append(t.calls, id)
	return nil
}

// waitingEvent reads an event that is to be told, or gives nil.
func (t *tx) waitingEvent(ctx context.Context, id string) (*eventRow, error) {
	e := &eventRow{id: id}
	err := t.QueryRowContext(ctx, `
		SELECT e.job, e.type, j.callback, e.attempts, e.body
		FROM offprint_event e JOIN offprint_job j ON j.id = e.job WHERE e.id = $1 AND e.state = $2`, id, EventWaiting).
		Scan(&e.job, &e.kind, &e.url, &e.attempts, &e.body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return e, err
}

// endCall notes what a call came to. The body is kept while it may be needed: one
// that arrived, or that nobody wants, is not.
func (t *tx) endCall(ctx context.Context, id string, o callOutcome) error {
	_, err := t.exec(ctx, `
		UPDATE offprint_event
		SET state = $2, attempts = attempts + 1, error = $3, next_try = $4, updated = $5,
			body = CASE WHEN $2 IN ($6, $7) THEN body ELSE '' END
		WHERE id = $1 AND state = $6`,
		id, o.state, cut(o.reason, maxReply), millis(o.nextTry), millis(t.now), EventWaiting, EventFailed)
	return err
}

// dropCallback takes the callback from a job, with all that was still to be told.
func (t *tx) dropCallback(ctx context.Context, job string) error {
	if _, err := t.exec(ctx, `UPDATE offprint_job SET callback = '' WHERE id = $1`, job); err != nil {
		return err
	}
	_, err := t.exec(ctx, `
		UPDATE offprint_event SET state = $2, next_try = 0, updated = $3, body = '' WHERE job = $1 AND state IN ($4, $5)`,
		job, EventGone, millis(t.now), EventWaiting, EventFailed)
	return err
}

// reopenEvents makes the events of a job wait again that were not told. It reports
// whether there were any.
func (t *tx) reopenEvents(ctx context.Context, job string) (found bool, err error) {
	rows, err := t.QueryContext(ctx, `
		UPDATE offprint_event SET state = $2, attempts = 0, next_try = 0, updated = $3
		WHERE job = $1 AND state = $4 RETURNING id`,
		job, EventWaiting, millis(t.now), EventFailed)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return false, err
		}
		t.calls, found = append(t.calls, id), true
	}
	return found, rows.Err()
}

// expireEvents gives up what was not tried for longer than any pause: no worker
// makes calls. Else it would keep its job for ever.
func (t *tx) expireEvents(ctx context.Context, before time.Time) (int64, error) {
	return t.exec(ctx, `
		UPDATE offprint_event SET state = $1, next_try = 0, updated = $2, error = 'no worker made the call in time'
		WHERE state = 'waiting' AND updated < $3`,
		EventFailed, millis(t.now), millis(before))
}

// events lists the events of a job, the oldest first.
func (t *tx) events(ctx context.Context, job string) ([]Event, error) {
	rows, err := t.QueryContext(ctx, `
		SELECT id, type, state, created, attempts, next_try, error FROM offprint_event
		WHERE job = $1 ORDER BY created, id`, job)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []Event{}
	for rows.Next() {
		var e Event
		var created, next int64
		if err := rows.Scan(&e.ID, &e.Type, &e.State, &created, &e.Attempts, &next, &e.Error); err != nil {
			return nil, err
		}
		e.Created = fromMillis(created)
		if next > 0 {
			e.NextTry = fromMillis(next)
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// eventBodies reads what is kept of events about an address.
func (t *tx) eventBodies(ctx context.Context, addressKey string) ([]EventRecord, error) {
	rows, err := t.QueryContext(ctx, `
		SELECT e.id, e.job, e.type, e.state, e.created, e.body
		FROM offprint_event e JOIN offprint_delivery d ON d.id = e.delivery
		WHERE d.address_key = $1 ORDER BY e.created, e.id`, addressKey)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []EventRecord{}
	for rows.Next() {
		var r EventRecord
		var created int64
		var body string
		if err := rows.Scan(&r.ID, &r.Job, &r.Type, &r.State, &created, &body); err != nil {
			return nil, err
		}
		r.Created = fromMillis(created)
		if body != "" {
			r.Body = json.RawMessage(body)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// eraseEvents takes the reader out of what is kept of a delivery's events. What
// is still to be told is told without.
func (t *tx) eraseEvents(ctx context.Context, delivery int64) error {
	rows, err := t.QueryContext(ctx, `SELECT id, body FROM offprint_event WHERE delivery = $1 AND body <> ''`, delivery)
	if err != nil {
		return err
	}
	defer rows.Close()
	bodies := map[string][]byte{}
	for rows.Next() {
		var id string
		var body []byte
		if err := rows.Scan(&id, &body); err != nil {
			return err
		}
		if bodies[id], err = withoutReader(body); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for id, body := range bodies {
		if _, err := t.exec(ctx, `UPDATE offprint_event SET body = $2 WHERE id = $1`, id, string(body)); err != nil {
			return err
		}
	}
	return nil
}

// eventOf is the event of a delivery's last state; empty: there is none.
func eventOf(s mailer.State) EventType {
	switch s {
	case mailer.Sent:
		return EmailAccepted
	case mailer.Bounced:
		return EmailFailed
	}
	return ""
}
