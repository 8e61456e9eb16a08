package queue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// errLocked says that another process holds a lock.
var errLocked = errors.New("another process holds it")

// fileLock is a lock that the system takes back when its process ends, however
// it ends.
type fileLock struct{ file *os.File }

// tryLock takes the lock, or fails with errLocked.
func tryLock(name string) (*fileLock, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("take lock: %w", err)
	}
	if err := lockFile(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("take lock %s: %w", name, err)
	}
	return &fileLock{f}, nil
}

// waitLock takes the lock as soon as it is free.
func waitLock(ctx context.Context, name string) (*fileLock, error) {
	for {
		lock, err := tryLock(name)
		if err == nil || !errors.Is(err, errLocked) {
			return lock, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("take lock %s: %w", name, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// release gives the lock back.
func (l *fileLock) release() { l.file.Close() }
