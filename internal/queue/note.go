package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Note is a few words to remember, longer than any job, such as under which
// address an article was published. It must hold no reader's address: erasing one
// looks at no notes.
type Note struct {
	Scope   string // whose it is, such as a web hook's
	Name    string // what it is about; one note a scope and name
	Value   string
	Expires time.Time // zero: never
}

// Note gives a note, or nil when there is none.
func (q *Queue) Note(ctx context.Context, scope, name string) (n *Note, err error) {
	err = q.transact(ctx, func(t *tx) error {
		n, err = t.note(ctx, scope, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read note: %w", err)
	}
	return n, nil
}

// SetNote writes a note in place of the one that there is.
func (q *Queue) SetNote(ctx context.Context, n Note) error {
	if err := q.transact(ctx, func(t *tx) error { return t.setNote(ctx, &n) }); err != nil {
		return fmt.Errorf("write note: %w", err)
	}
	return nil
}

// DropNote forgets a note, if there is one.
func (q *Queue) DropNote(ctx context.Context, scope, name string) error {
	err := q.transact(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM offprint_note WHERE scope = $1 AND name = $2`, scope, name)
		return err
	})
	if err != nil {
		return fmt.Errorf("drop note: %w", err)
	}
	return nil
}

func (t *tx) note(ctx context.Context, scope, name string) (*Note, error) {
	n := &Note{Scope: scope, Name: name}
	var expires int64
	err := t.QueryRowContext(ctx, `
		SELECT value, expires FROM offprint_note WHERE scope = $1 AND name = $2 AND (expires = 0 OR expires > $3)`,
		scope, name, millis(t.now)).Scan(&n.Value, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if expires > 0 {
		n.Expires = fromMillis(expires)
	}
	return n, err
}

func (t *tx) setNote(ctx context.Context, n *Note) error {
	_, err := t.exec(ctx, `
		INSERT INTO offprint_note (scope, name, value, expires) VALUES ($1, $2, $3, $4)
		ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
		n.Scope, n.Name, n.Value, millis(n.Expires))
	return err
}

// noted fills in the receipt of a submission that its note forbids.
func (t *tx) noted(ctx context.Context, n *Note, r *Receipt) (bool, error) {
	before, err := t.note(ctx, n.Scope, n.Name)
	if before == nil || err != nil {
		return false, err
	}
	r.Noted = true
	r.Job, err = t.wholeJob(ctx, before.Value)
	if errors.Is(err, ErrNotFound) {
		r.Job, err = nil, nil
	}
	return true, err
}
