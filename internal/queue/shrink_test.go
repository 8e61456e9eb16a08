package queue

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fileSize is how long the database is once its log is in it.
func fileSize(t *testing.T, q *Queue) int64 {
	t.Helper()
	if err := q.engine.scrub(context.Background(), q.db); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(q.options.Dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// forget fills a queue with jobs and has them forgotten.
func forget(t *testing.T, q *Queue, clock *fakeClock) (full, after int64) {
	t.Helper()
	request := json.RawMessage(`"` + strings.Repeat("x", 1<<20) + `"`)
	for range 20 {
		j := submit(t, q, Submission{Kind: PDF, Request: request})
		if _, err := q.Cancel(context.Background(), j.ID); err != nil {
			t.Fatal(err)
		}
	}
	full = fileSize(t, q)
	clock.Add(defaultRetention + time.Hour)
	if err := q.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	return full, fileSize(t, q)
}

// TestShrink: the database gives back what forgotten jobs took, one of an earlier
// version, too.
func TestShrink(t *testing.T) {
	t.Parallel()
	t.Run("new", func(t *testing.T) {
		clock := newFakeClock()
		q := openQueue(t, withClock(clock))
		empty := fileSize(t, q)
		full, after := forget(t, q, clock)
		t.Logf("empty %d kB, full %d kB, after the sweep %d kB", empty>>10, full>>10, after>>10)
		if full < 20<<20 || after > empty+2<<20 {
			t.Errorf("%d bytes, then %d: want no more than %d", full, after, empty+2<<20)
		}
	})
	t.Run("of an earlier version", func(t *testing.T) {
		clock, dir := newFakeClock(), olderDatabase(t, 3)
		q := openQueue(t, withClock(clock), func(o *Options) { o.Dir = dir })
		// It has grown under the earlier version, and what was deleted is still in it.
		for _, step := range []string{"PRAGMA auto_vacuum = NONE", "VACUUM"} {
			if _, err := q.db.Exec(step); err != nil {
				t.Fatal(err)
			}
		}
		full, kept := forget(t, q, clock)
		if kept < full/2 {
			t.Fatalf("%d bytes of %d: nothing is tested", kept, full)
		}
		q.Close()
		q = openQueue(t, withClock(clock), func(o *Options) { o.Dir = dir })
		opened := fileSize(t, q)
		again, after := forget(t, q, clock)
		t.Logf("full %d kB, opened anew %d kB, full again %d kB, after the sweep %d kB", kept>>10, opened>>10, again>>10, after>>10)
		if opened > 3<<20 || after > opened+2<<20 {
			t.Errorf("%d bytes, opened anew %d, after the next sweep %d", kept, opened, after)
		}
	})
}
