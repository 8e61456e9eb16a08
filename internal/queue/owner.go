package queue

import (
	"context"
	"fmt"
)

// OwnerFullError says that as much is kept for the jobs of an owner as may be.
type OwnerFullError struct {
	Kept, Adds, Most int64 // bytes
}

func (e *OwnerFullError) Error() string {
	return fmt.Sprintf("%d bytes are kept for jobs already, and %d more are above %d", e.Kept, e.Adds, e.Most)
}

// size is how many bytes of a submission are kept.
func (s *Submission) size() int64 {
	n := len(s.Request) + len(s.CallbackData)
	for i := range s.Recipients {
		r := &s.Recipients[i]
		n += len(r.Address.String()) + len(r.Name)
	}
	return int64(n)
}

// checkOwner gives an [OwnerFullError] when a submission does not fit any more.
func (t *tx) checkOwner(ctx context.Context, s *Submission) error {
	if s.Owner == "" || s.OwnerBytes <= 0 {
		return nil
	}
	e := &OwnerFullError{Adds: s.size(), Most: s.OwnerBytes}
	err := t.QueryRowContext(ctx, `
		SELECT coalesce(sum(bytes), 0) FROM offprint_job WHERE owner = $1 AND owner <> ''`, s.Owner).Scan(&e.Kept)
	if err != nil {
		return err
	}
	if e.Kept+e.Adds > e.Most {
		return e
	}
	return nil
}

// growJob notes that more is kept for a job.
func (t *tx) growJob(ctx context.Context, id string, bytes int64) error {
	_, err := t.exec(ctx, `UPDATE offprint_job SET bytes = bytes + $2 WHERE id = $1 AND owner <> ''`, id, bytes)
	return err
}

// weighJob counts anew what is kept for a job that has ended.
func (t *tx) weighJob(ctx context.Context, id string) error {
	_, err := t.exec(ctx, `
		UPDATE offprint_job SET bytes = octet_length(request) + octet_length(callback_data)
			+ (SELECT coalesce(sum(octet_length(recipient)), 0) FROM offprint_delivery WHERE job = $1)
			+ (SELECT coalesce(sum(octet_length(m.text)), 0)
				FROM offprint_message m JOIN offprint_delivery d ON d.id = m.delivery WHERE d.job = $1)
			+ (SELECT coalesce(sum(octet_length(b.body)), 0) FROM offprint_blob b WHERE b.sha256 IN (
				SELECT u.sha256 FROM offprint_blob_use u JOIN offprint_delivery d ON d.id = u.delivery WHERE d.job = $1))
		WHERE id = $1 AND owner <> ''`, id)
	return err
}
