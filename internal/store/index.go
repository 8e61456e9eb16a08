package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// maxVariants bounds how many printings of one address are remembered; the one
// that was read longest ago goes first.
const maxVariants = 500

// index leads from an address and options to keys. It lies in the store itself,
// an object for each address, so that every kind of store has it and it expires
// with what it leads to.
type index struct {
	store Store
	mu    [turns]sync.Mutex // one change of an address at a time: see turn
}

// page is what is known of an address.
type page struct {
	URL      string    `json:"url"`
	Variants []variant `json:"variants"`
	Also     []Key     `json:"also,omitempty"`   // what else goes when the address is purged
	Purges   int       `json:"purges,omitempty"` // how often it was
}

type variant struct {
	Options Key       `json:"options"` // hash of the options
	Key     Key       `json:"key"`
	Read    time.Time `json:"read"` // when the page was last read
}

// shared is a store that several processes may have at a time.
type shared interface {
	// lock keeps the others off what goes by a number below [turns].
	lock(ctx context.Context, n int) (release func(), err error)
}

// turns is how many addresses can be changed at a time.
const turns = 64

// turn waits for an address, and for some others. done lets go of them.
func (x *index) turn(ctx context.Context, url string) (done func(), err error) {
	n := int(pageKey(url)[0]) % turns
	x.mu[n].Lock()
	folder, ok := x.store.(shared)
	if !ok {
		return x.mu[n].Unlock, nil
	}
	release, err := folder.lock(ctx, n)
	if err != nil {
		x.mu[n].Unlock()
		return nil, err
	}
	return func() { release(); x.mu[n].Unlock() }, nil
}

func pageKey(url string) Key { return digest("offprint index 1", []byte(url)) }

// load reads what is known of an address; of an unknown one, nothing.
func (x *index) load(ctx context.Context, url string) (*page, error) {
	o, err := x.store.Open(ctx, pageKey(url))
	if errors.Is(err, ErrNotFound) {
		return &page{URL: url}, nil
	}
	if err != nil {
		return nil, err
	}
	defer o.Close()
	text, err := io.ReadAll(io.LimitReader(o, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	p := &page{}
	if err := json.Unmarshal(text, p); err != nil || p.URL != url {
		return &page{URL: url}, nil // worth no more than an unknown one
	}
	return p, nil
}

func (p *page) find(options Key) int {
	return slices.IndexFunc(p.Variants, func(v variant) bool { return v.Options == options })
}

// record notes what an address led to when it had been purged so often, and what
// else goes with it. If it was purged since, the page may have been read before it
// was changed: what it led to goes with the next purge, and leads nobody there.
func (x *index) record(ctx context.Context, url string, purges int, v variant, also []Key) error {
	return x.change(ctx, url, func(p *page) {
		p.Also = appendNew(p.Also, also...)
		if p.Purges != purges {
			p.Also = appendNew(p.Also, v.Key)
			return
		}
		if i := p.find(v.Options); i >= 0 {
			if old := p.Variants[i].Key; old != v.Key {
				p.Also = appendNew(p.Also, old) // still there under its own name, until a purge
			}
			p.Variants = slices.Delete(p.Variants, i, i+1)
		}
		p.Variants = append(p.Variants, v)
		p.Variants = p.Variants[max(0, len(p.Variants)-maxVariants):]
	})
}

// attach notes objects that go when the address is purged.
func (x *index) attach(ctx context.Context, url string, keys ...Key) error {
	return x.change(ctx, url, func(p *page) { p.Also = appendNew(p.Also, keys...) })
}

func (x *index) change(ctx context.Context, url string, edit func(*page)) error {
	done, err := x.turn(ctx, url)
	if err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	defer done()
	p, err := x.load(ctx, url)
	if err != nil {
		return err
	}
	edit(p)
	p.Also = p.Also[max(0, len(p.Also)-4*maxVariants):]
	return x.save(ctx, p)
}

func (x *index) save(ctx context.Context, p *page) error {
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	_, err = x.store.Put(ctx, pageKey(p.URL), Meta{Type: "application/json"}, bytes.NewReader(text))
	return err
}

// forget drops all that is known of an address, but that it was purged, and gives
// all keys that it led to.
func (x *index) forget(ctx context.Context, url string) ([]Key, error) {
	done, err := x.turn(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("write index: %w", err)
	}
	defer done()
	p, err := x.load(ctx, url)
	if err != nil {
		return nil, err
	}
	keys := p.Also
	for _, v := range p.Variants {
		keys = appendNew(keys, v.Key)
	}
	if err := x.save(ctx, &page{URL: url, Purges: p.Purges + 1}); err != nil { // such as on a full disk
		return keys, x.store.Delete(ctx, pageKey(url))
	}
	return keys, nil
}

func appendNew(keys []Key, more ...Key) []Key {
	for _, key := range more {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}
