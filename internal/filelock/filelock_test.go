package filelock

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestTry(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	first, err := Try(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Try(name); !errors.Is(err, ErrHeld) {
		t.Errorf("second lock: %v, want ErrHeld", err)
	}
	first.Release()
	second, err := Try(name)
	if err != nil {
		t.Fatalf("after the release: %v", err)
	}
	second.Release()
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("file %v, %v; want mode 0600", info, err)
	}
	if _, err := Try(filepath.Join(name, "below")); err == nil || errors.Is(err, ErrHeld) {
		t.Errorf("lock where no file can be: %v", err)
	}
}

// Whoever waits gets it in turn, and never two at once.
func TestWait(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	inside, most := 0, 0
	var mu sync.Mutex
	count := func(n int) {
		mu.Lock()
		defer mu.Unlock()
		inside += n
		most = max(most, inside)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			lock, err := Wait(t.Context(), name)
			if err != nil {
				t.Error(err)
				return
			}
			count(1)
			count(-1)
			lock.Release()
		})
	}
	group.Wait()
	if most != 1 {
		t.Errorf("%d held it at once", most)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	lock, err := Try(name)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	ctx, cancel := context.WithTimeout(t.Context(), 2*retryEvery)
	defer cancel()
	if _, err := Wait(ctx, name); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("wait: %v", err)
	}
}
