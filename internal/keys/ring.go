package keys

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"offprint/internal/filelock"
	"offprint/internal/hint"
)

const (
	keysFile  = "keys.json"
	lockFile  = "keys.lock"
	usageFile = "usage.json"
	// lookEvery is how often a running service looks whether keys.json changed.
	lookEvery = time.Second
	// lockPatience is for how long a change waits for another one to end.
	lockPatience = 10 * time.Second
	// maxKeys bounds a ring, revoked keys included.
	maxKeys = 10_000
)

// Ring is the keys of a data folder. Any number of processes may open it, and
// change it; each sees the others' changes within a second. Its methods may be
// called from several goroutines.
type Ring struct {
	dir string
	// now is the clock by which the file is looked at again. Tests set it.
	now func() time.Time

	mu     sync.Mutex
	looked time.Time
	seen   fs.FileInfo // of the file that was read; nil: there was none
	keys   []stored    // that could be read last
	byID   map[string]*stored
	err    error // why the file, as it is now, cannot be read
	told   func(error)
	said   string // what told was told last of such a file
}

// Open reads the keys of a data folder, which is made when it is not there. A
// folder without keys.json has no keys; a file that cannot be read is a
// [*FileError].
func Open(dir string) (*Ring, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &FileError{dir, hint.Reason(err), accessHint}
	}
	r := &Ring{dir: dir, now: time.Now}
	r.look()
	if r.err != nil {
		return nil, r.err
	}
	return r, nil
}

// Tell has told called, from now on, with nil when the file was read again, and once
// with the [*FileError] when it cannot be. It must not call the ring.
func (r *Ring) Tell(told func(error)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told = told
}

// Look reads the file again, whether or not it seems to have changed.
func (r *Ring) Look() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.looked = r.now()
	r.load()
	r.tell()
}

// Any reports whether there are keys, revoked and expired ones included: that
// the last one was revoked does not open a service to all. Neither does a first
// file that cannot be read: then it gives true, and the [*FileError].
func (r *Ring) Any() (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refresh()
	return len(r.keys) > 0 || r.err != nil, r.lost()
}

// AllowsOrigin reports whether a key that is good at a time may be used by pages of
// an origin.
func (r *Ring) AllowsOrigin(origin string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refresh()
	return slices.ContainsFunc(r.keys, func(s stored) bool {
		return s.State(now) == IsActive && s.AllowsOrigin(origin)
	})
}

// lost says why nobody can be let in: the file cannot be read, and no keys were read
// before. A ring that has keys goes on with them.
func (r *Ring) lost() error {
	if len(r.keys) > 0 {
		return nil
	}
	return r.err
}

// Check gives the key whose text a caller sent. now is compared with its expiry.
// The errors are a [*Refusal], or a [*FileError] when nobody can be let in: there are
// no keys but those that cannot be read. The
// lists in the key must not be changed.
func (r *Ring) Check(text string, now time.Time) (*Key, error) {
	if text == "" {
		return nil, &Refusal{Reason: Missing}
	}
	id, ok := readText(text)
	if !ok {
		return nil, &Refusal{Reason: Malformed}
	}
	s, err := r.find(id)
	if err != nil {
		return nil, err
	}
	// The ID is no secret, so that finding it may take what time it takes.
	sum := sha256.Sum256([]byte(text))
	if s == nil || subtle.ConstantTimeCompare(sum[:], s.SHA256[:]) != 1 {
		return nil, &Refusal{Reason: Unknown, ID: id}
	}
	k := s.Key
	switch k.State(now) {
	case IsRevoked:
		return nil, &Refusal{Reason: Revoked, ID: id, Since: k.Revoked}
	case IsExpired:
		return nil, &Refusal{Reason: Expired, ID: id, Since: k.Expires}
	}
	return &k, nil
}

func (r *Ring) find(id string) (*stored, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refresh()
	if r.byID[id] == nil && r.err == nil {
		// It may have been made within the last second. To look costs one stat of the file.
		r.look()
	}
	return r.byID[id], r.lost()
}

// List gives all keys in the order in which they were made, revoked ones
// included, each with the day of its last use as usage.json has it.
func (r *Ring) List() ([]Key, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	if r.err != nil {
		return nil, r.err
	}
	used, _ := readTallies(filepath.Join(r.dir, usageFile)) // damaged: it is not known
	list := make([]Key, len(r.keys))
	for i, s := range r.keys {
		list[i] = s.Key
		list[i].LastUsed = used[s.ID].day()
	}
	return list, nil
}

// Create makes a key. Its text is given this once, and is kept nowhere. What the
// params lack is a [*ParamError].
func (r *Ring) Create(p Params) (text string, k Key, err error) {
	err = r.change(func() error {
		if k, err = p.key(r.now()); err != nil {
			return err
		}
		for _, s := range r.keys {
			if s.ID == k.Name || s.Name == k.Name && s.Revoked.IsZero() {
				return &ParamError{
					"name", fmt.Errorf("there is a key %q already", k.Name),
					"choose another, or revoke that one first",
				}
			}
		}
		if len(r.keys) >= maxKeys {
			return &FileError{
				r.path(), fmt.Errorf("it has %d keys already", maxKeys),
				"take revoked keys out of it by hand while no offprint runs",
			}
		}
		for k.ID == "" || r.byID[k.ID] != nil || r.named(k.ID) != nil {
			k.ID, text = newText()
		}
		r.keys = append(r.keys, stored{k, sha256.Sum256([]byte(text))})
		return nil
	})
	if err != nil {
		return "", Key{}, err
	}
	return text, k, nil
}

// Revoke ends a key for good, by its ID or, of those that are not revoked, by
// its name. Services that run take it no more within a second. A key that is
// revoked already stays as it is. [ErrNotFound] says that there is no such key.
func (r *Ring) Revoke(idOrName string) (k Key, err error) {
	err = r.change(func() error {
		s := r.byID[idOrName]
		if s == nil {
			s = r.named(idOrName)
		}
		if s == nil {
			return fmt.Errorf("revoke key %.80q: %w", idOrName, ErrNotFound)
		}
		if s.Revoked.IsZero() {
			s.Revoked = r.now().UTC().Truncate(time.Second)
		}
		k = s.Key
		return nil
	})
	return k, err
}

// named gives the key of a name: one that is not revoked before those that are.
func (r *Ring) named(name string) *stored {
	var found *stored
	for i := range r.keys {
		if s := &r.keys[i]; s.Name == name && (found == nil || !found.Revoked.IsZero()) {
			found = s
		}
	}
	return found
}

// change lets edit change the newest keys while nobody else does, and writes
// them down. When that fails, nothing has changed.
func (r *Ring) change(edit func() error) error {
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	lock, err := filelock.Wait(ctx, filepath.Join(r.dir, lockFile))
	if err != nil {
		return &FileError{r.path(), err, "if no other offprint is changing keys: " + accessHint}
	}
	defer lock.Release()

	r.mu.Lock()
	defer r.mu.Unlock()
	r.load()
	if r.err != nil {
		return r.err
	}
	before := r.keys
	r.keys = slices.Clone(before)
	r.index()
	err = edit()
	if err == nil {
		err = r.write()
	}
	r.keys = before
	r.index()
	r.load() // what is on the disk is what holds
	return err
}

// refresh looks at the file, at most once in lookEvery. A clock that was put
// back does not keep it from looking.
func (r *Ring) refresh() {
	if since := r.now().Sub(r.looked); since < 0 || since >= lookEvery {
		r.look()
	}
}

// look reads the file again when it is another than the one that was read, or could
// not be read.
func (r *Ring) look() {
	r.looked = r.now()
	info, err := os.Stat(r.path())
	switch {
	case errors.Is(err, fs.ErrNotExist) && r.seen == nil:
	case err != nil:
		// Also when it is gone: a ring that had keys is never one without.
		r.fail(hint.Reason(err), accessHint)
		r.tell()
	case r.err == nil && r.hasSeen(info):
	default:
		r.load()
		r.tell()
	}
}

// tell says what became of a reading. What was said of a file that still cannot be
// read is not said again.
func (r *Ring) tell() {
	said := ""
	if r.err != nil {
		said = r.err.Error()
	}
	if r.told != nil && (said == "" || said != r.said) {
		r.told(r.err)
	}
	r.said = said
}

// hasSeen reports whether the file is the one that was read last, unchanged.
func (r *Ring) hasSeen(info fs.FileInfo) bool {
	return r.seen != nil && os.SameFile(info, r.seen) &&
		info.ModTime().Equal(r.seen.ModTime()) && info.Size() == r.seen.Size()
}

// fail leaves the keys as they were read last.
func (r *Ring) fail(err error, hint string) { r.err = &FileError{r.path(), err, hint} }

func (r *Ring) path() string { return filepath.Join(r.dir, keysFile) }

// index makes byID anew.
func (r *Ring) index() {
	r.byID = make(map[string]*stored, len(r.keys))
	for i := range r.keys {
		r.byID[r.keys[i].ID] = &r.keys[i]
	}
}
