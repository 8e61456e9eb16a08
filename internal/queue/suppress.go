package queue

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"offprint/mailer"
)

// mac is how the suppression list knows an address: who has the list but not
// the secret cannot even try out addresses.
func (q *Queue) mac(a mailer.Address) []byte { return mac(q.options.Secret, a) }

func mac(secret []byte, a mailer.Address) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(a.Key()))
	return h.Sum(nil)
}

// Suppress notes that an address wants no more mail. What is queued for it will
// not be sent.
func (q *Queue) Suppress(ctx context.Context, a mailer.Address) error {
	err := q.transact(ctx, func(t *tx) error { return q.suppress(ctx, t, a.String()) })
	if err != nil {
		return fmt.Errorf("suppress address: %w", err)
	}
	return nil
}

// Unsuppress notes that an address wants mail again.
func (q *Queue) Unsuppress(ctx context.Context, a mailer.Address) error {
	err := q.transact(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM offprint_suppression WHERE mac = $1`, q.mac(a))
		return err
	})
	if err != nil {
		return fmt.Errorf("allow address again: %w", err)
	}
	return nil
}

// Suppressed reports whether an address wants no more mail.
func (q *Queue) Suppressed(ctx context.Context, a mailer.Address) (is bool, err error) {
	err = q.transact(ctx, func(t *tx) error {
		is, err = q.isSuppressed(ctx, t, a.String())
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look up address: %w", err)
	}
	return is, nil
}

func (q *Queue) isSuppressed(ctx context.Context, t *tx, address string) (bool, error) {
	a, err := mailer.ParseAddress(address)
	if err != nil {
		return false, err
	}
	var one int
	err = t.QueryRowContext(ctx, `SELECT 1 FROM offprint_suppression WHERE mac = $1`, q.mac(a)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Bounced notes that a message came back after the server had taken it, as a
// delivery report says, and has the job's callback told, once. messageID may be
// its part before the @ alone. With suppress, the address gets no more mail.
// False means that no message of that name is known.
func (q *Queue) Bounced(
	ctx context.Context, messageID string, code int, reply string, suppress bool,
) (known bool, err error) {
	err = q.transact(ctx, func(t *tx) error {
		id, recipient, err := t.findMessage(ctx, messageID)
		if known = id != 0; !known || err != nil {
			return err
		}
		before, err := t.delivery(ctx, id)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, `
			UPDATE offprint_delivery SET state = $2, code = $3, reply = $4, open = 0, updated = $5 WHERE id = $1`,
			id, mailer.Bounced, code, cut(reply, maxReply), millis(t.now)); err != nil {
			return err
		}
		if before.state != mailer.Bounced {
			if err := t.announceDeliveries(ctx, before.job, EmailBounced, nil, id); err != nil {
				return err
			}
		}
		if before.open && before.state != mailer.Sending { // it was in doubt, or put off by another server
			if err := t.settle(ctx, before.job); err != nil {
				return err
			}
		}
		if !suppress || recipient == "" {
			return nil // erased: there is no address to suppress
		}
		return q.suppress(ctx, t, recipient)
	})
	if err != nil {
		return false, fmt.Errorf("note bounce: %w", err)
	}
	return known, nil
}

// Complained notes that the reader of a message called it unwanted: the address
// gets no more mail. messageID is as for [Queue.Bounced]. The delivery stays what
// it is, since the message did arrive. False means that no message of that name is
// known.
func (q *Queue) Complained(ctx context.Context, messageID string) (known bool, err error) {
	err = q.transact(ctx, func(t *tx) error {
		id, recipient, err := t.findMessage(ctx, messageID)
		if known = id != 0; !known || err != nil || recipient == "" {
			return err // erased: there is no address to suppress
		}
		return q.suppress(ctx, t, recipient)
	})
	if err != nil {
		return false, fmt.Errorf("note complaint: %w", err)
	}
	return known, nil
}

func (q *Queue) suppress(ctx context.Context, t *tx, address string) error {
	a, err := mailer.ParseAddress(address)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO offprint_suppression (mac, created) VALUES ($1, $2) ON CONFLICT (mac) DO NOTHING`,
		q.mac(a), millis(t.now))
	return err
}

// findMessage finds the delivery of a Message-ID, or of its part before the @.
func (t *tx) findMessage(ctx context.Context, messageID string) (id int64, recipient string, err error) {
	if messageID == "" {
		return 0, "", nil
	}
	// "@" to "A": all that begins with messageID@, by the index.
	err = t.QueryRowContext(ctx, `
		SELECT id, recipient FROM offprint_delivery
		WHERE message_id <> '' AND (message_id = $1 OR message_id >= $2 AND message_id < $3) LIMIT 1`,
		messageID, messageID+"@", messageID+"A").Scan(&id, &recipient)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	return id, recipient, err
}

// messageID gives the Message-ID of a delivery.
func (t *tx) messageID(ctx context.Context, delivery int64) (id string, err error) {
	err = t.QueryRowContext(ctx, `SELECT message_id FROM offprint_delivery WHERE id = $1`, delivery).Scan(&id)
	return id, err
}
