package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"offprint/mailer"
)

// Record is what is kept about one message to an address.
type Record struct {
	Job       string       `json:"job"`
	Kind      Kind         `json:"kind"`
	Source    string       `json:"source,omitempty"`
	Created   time.Time    `json:"created"`
	Updated   time.Time    `json:"updated"`
	Recipient string       `json:"recipient"`
	Name      string       `json:"name,omitempty"`
	Lang      string       `json:"lang,omitempty"`
	FontSize  string       `json:"font_size,omitempty"`
	State     mailer.State `json:"state"`
	Code      int          `json:"code,omitempty"`
	Reply     string       `json:"reply,omitempty"`
	MessageID string       `json:"message_id,omitempty"`
	Kept      bool         `json:"message_kept"` // its text is still here, to be sent
}

// EventRecord is what is kept about one event of an address.
type EventRecord struct {
	ID      string          `json:"id"`
	Job     string          `json:"job"`
	Type    EventType       `json:"type"`
	State   EventState      `json:"state"`
	Created time.Time       `json:"created"`
	Body    json.RawMessage `json:"body,omitempty"` // missing: it was told, or will not be
}

// Export is all that is kept about an address.
type Export struct {
	Address    string        `json:"address"`
	Suppressed bool          `json:"suppressed"`
	Records    []Record      `json:"records"`
	Events     []EventRecord `json:"events"`
}

// Export gives all that is kept about an address.
func (q *Queue) Export(ctx context.Context, a mailer.Address) (*Export, error) {
	e := &Export{Address: a.String(), Records: []Record{}, Events: []EventRecord{}}
	err := q.transact(ctx, func(t *tx) (err error) {
		if e.Suppressed, err = q.isSuppressed(ctx, t, a.String()); err != nil {
			return err
		}
		if e.Records, err = t.records(ctx, a.Key()); err != nil {
			return err
		}
		e.Events, err = t.eventBodies(ctx, a.Key())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("export address: %w", err)
	}
	return e, nil
}

func (t *tx) records(ctx context.Context, addressKey string) ([]Record, error) {
	rows, err := t.QueryContext(ctx, `
		SELECT j.id, j.kind, j.source, j.created, d.updated, d.recipient, d.details, d.state, d.code, d.reply, d.message_id,
			EXISTS (SELECT 1 FROM offprint_message m WHERE m.delivery = d.id)
		FROM offprint_delivery d JOIN offprint_job j ON j.id = d.job
		WHERE d.address_key = $1 ORDER BY j.created, j.id`, addressKey)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []Record{}
	for rows.Next() {
		var r Record
		var created, updated int64
		var details string
		err := rows.Scan(&r.Job, &r.Kind, &r.Source, &created, &updated, &r.Recipient, &details, &r.State, &r.Code,
			&r.Reply, &r.MessageID, &r.Kept)
		if err != nil {
			return nil, err
		}
		var d recipientDetails
		if err := json.Unmarshal([]byte(details), &d); err != nil {
			return nil, err
		}
		r.Created, r.Updated = fromMillis(created), fromMillis(updated)
		r.Name, r.Lang, r.FontSize = d.Name, d.Lang, d.FontSize
		all = append(all, r)
	}
	return all, rows.Err()
}

// Erase removes an address and all that was written for it: addresses, names,
// messages, servers' replies and kept answers. What is still to be told to a
// callback is told without the address and the server's reply. Mail that is not
// yet sent is cancelled. That something was sent stays, without to whom; and so
// does the address's wish for no mail, of which only a keyed hash is kept. It says
// in how many deliveries the address stood.
func (q *Queue) Erase(ctx context.Context, a mailer.Address) (n int, err error) {
	err = q.transact(ctx, func(t *tx) error {
		n, err = t.erase(ctx, a.Key())
		return err
	})
	if err == nil {
		err = q.engine.scrub(ctx, q.db)
	}
	if err != nil {
		return 0, fmt.Errorf("erase address: %w", err)
	}
	return n, nil
}

func (t *tx) erase(ctx context.Context, addressKey string) (int, error) {
	rows, err := t.QueryContext(ctx, `SELECT id, job FROM offprint_delivery WHERE address_key = $1`, addressKey)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	jobs := map[int64]string{}
	for rows.Next() {
		var id int64
		var job string
		if err := rows.Scan(&id, &job); err != nil {
			return 0, err
		}
		jobs[id] = job
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	for id, job := range jobs {
		if err := t.eraseDelivery(ctx, id, job); err != nil {
			return 0, err
		}
	}
	return len(jobs), nil
}

func (t *tx) eraseDelivery(ctx context.Context, id int64, job string) error {
	if err := t.eraseEvents(ctx, id); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM offprint_message WHERE delivery = $1`,
		`UPDATE offprint_delivery SET state = 'cancelled' WHERE id = $1 AND open = 1`,
		`UPDATE offprint_delivery
			SET recipient = '', address_key = 'erased ' || id, details = '{}', reply = '', open = 0, task = 0
			WHERE id = $1`,
	} {
		if _, err := t.exec(ctx, statement, id); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, `DELETE FROM offprint_idempotency WHERE job = $1`, job); err != nil {
		return err
	}
	return t.settle(ctx, job)
}

// cut shortens a text to a number of bytes, between characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
