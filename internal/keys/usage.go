package keys

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"

	"offprint/internal/durable"
	"offprint/internal/hint"
)

// Counted is what a quota bounds.
type Counted string

// What is counted.
const (
	Prints Counted = "prints"
	Mails  Counted = "mails"
)

// saveEvery is how often usage.json is written at most. A crash gives back what
// was used since.
const saveEvery = 5 * time.Second

// Usage counts what each key was used for on a day, UTC. One process at a time
// may count in a data folder, the one that serves. Its methods may be called from
// several goroutines.
type Usage struct {
	path string
	log  *slog.Logger

	saving sync.Mutex // one write at a time; taken before mu

	mu     sync.Mutex
	keys   map[string]tally
	dirty  bool
	timer  *time.Timer // of the next write; nil: none is due
	closed bool
}

// tally is what a key was used for on the day of its last use.
type tally struct {
	Day    string `json:"day"` // 2026-11-26
	Prints int    `json:"prints"`
	Mails  int    `json:"mails"`
}

// usageJSON is usage.json.
type usageJSON struct {
	Schema int              `json:"schema"`
	Keys   map[string]tally `json:"keys"` // by ID
}

// QuotaError says that a key's quota of the day does not suffice.
type QuotaError struct {
	What   Counted
	Limit  int
	Used   int       // before this request
	Wanted int       // by this request
	Resets time.Time // the next midnight UTC
}

func (e *QuotaError) Error() string {
	return fmt.Sprintf("use key: %d %s of %d a day are used, and %d more do not fit", e.Used, e.What, e.Limit, e.Wanted)
}

// Hint says what the caller can do about it.
func (e *QuotaError) Hint() string {
	if e.Wanted > e.Limit {
		return "ask for less at once, or ask whoever runs the service for a key with a larger quota"
	}
	return "try again after " + e.Resets.Format(time.RFC3339) +
		", or ask whoever runs the service for a key with a larger quota"
}

// LoadUsage takes up the counting in a data folder. When usage.json cannot be
// read it begins at zero and says so in the log: quotas are no reason not to
// serve. log may be nil.
func LoadUsage(dir string, log *slog.Logger) *Usage {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	u := &Usage{path: filepath.Join(dir, usageFile), log: log}
	var err error
	if u.keys, err = readTallies(u.path); err != nil {
		log.Warn("the quotas of all keys begin anew: their count cannot be read", "file", u.path, "error", err)
	}
	if u.keys == nil {
		u.keys = map[string]tally{}
	}
	return u
}

// readTallies reads usage.json. One that is not there is empty.
func readTallies(path string) (map[string]tally, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, hint.Reason(err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile))
	if err != nil {
		return nil, hint.Reason(err)
	}
	var whole usageJSON
	if err := json.Unmarshal(data, &whole); err != nil {
		return nil, err
	}
	if whole.Schema != schema {
		return nil, fmt.Errorf("its schema is %d, and this offprint reads %d", whole.Schema, schema)
	}
	for id, t := range whole.Keys {
		if t.day().IsZero() || t.Prints < 0 || t.Mails < 0 {
			return nil, fmt.Errorf("what it says of %.40q cannot be", id)
		}
	}
	return whole.Keys, nil
}

// Take counts n prints or mails for a key, or none of them: then a
// [*QuotaError] says when the quota begins anew.
func (u *Usage) Take(k *Key, what Counted, n int, now time.Time) error {
	if n < 0 || what != Prints && what != Mails {
		return fmt.Errorf("use key: %d %s cannot be counted", n, what)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	t := u.keys[k.ID].at(now)
	count, limit := &t.Prints, k.Quotas.PrintsPerDay
	if what == Mails {
		count, limit = &t.Mails, k.Quotas.MailsPerDay
	}
	if limit > 0 && n > limit-*count {
		return &QuotaError{What: what, Limit: limit, Used: *count, Wanted: n, Resets: t.day().AddDate(0, 0, 1)}
	}
	*count += min(n, math.MaxInt-*count)
	u.set(k.ID, t)
	return nil
}

// Return takes back what Take counted, for what was not done after all. What was
// counted on another day is forgotten already.
func (u *Usage) Return(k *Key, what Counted, n int, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	t := u.keys[k.ID].at(now)
	switch what {
	case Prints:
		t.Prints -= min(max(n, 0), t.Prints)
	case Mails:
		t.Mails -= min(max(n, 0), t.Mails)
	}
	u.set(k.ID, t)
}

// Touch notes that a key was used for something that is not counted, so that its
// last use can be told.
func (u *Usage) Touch(k *Key, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.set(k.ID, u.keys[k.ID].at(now))
}

// Used gives what a key was used for on the day.
func (u *Usage) Used(id string, now time.Time) (prints, mails int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	t := u.keys[id].at(now)
	return t.Prints, t.Mails
}

// set notes a change, which is written after a while. mu is held.
func (u *Usage) set(id string, t tally) {
	if u.keys[id] == t {
		return
	}
	u.keys[id] = t
	u.dirty = true
	u.schedule()
}

// schedule sees to it that what is new is written. mu is held.
func (u *Usage) schedule() {
	if u.timer != nil || u.closed {
		return
	}
	u.timer = time.AfterFunc(saveEvery, func() {
		if err := u.save(); err != nil {
			u.log.Error("the use of keys cannot be written down; it will be tried again", "file", u.path, "error", err)
		}
	})
}

// save writes usage.json if there is something new.
func (u *Usage) save() error {
	u.saving.Lock()
	defer u.saving.Unlock()
	u.mu.Lock()
	u.timer = nil
	if !u.dirty {
		u.mu.Unlock()
		return nil
	}
	data, err := json.Marshal(usageJSON{schema, u.keys})
	u.dirty = false
	u.mu.Unlock()
	if err == nil {
		err = durable.WriteFile(u.path, append(data, '\n'), 0o600)
	}
	if err != nil {
		u.mu.Lock()
		u.dirty = true
		u.schedule()
		u.mu.Unlock()
		return hint.Reason(err)
	}
	return nil
}

// Close writes down what is not yet. What is counted afterwards is lost.
func (u *Usage) Close() error {
	u.mu.Lock()
	u.closed = true
	if u.timer != nil {
		u.timer.Stop()
	}
	u.mu.Unlock()
	if err := u.save(); err != nil {
		return fmt.Errorf("write %s: %w", u.path, err)
	}
	return nil
}

// at gives the tally to count in at a time: of that day, or a fresh one. A tally
// of tomorrow stays, as two requests around midnight may come in any order; one
// of later days was made by a clock that ran wrong.
func (t tally) at(now time.Time) tally {
	today := now.UTC().Format(time.DateOnly)
	tomorrow := now.UTC().AddDate(0, 0, 1).Format(time.DateOnly)
	if t.Day == today || t.Day == tomorrow {
		return t
	}
	return tally{Day: today}
}

// day is the tally's day, zero when there is none.
func (t tally) day() time.Time {
	day, _ := time.Parse(time.DateOnly, t.Day)
	return day
}
