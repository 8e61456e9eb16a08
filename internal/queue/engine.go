package queue

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river/riverdriver"
)

// engine is the database beneath, and all that SQLite and PostgreSQL do differently.
// A further engine is this interface in a file of its own, as sqlite.go has it, and a
// branch of [engineFor]. Beside transaction.go, which would have to begin transactions
// again that were broken off, no other file changes: TestSQLIsCommon keeps out of their
// SQL what only one of the two understands.
type engine interface {
	// exists reports whether there is a queue already.
	exists() bool
	// open opens the database, and makes it when it is not there. Every commit is
	// durable, and transactions run as if one followed the other. SQLite has that from
	// its single writer. PostgreSQL has it from SERIALIZABLE, and then breaks some
	// transactions off, which [Queue.transact] would have to begin again.
	open() (*sql.DB, error)
	// openReader opens a database that is there, to read in it alone while others
	// write. It makes and changes nothing.
	openReader() (*sql.DB, error)
	// driver is River's way to it.
	driver(db *sql.DB) riverdriver.Driver[*sql.Tx]
	// lockTables waits for its turn to bring tables up to date. Processes that start at
	// the same time need it: River's migration keeps none of them out.
	lockTables(ctx context.Context) (release func(), err error)
	// lockWork makes this process the only one that works, until release is called or
	// the process ends in any way. While another one works it fails with [ErrWorking]
	// at once.
	lockWork() (release func(), err error)
	// createTables makes or alters our own tables: those of schema.sql and the steps
	// that follow it. PostgreSQL has other words for two types; schema.sql says which.
	createTables(ctx context.Context, db *sql.DB) error
	// rescue makes River jobs that are marked as running available at once, and
	// ends the term of the client that led.
	rescue(ctx context.Context, tx *sql.Tx) (int64, error)
	// hasten makes River jobs due at once that wait longer than any pause of ours.
	// The first try to print is not among them: it may be scheduled for any time.
	hasten(ctx context.Context, tx *sql.Tx, now time.Time, longest waits) (int64, error)
	// scrub makes what was deleted unreadable in the files.
	scrub(ctx context.Context, db *sql.DB) error
	// makeShrinkable lets a database of an earlier version give space back from now on,
	// where there is room for that and nobody works.
	makeShrinkable(ctx context.Context, db *sql.DB) error
	// shrink gives the space of what was deleted back to the file system.
	shrink(ctx context.Context, db *sql.DB) error
	// full reports whether an error means that no space is left.
	full(err error) bool
	// damaged reports whether an error means that the file is no database any more.
	damaged(err error) bool
}

// engineFor chooses the engine of a data folder. One that has an address takes it from
// [Options], which [Open] hands on and a setting of internal/config/settings.go fills.
func engineFor(dir string) engine { return sqliteEngine{dir} }

// waits are how long River jobs of ours wait at most.
type waits struct {
	mail, render, call time.Duration
	ready              time.Duration // those that are as good as due
}

// Exists reports whether there is a queue in a data folder.
func Exists(dir string) bool { return engineFor(dir).exists() }
