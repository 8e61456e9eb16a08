package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const address = "https://news.example/articles/42"

// press counts how often a page is read and printed.
type press struct {
	text           string // what stands on the page
	reads, renders atomic.Int32
	hold           chan struct{} // when set, a read waits for it
}

func (p *press) read(context.Context) (*Draft, error) {
	p.reads.Add(1)
	text := p.text
	if p.hold != nil {
		<-p.hold
	}
	return &Draft{Key: ContentKey([]byte(text)), Write: func(_ context.Context, w io.Writer) (Meta, error) {
		p.renders.Add(1)
		_, err := io.WriteString(w, text)
		return Meta{Type: "application/pdf"}, err
	}}, nil
}

func (p *press) expect(t *testing.T, reads, renders int32) {
	t.Helper()
	if p.reads.Load() != reads || p.renders.Load() != renders {
		t.Errorf("%d reads and %d renders, want %d and %d", p.reads.Load(), p.renders.Load(), reads, renders)
	}
}

func page1(t *testing.T, c *Cache, p *press) string {
	t.Helper()
	key, err := c.Page(t.Context(), address, []byte("medium"), p.read)
	if err != nil {
		t.Fatal(err)
	}
	o, err := c.Store.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	body, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestParallelAsksRenderOnce(t *testing.T) {
	const asks = 200
	p := &press{text: "潮水", hold: make(chan struct{})}
	c := NewCache(openFolder(t, t.TempDir()))
	var started, done sync.WaitGroup
	for range asks {
		started.Add(1)
		done.Go(func() {
			started.Done()
			if _, err := c.Page(t.Context(), address, nil, p.read); err != nil {
				t.Error(err)
			}
		})
	}
	started.Wait()
	close(p.hold)
	done.Wait()
	p.expect(t, 1, 1)
}

func TestSameArticleAtTwoAddressesRendersOnce(t *testing.T) {
	p := &press{text: "潮水"}
	c := NewCache(&Memory{})
	for _, url := range []string{address, address + "?from=home"} {
		if _, err := c.Page(t.Context(), url, nil, p.read); err != nil {
			t.Fatal(err)
		}
	}
	p.expect(t, 2, 1)
}

func TestPageIsReadAnew(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	p := &press{text: "first"}
	c := NewCache(&Memory{})
	c.Now = func() time.Time { return now }
	steps := []struct {
		name           string
		do             func()
		want           string
		reads, renders int32
	}{
		{"cold", func() {}, "first", 1, 1},
		{"just before five minutes", func() { p.text = "second"; now = now.Add(RereadAfter - 1) }, "first", 1, 1},
		{"at five minutes", func() { now = now.Add(1) }, "second", 2, 2},
		{"unchanged page", func() { now = now.Add(RereadAfter) }, "second", 3, 2},
		{"clock set back", func() { now = now.Add(-24 * time.Hour) }, "second", 4, 2},
		{"purged", func() {
			p.text = "third"
			if n, err := c.Purge(t.Context(), address); n != 2 || err != nil {
				t.Errorf("purged %d, %v; want both documents", n, err)
			}
		}, "third", 5, 3},
		{"document gone from the store", func() {
			if err := c.Store.Delete(t.Context(), ContentKey([]byte("third"))); err != nil {
				t.Fatal(err)
			}
		}, "third", 6, 4},
	}
	for _, s := range steps {
		s.do()
		if got := page1(t, c, p); got != s.want {
			t.Errorf("%s: %q, want %q", s.name, got, s.want)
		}
		t.Log(s.name)
		p.expect(t, s.reads, s.renders)
	}
}

// TestPurgeWhileReading: a page that was read before the purge is not
// remembered after it.
func TestPurgeWhileReading(t *testing.T) {
	p := &press{text: "old", hold: make(chan struct{})}
	c := NewCache(&Memory{})
	done := make(chan error)
	go func() {
		_, err := c.Page(t.Context(), address, []byte("medium"), p.read)
		done <- err
	}()
	for p.reads.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err := c.Purge(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	close(p.hold)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	p.text = "new"
	if got := page1(t, c, p); got != "new" {
		t.Errorf("after the purge: %q, want new", got)
	}
}

// TestPurgeReachesOtherProcesses: two caches on one folder are as two processes.
// What one read before the other purged is not remembered, and is gone with the
// next purge.
func TestPurgeReachesOtherProcesses(t *testing.T) {
	dir := t.TempDir()
	open := func() *Cache {
		f, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return NewCache(f)
	}
	reads, purges := open(), open()
	p := &press{text: "old", hold: make(chan struct{})}
	done := make(chan error)
	go func() {
		_, err := reads.Page(t.Context(), address, []byte("medium"), p.read)
		done <- err
	}()
	for p.reads.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err := purges.Purge(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	// Who asks now does not get what is still being read.
	fresh := &press{text: "new"}
	if got := page1(t, reads, fresh); got != "new" {
		t.Errorf("after the purge, while the old page is read: %q, want new", got)
	}
	close(p.hold)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := page1(t, purges, fresh); got != "new" {
		t.Errorf("after the purge: %q, want new", got)
	}
	if n, err := purges.Purge(t.Context(), address); n != 2 || err != nil {
		t.Errorf("purged %d, %v; want both documents", n, err)
	}
}

// TestProcessesShareTheIndex: two that print an address at the same time forget
// nothing of what the other made, so a purge finds all of it.
func TestProcessesShareTheIndex(t *testing.T) {
	const each = 30
	dir := t.TempDir()
	var group sync.WaitGroup
	var last *Cache
	for process := range 2 {
		f, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		c := NewCache(f)
		last = c
		for i := range each {
			group.Go(func() {
				p := &press{text: fmt.Sprint(process, " ", i)}
				if _, err := c.Page(t.Context(), address, []byte(p.text), p.read); err != nil {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	if n, err := last.Purge(t.Context(), address); n != 2*each || err != nil {
		t.Errorf("purged %d, %v; want %d", n, err, 2*each)
	}
	if n, err := last.Store.Expire(t.Context(), time.Now().Add(time.Hour)); n != 1 || err != nil {
		t.Errorf("%d objects were left, %v; want the index alone", n, err)
	}
	if locks, err := os.ReadDir(filepath.Join(dir, lockFolder)); len(locks) != turns || err != nil {
		t.Errorf("%d locks are left, %v", len(locks), err)
	}
}

// TestFirstCallerGivesUp: the others still get their document.
func TestFirstCallerGivesUp(t *testing.T) {
	p := &press{text: "潮水", hold: make(chan struct{})}
	c := NewCache(&Memory{})
	ctx, cancel := context.WithCancel(t.Context())
	first, second := make(chan error), make(chan error)
	go func() { _, err := c.Page(ctx, address, nil, p.read); first <- err }()
	for p.reads.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	go func() { _, err := c.Page(t.Context(), address, nil, p.read); second <- err }()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up got %v", err)
	}
	close(p.hold)
	if err := <-second; err != nil {
		t.Errorf("who waited got %v", err)
	}
	p.expect(t, 1, 1)
}

func TestFailuresAreNotKept(t *testing.T) {
	c := NewCache(&Memory{})
	broken := errors.New("broken")
	fail := func(context.Context, io.Writer) (Meta, error) { return Meta{}, broken }
	if err := c.Make(t.Context(), Key{1}, fail); !errors.Is(err, broken) {
		t.Errorf("error %v, want broken", err)
	}
	explode := func(context.Context, io.Writer) (Meta, error) { panic("out of ink") }
	if err := c.Make(t.Context(), Key{1}, explode); err == nil || !strings.Contains(err.Error(), "out of ink") {
		t.Errorf("error %v, want the panic's words", err)
	}
	good := func(_ context.Context, w io.Writer) (Meta, error) { return Meta{}, nil }
	if err := c.Make(t.Context(), Key{1}, good); err != nil {
		t.Errorf("after failures: %v", err)
	}
}

func TestVariantsAreBounded(t *testing.T) {
	c := NewCache(&Memory{})
	for i := range maxVariants + 10 {
		p := &press{text: fmt.Sprint(i)}
		if _, err := c.Page(t.Context(), address, fmt.Append(nil, i), p.read); err != nil {
			t.Fatal(err)
		}
	}
	p, err := c.index.load(t.Context(), address)
	if err != nil || len(p.Variants) != maxVariants {
		t.Errorf("%d variants, %v; want %d", len(p.Variants), err, maxVariants)
	}
}
