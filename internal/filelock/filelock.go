package filelock

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// ErrHeld says that another holds the lock.
var ErrHeld = errors.New("another process holds it")

// retryEvery is how often Wait tries.
const retryEvery = 10 * time.Millisecond

// Lock is a lock that is held.
type Lock struct{ file *os.File }

// Try takes the lock, or fails with [ErrHeld] at once. Two locks on one file
// exclude each other within a process, too.
func Try(name string) (*Lock, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("take lock: %w", err)
	}
	if err := lockFile(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("take lock %s: %w", name, err)
	}
	return &Lock{f}, nil
}

// Wait takes the lock as soon as it is free, or fails when ctx ends.
func Wait(ctx context.Context, name string) (*Lock, error) {
	for {
		lock, err := Try(name)
		if err == nil || !errors.Is(err, ErrHeld) {
			return lock, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("take lock %s: %w", name, ctx.Err())
		case <-time.After(retryEvery):
		}
	}
}

// Release gives the lock back.
func (l *Lock) Release() { l.file.Close() }
