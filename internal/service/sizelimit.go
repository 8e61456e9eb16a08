package service

import (
	"context"
	"time"

	"offprint/mailer"
)

// sizeLimit asks the mail server for its limit, and remembers it for a while.
type sizeLimit struct {
	sender *mailer.Sender
	turn   chan struct{} // who holds it may look
	limit  int64
	asked  time.Time
}

func newSizeLimit(sender *mailer.Sender) *sizeLimit {
	return &sizeLimit{sender: sender, turn: make(chan struct{}, 1)}
}

// get gives the greatest message in bytes; 0: the server does not say.
func (l *sizeLimit) get(ctx context.Context) (int64, error) {
	const good = 10 * time.Minute
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if !l.asked.IsZero() && time.Since(l.asked) < good {
		return l.limit, nil
	}
	limit, err := l.sender.MaxSize(ctx)
	l.sender.Close()
	if err != nil {
		return l.limit, err
	}
	l.limit, l.asked = limit, time.Now()
	return limit, nil
}
