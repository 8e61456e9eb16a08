package queue

import (
	"context"
	"encoding/json"
	"fmt"

	"offprint/mailer"
)

// The SQL of kept messages and of the parts that they share.

func (t *tx) insertMessage(ctx context.Context, delivery int64, m *mailer.Message, k *keptMessage) error {
	cuts, err := json.Marshal(k.cuts)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, `
		INSERT INTO offprint_message (delivery, sender, text, cuts, sha256) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (delivery) DO UPDATE
		SET sender = excluded.sender, text = excluded.text, cuts = excluded.cuts, sha256 = excluded.sha256`,
		delivery, m.From.String(), k.text, string(cuts), k.sum[:]); err != nil {
		return err
	}
	for _, c := range k.cuts {
		body, ok := k.shared[c.Blob]
		if !ok {
			continue
		}
		if _, err := t.exec(ctx, `
			INSERT INTO offprint_blob (sha256, body, created) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING`,
			c.Blob[:], body, millis(t.now)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `
			INSERT INTO offprint_blob_use (delivery, sha256) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			delivery, c.Blob[:]); err != nil {
			return err
		}
	}
	return nil
}

// message reads the kept message of a delivery without its shared parts.
func (t *tx) message(ctx context.Context, delivery int64) (sender string, k *keptMessage, err error) {
	k = &keptMessage{}
	var cuts string
	var sum []byte
	err = t.QueryRowContext(ctx, `SELECT sender, text, cuts, sha256 FROM offprint_message WHERE delivery = $1`, delivery).
		Scan(&sender, &k.text, &cuts, &sum)
	if err != nil {
		return "", nil, err
	}
	if err := json.Unmarshal([]byte(cuts), &k.cuts); err != nil {
		return "", nil, fmt.Errorf("read message: %w", err)
	}
	copy(k.sum[:], sum)
	return sender, k, nil
}

// blob reads a shared part.
func (t *tx) blob(ctx context.Context, sum blobSum) (body []byte, err error) {
	err = t.QueryRowContext(ctx, `SELECT body FROM offprint_blob WHERE sha256 = $1`, sum[:]).Scan(&body)
	return body, err
}

// deleteMessage forgets the bytes of a message that will not be sent again.
func (t *tx) deleteMessage(ctx context.Context, delivery int64) error {
	_, err := t.exec(ctx, `
		UPDATE offprint_job
		SET bytes = bytes - coalesce((SELECT octet_length(text) FROM offprint_message WHERE delivery = $1), 0)
		WHERE owner <> '' AND id = (SELECT job FROM offprint_delivery WHERE id = $1)`, delivery)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `DELETE FROM offprint_message WHERE delivery = $1`, delivery)
	return err
}

// deleteUnusedBlobs forgets shared parts that no message needs any more.
func (t *tx) deleteUnusedBlobs(ctx context.Context) (int64, error) {
	return t.exec(ctx, `
		DELETE FROM offprint_blob WHERE NOT EXISTS (
			SELECT 1 FROM offprint_blob_use u WHERE u.sha256 = offprint_blob.sha256)`)
}
