package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"golang.org/x/sync/singleflight"
)

// RereadAfter is for how long an address leads to the same document without a
// look at the page.
const RereadAfter = 5 * time.Minute

// Cache makes documents once and finds them again. It is safe for concurrent
// use.
type Cache struct {
	// Store holds the documents.
	Store Store
	// Now is the clock.
	Now func() time.Time
	// Observe, when set, is told of each document asked for whether it was there.
	// It must be set before the cache is used.
	Observe func(hit bool)

	index   index
	flights singleflight.Group
}

// NewCache makes a cache over a store.
func NewCache(s Store) *Cache {
	return &Cache{Store: s, Now: time.Now, index: index{store: s}}
}

// Draft is a page that was read: the key of what it prints to, and how to print
// it. Write gives the document to w, and its type, name and number of pages; it
// is not called when the store has the document.
type Draft struct {
	Key   Key
	Write func(ctx context.Context, w io.Writer) (Meta, error)
	Also  []Key  // objects of its own that go when the address is purged
	Done  func() // when set, called when the draft is needed no more
}

func (d *Draft) done() {
	if d.Done != nil {
		d.Done()
	}
}

// Page gives the key of the document that an address prints to with the given
// options (their canonical bytes), and sees to it that the store has it. It
// calls read only when the address was not read in the last [RereadAfter]; all
// who ask meanwhile wait for the one call. Read goes on when the caller whose
// context it got stops waiting, for the others' sake.
func (c *Cache) Page(
	ctx context.Context, url string, options []byte, read func(context.Context) (*Draft, error),
) (Key, error) {
	hash := digest("offprint options 1", options)
	key, ok, purges, err := c.fresh(ctx, url, hash)
	if ok || err != nil {
		return key, err
	}
	// Who asks after a purge does not wait for a page that was read before it.
	return c.once(ctx, fmt.Sprintf("page %s %s %d", url, hash, purges), func(ctx context.Context) (Key, error) {
		key, ok, purges, err := c.fresh(ctx, url, hash)
		if ok || err != nil {
			return key, err
		}
		now := c.Now()
		draft, err := read(ctx)
		if err != nil {
			return Key{}, err
		}
		defer draft.done()
		if err := c.Make(ctx, draft.Key, draft.Write); err != nil {
			return Key{}, err
		}
		return draft.Key, c.index.record(ctx, url, purges, variant{Options: hash, Key: draft.Key, Read: now}, draft.Also)
	})
}

// fresh looks for a document that can be given without a look at the page. It also
// says how often the address was purged.
func (c *Cache) fresh(ctx context.Context, url string, options Key) (key Key, ok bool, purges int, err error) {
	p, err := c.index.load(ctx, url)
	if err != nil {
		return Key{}, false, 0, err
	}
	i := p.find(options)
	if i < 0 {
		return Key{}, false, p.Purges, nil
	}
	v := p.Variants[i]
	age := c.Now().Sub(v.Read)
	if age < 0 || age >= RereadAfter { // below 0: the clock was set back
		return Key{}, false, p.Purges, nil
	}
	has, err := c.has(ctx, v.Key)
	if has {
		c.observe(true)
	}
	return v.Key, has, p.Purges, err
}

// Make sees to it that the store has the document. Several calls for one key at
// a time write once. The document is held in memory until it is whole.
func (c *Cache) Make(ctx context.Context, key Key, write func(context.Context, io.Writer) (Meta, error)) error {
	_, err := c.once(ctx, "make "+key.String(), func(ctx context.Context) (Key, error) {
		has, err := c.has(ctx, key)
		if err != nil {
			return key, err
		}
		c.observe(has)
		if has {
			return key, nil
		}
		var body bytes.Buffer
		meta, err := write(ctx, &body)
		if err != nil {
			return key, err
		}
		_, err = c.Store.Put(ctx, key, meta, &body)
		return key, err
	})
	return err
}

func (c *Cache) observe(hit bool) {
	if c.Observe != nil {
		c.Observe(hit)
	}
}

func (c *Cache) has(ctx context.Context, key Key) (bool, error) {
	o, err := c.Store.Open(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, o.Close()
}

// Attach names objects that are to go when the address is purged, such as a page's
// picture.
func (c *Cache) Attach(ctx context.Context, url string, keys ...Key) error {
	return c.index.attach(ctx, url, keys...)
}

// Purge forgets an address and deletes all that it led to. It says how many
// objects it deleted. A document that is being made from the address at this
// moment, here or in another process, still goes to those who wait for it; whoever
// asks next has the page read again.
func (c *Cache) Purge(ctx context.Context, url string) (int, error) {
	keys, err := c.index.forget(ctx, url)
	if err != nil {
		return 0, fmt.Errorf("purge %.200s: %w", url, err)
	}
	for i, key := range keys {
		if err := c.Store.Delete(ctx, key); err != nil {
			return i, fmt.Errorf("purge %.200s: %w", url, err)
		}
	}
	return len(keys), nil
}

// once runs do for the first of those who ask under the same name, and gives
// its result to all who ask before it is done. A panic becomes everybody's
// error, where singleflight would end the program.
func (c *Cache) once(ctx context.Context, name string, do func(context.Context) (Key, error)) (Key, error) {
	done := c.flights.DoChan(name, func() (key any, err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("make document: %v\n%s", p, debug.Stack())
			}
		}()
		return do(context.WithoutCancel(ctx))
	})
	select {
	case r := <-done:
		key, _ := r.Val.(Key)
		return key, r.Err
	case <-ctx.Done():
		return Key{}, ctx.Err()
	}
}
