package queue

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"offprint/mailer"
)

func TestNotes(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	q, ctx := openQueue(t, func(o *Options) { o.Now = func() time.Time { return now } }), context.Background()
	want := func(scope, name, value string) {
		t.Helper()
		n, err := q.Note(ctx, scope, name)
		if err != nil || (n == nil) != (value == "") || n != nil && n.Value != value {
			t.Errorf("note %s of %s: %+v, %v; want %q", name, scope, n, err, value)
		}
	}
	want("hook", "7", "")
	for _, n := range []Note{
		{Scope: "hook", Name: "7", Value: "one"},
		{Scope: "hook", Name: "7", Value: "two"},
		{Scope: "other", Name: "7", Value: "three"},
		{Scope: "hook", Name: "soon", Value: "gone", Expires: now.Add(time.Hour)},
	} {
		if err := q.SetNote(ctx, n); err != nil {
			t.Fatal(err)
		}
	}
	want("hook", "7", "two")
	want("other", "7", "three")
	want("hook", "soon", "gone")
	if err := q.DropNote(ctx, "other", "7"); err != nil {
		t.Fatal(err)
	}
	want("other", "7", "")
	now = now.Add(2 * time.Hour)
	want("hook", "soon", "")
	if err := q.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	now = now.Add(-2 * time.Hour)
	want("hook", "soon", "") // swept
	want("hook", "7", "two")
}

// A submission with a note is done once, however many come at a time, and however
// long ago that was.
func TestSubmitUnless(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	q, ctx := openQueue(t, func(o *Options) { o.Now = func() time.Time { return now } }), context.Background()
	s := Submission{Kind: PDF, Request: json.RawMessage(`{}`), Unless: &Note{Scope: "hook mailed", Name: "7"}}
	var all sync.WaitGroup
	receipts := make([]*Receipt, 8)
	for i := range receipts {
		all.Go(func() { receipts[i], _ = q.Submit(ctx, s) })
	}
	all.Wait()
	done := ""
	for _, r := range receipts {
		if !r.Noted {
			if done != "" {
				t.Fatal("done twice")
			}
			done = r.Job.ID
		}
	}
	for _, r := range receipts {
		if r.Job == nil || r.Job.ID != done {
			t.Errorf("receipt %+v, want that of %s", r, done)
		}
	}
	if s.Unless.Value != "" {
		t.Error("the caller's note was changed")
	}
	if _, err := q.Cancel(ctx, done); err != nil {
		t.Fatal(err)
	}
	now = now.Add(365 * 24 * time.Hour)
	if err := q.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if r, err := q.Submit(ctx, s); err != nil || !r.Noted || r.Job != nil {
		t.Errorf("a year later: %+v, %v", r, err)
	}
	// A repeat of the first is told as a repeat.
	s.Unless, s.Once = &Note{Scope: "hook mailed", Name: "8"}, &Once{Scope: "x", Key: "8", Reply: func(*Job) (int, []byte) { return 1, []byte{} }}
	for i := range 2 {
		if r, err := q.Submit(ctx, s); err != nil || r.Noted || r.Replayed != (i > 0) {
			t.Errorf("submission %d: %+v, %v", i, r, err)
		}
	}
}

func TestReplay(t *testing.T) {
	q, ctx := openQueue(t), context.Background()
	once := &Once{Scope: "key a", Key: "1", Body: sha256.Sum256([]byte("x")), Reply: func(j *Job) (int, []byte) { return 202, []byte(j.ID) }}
	if r, err := q.Replay(ctx, once); r != nil || err != nil {
		t.Errorf("not used yet: %+v, %v", r, err)
	}
	j := submit(t, q, Submission{Kind: PDF, Once: once})
	if r, err := q.Replay(ctx, once); err != nil || !r.Replayed || r.Job.ID != j.ID || r.Status != 202 || string(r.Body) != j.ID {
		t.Errorf("used: %+v, %v", r, err)
	}
	other := *once
	other.Body = sha256.Sum256([]byte("y"))
	if r, err := q.Replay(ctx, &other); r != nil || !errors.Is(err, ErrMismatch) {
		t.Errorf("another body: %+v, %v", r, err)
	}
}

// A reader who complains gets no more mail; that the message arrived stays true.
func TestComplained(t *testing.T) {
	q, ctx := openQueue(t), context.Background()
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{&postman{}}})
	j := waitFor(t, q, submit(t, q, Submission{Recipients: readers(t, 1)}).ID, Done)
	id := j.Deliveries[0].MessageID
	for range 2 {
		if known, err := q.Complained(ctx, id); !known || err != nil {
			t.Errorf("known %v, %v", known, err)
		}
	}
	j, _ = q.Job(ctx, j.ID)
	is, err := q.Suppressed(ctx, address(t, "reader0@example.com"))
	if !is || err != nil || j.Deliveries[0].State != mailer.Sent {
		t.Errorf("suppressed %v, %v; delivery %+v", is, err, j.Deliveries[0])
	}
	for _, unknown := range []string{"", "nothing", "nothing@example.com"} {
		if known, err := q.Complained(ctx, unknown); known || err != nil {
			t.Errorf("%q: known %v, %v", unknown, known, err)
		}
	}
	if _, err := q.Erase(ctx, address(t, "reader0@example.com")); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Complained(ctx, id); err != nil {
		t.Errorf("after erasing: %v", err)
	}
}

// Pages of a list leave nobody out who was made in the same millisecond.
func TestJobsBefore(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	q, ctx := openQueue(t, func(o *Options) { o.Now = func() time.Time { return now } }), context.Background()
	for i := range 10 {
		if i == 6 {
			now = now.Add(time.Millisecond)
		}
		submit(t, q, Submission{Kind: PDF})
	}
	seen, f := map[string]bool{}, Filter{Limit: 3}
	for {
		jobs, err := q.Jobs(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range jobs {
			seen[j.ID] = true
			f.Before, f.BeforeID = j.Created, j.ID
		}
		if len(jobs) < f.Limit {
			break
		}
	}
	if len(seen) != 10 {
		t.Errorf("%d jobs listed, want 10", len(seen))
	}
}
