package queue

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivermigrate"

	"offprint/internal/durable"
)

// Errors that callers tell apart.
var (
	ErrNotFound  = errors.New("no such job")
	ErrFinished  = errors.New("the job is finished")
	ErrNoRetry   = errors.New("nothing in the job can be tried again")
	ErrMismatch  = errors.New("the idempotency key was used for another request")
	ErrFull      = errors.New("no space left for the queue: free some, or shorten the retention")
	ErrCancelled = errors.New("the job was cancelled")
	ErrNewer     = errors.New("the database is of a newer version of the program")
	ErrDamaged   = errors.New("the database is damaged")
)

// Options of a queue. Dir is needed; the zero value of each other field is its
// default.
type Options struct {
	// Dir is the data folder; it is made when it is not there.
	Dir string
	// Secret keys the hashes of the suppression list, 32 bytes or more. Empty: one
	// is made and kept in the data folder.
	Secret []byte
	// Retention is for how long a finished job can be asked for. 0: 7 days.
	Retention time.Duration
	// Now is the clock. Nil: the system's.
	Now func() time.Time
	// Log is told what the worker does, without readers' addresses. Nil: nothing is.
	Log *slog.Logger
}

const (
	defaultRetention = 7 * 24 * time.Hour
	secretFile       = "queue.secret" // in the data folder
)

// Queue is the durable queue in a data folder. Any number of processes may open
// it, to submit and to ask; one of them may [Queue.Work].
type Queue struct {
	options Options
	engine  engine
	db      *sql.DB
	client  *river.Client[*sql.Tx] // submits; the one that works is Work's own
}

// Open opens the queue in a data folder and brings its tables up to date.
func Open(ctx context.Context, o Options) (*Queue, error) {
	o.setDefaults()
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	if err := o.loadSecret(); err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	q := &Queue{options: o, engine: engineFor(o.Dir)}
	var err error
	if q.db, err = q.engine.open(); err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	if err := q.migrate(ctx); err != nil {
		q.db.Close()
		if q.engine.damaged(err) {
			err = fmt.Errorf("%w (%w)", ErrDamaged, err)
		}
		return nil, fmt.Errorf("open queue: %w", err)
	}
	q.client, err = river.NewClient(q.engine.driver(q.db), q.riverConfig())
	if err != nil {
		q.db.Close()
		return nil, fmt.Errorf("open queue: %w", err)
	}
	return q, nil
}

// Close closes the database. A worker must have ended before.
func (q *Queue) Close() error { return q.db.Close() }

// River is the client beneath, for internal/jobpages alone.
func (q *Queue) River() *river.Client[*sql.Tx] { return q.client }

func (o *Options) setDefaults() {
	if o.Retention <= 0 {
		o.Retention = defaultRetention
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// loadSecret reads the secret of the suppression list, or makes it.
func (o *Options) loadSecret() error {
	if len(o.Secret) > 0 {
		if len(o.Secret) < 32 {
			return fmt.Errorf("secret of the suppression list: %d bytes, want 32 at least", len(o.Secret))
		}
		return nil
	}
	name := filepath.Join(o.Dir, secretFile)
	fresh := make([]byte, 32)
	rand.Read(fresh)
	err := durable.CreateFile(name, fresh, 0o600)
	if errors.Is(err, fs.ErrExist) {
		o.Secret, err = readSecret(name)
		return err
	}
	o.Secret = fresh
	return err
}

// migrate brings River's tables and ours up to date. Processes that start at
// the same time take turns.
func (q *Queue) migrate(ctx context.Context) error {
	release, err := q.engine.lockTables(ctx)
	if err != nil {
		return err
	}
	defer release()
	migrator, err := rivermigrate.New(q.engine.driver(q.db), &rivermigrate.Config{Logger: q.riverLog()})
	if err != nil {
		return fmt.Errorf("bring tables up to date: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("bring tables up to date: %w", err)
	}
	if err := q.engine.createTables(ctx, q.db); err != nil {
		return fmt.Errorf("bring tables up to date: %w", err)
	}
	if err := q.engine.makeShrinkable(ctx, q.db); err != nil && !errors.Is(err, ErrWorking) {
		q.options.Log.Warn("the database stays as large as it was once", "error", err)
	}
	return nil
}

// riverConfig is what the submitting and the working client share.
func (q *Queue) riverConfig() *river.Config {
	c := &river.Config{Logger: q.riverLog(), RetryPolicy: ownFailures{q.now}}
	if q.options.Now != nil {
		c.Test.Time = clock{q.options.Now}
	}
	return c
}

func (q *Queue) now() time.Time {
	if q.options.Now == nil {
		return time.Now()
	}
	return q.options.Now()
}

// clock gives our clock to River.
type clock struct{ now func() time.Time }

func (c clock) Now() time.Time { return c.now() }

func (c clock) NowOrNil() *time.Time {
	now := c.now()
	return &now
}
