package queue

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"offprint/internal/filelock"
)

//go:embed schema.sql
var schemaSQL string

//go:embed schema_2.sql
var schema2SQL string

//go:embed schema_3.sql
var schema3SQL string

//go:embed schema_4.sql
var schema4SQL string

// schemas are the steps to the tables of today: those of version n need the nth
// and what follows it. A step that was published is never changed.
var schemas = []string{schemaSQL, schema2SQL, schema3SQL, schema4SQL}

// sqliteEngine is the engine of a single machine: one file in the data folder, pure
// Go, and locks on files beside it.
type sqliteEngine struct{ dir string }

// Names in the data folder.
const (
	databaseFile = "offprint.db"
	migrateLock  = "migrate.lock"
	workerLock   = "worker.lock"
)

func (e sqliteEngine) file() string { return filepath.Join(e.dir, databaseFile) }

func (e sqliteEngine) exists() bool {
	info, err := os.Stat(e.file())
	return err == nil && info.Mode().IsRegular()
}

func (e sqliteEngine) open() (*sql.DB, error) {
	// Readers' addresses are in it: SQLite gives its other files the same mode.
	file, err := os.OpenFile(e.file(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	file.Close()
	settings := url.Values{
		"_pragma": {
			"auto_vacuum(INCREMENTAL)", // first: it holds for a file that is still empty
			"journal_mode(WAL)",
			"synchronous(FULL)", // WAL's default loses the last commits in a power cut
			"busy_timeout(10000)",
			"foreign_keys(ON)",
			"secure_delete(ON)", // erased addresses do not stay in free pages
		},
		"_txlock": {"immediate"}, // a transaction that reads first cannot fail for a lock later
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: e.file()}).EscapedPath()+"?"+settings.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer; the pool is where the others wait
	return db, nil
}

func (e sqliteEngine) openReader() (*sql.DB, error) {
	settings := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)"}}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: e.file()}).EscapedPath()+"?"+settings.Encode())
}

func (sqliteEngine) driver(db *sql.DB) riverdriver.Driver[*sql.Tx] { return riversqlite.New(db) }

func (e sqliteEngine) lockTables(ctx context.Context) (release func(), err error) {
	lock, err := filelock.Wait(ctx, filepath.Join(e.dir, migrateLock))
	if err != nil {
		return nil, err
	}
	return lock.Release, nil
}

func (e sqliteEngine) lockWork() (release func(), err error) {
	lock, err := filelock.Try(filepath.Join(e.dir, workerLock))
	if errors.Is(err, filelock.ErrHeld) {
		return nil, ErrWorking
	}
	if err != nil {
		return nil, err
	}
	return lock.Release, nil
}

func (e sqliteEngine) createTables(ctx context.Context, db *sql.DB) error {
	return e.upgrade(ctx, db, schemas)
}

// upgrade takes the steps that a database lacks, all or none.
func (sqliteEngine) upgrade(ctx context.Context, db *sql.DB, schemas []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch {
	case version == len(schemas):
		return nil
	case version > len(schemas):
		return fmt.Errorf("%w (%d, not %d)", ErrNewer, version, len(schemas))
	}
	for _, step := range schemas[version:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(schemas))); err != nil {
		return err
	}
	return tx.Commit()
}

// rescue gives back the attempt, too: it was not the job's fault. And it does
// not wait for the dead leader's term to run out, which takes up to 15 s in which
// nothing that is scheduled would become due.
func (sqliteEngine) rescue(ctx context.Context, tx *sql.Tx) (int64, error) {
	if _, err := tx.ExecContext(ctx, "DELETE FROM river_leader"); err != nil {
		return 0, err
	}
	r, err := tx.ExecContext(ctx, `
		UPDATE river_job SET state = 'available', attempt = max(attempt - 1, 0)
		WHERE state = 'running'`)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (sqliteEngine) hasten(ctx context.Context, tx *sql.Tx, now time.Time, longest waits) (int64, error) {
	r, err := tx.ExecContext(ctx, `
		UPDATE river_job SET state = 'available', scheduled_at = $1
		WHERE state IN ('available', 'scheduled', 'retryable') AND (
			kind = $2 AND scheduled_at > $3
			OR kind = $4 AND scheduled_at > $5
				AND id IN (SELECT task FROM offprint_job WHERE finished IS NULL AND attempts > 0)
			OR kind = $6 AND scheduled_at > $7
			OR state = 'available' AND scheduled_at > $8)`,
		riverTime(now),
		deliverArgs{}.Kind(), riverTime(now.Add(longest.mail)),
		renderArgs{}.Kind(), riverTime(now.Add(longest.render)),
		callArgs{}.Kind(), riverTime(now.Add(longest.call)),
		riverTime(now.Add(longest.ready)))
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// riverTime writes a time as riversqlite does; no other form compares well.
func riverTime(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000") }

// scrub waits for readers in other processes, whose view of the past keeps the
// log from being cut.
func (sqliteEngine) scrub(ctx context.Context, db *sql.DB) error {
	for range 50 {
		var busy, logged, moved int
		if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &moved); err != nil {
			return err
		}
		if busy == 0 {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("the database is in use elsewhere, so the text still stands in its log: erase again")
}

// The modes of auto_vacuum are numbers; this one lets shrink give pages back.
const incremental = 2

// makeShrinkable writes the whole file anew, once, which is the only way to another
// auto_vacuum. It takes twice the file's size for a while. Where that is missing, or
// another process uses the file, the database stays as it is and is tried again at the
// next start.
func (e sqliteEngine) makeShrinkable(ctx context.Context, db *sql.DB) error {
	var mode int
	if err := db.QueryRowContext(ctx, "PRAGMA auto_vacuum").Scan(&mode); err != nil || mode == incremental {
		return err
	}
	info, err := os.Stat(e.file())
	if err != nil {
		return err
	}
	if free := freeSpace(e.dir); free < 3*info.Size() {
		return fmt.Errorf("%d bytes are free, and it takes %d", free, 3*info.Size())
	}
	release, err := e.lockWork()
	if err != nil {
		return err
	}
	defer release()
	if _, err := db.ExecContext(ctx, "PRAGMA auto_vacuum = INCREMENTAL"); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	return e.cutLog(ctx, db)
}

const (
	sparePages  = 256  // that are left for what comes next, 4 kB each
	shrinkPages = 1024 // given back at a time, so that others get their turn
)

func (e sqliteEngine) shrink(ctx context.Context, db *sql.DB) error {
	gave := false
	for {
		var free int
		if err := db.QueryRowContext(ctx, "PRAGMA freelist_count").Scan(&free); err != nil {
			return err
		}
		free -= sparePages
		if free <= 0 {
			break
		}
		before := free
		if err := e.giveBack(ctx, db, min(free, shrinkPages)); err != nil {
			return err
		}
		if err := db.QueryRowContext(ctx, "PRAGMA freelist_count").Scan(&free); err != nil {
			return err
		}
		if free-sparePages >= before { // an older file, which keeps what it has
			break
		}
		gave = true
	}
	if !gave {
		return nil
	}
	return e.cutLog(ctx, db)
}

// giveBack frees pages at the file's end; each row of the answer stands for one.
func (sqliteEngine) giveBack(ctx context.Context, db *sql.DB, pages int) error {
	rows, err := db.QueryContext(ctx, fmt.Sprintf("PRAGMA incremental_vacuum(%d)", pages))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// cutLog moves the log into the file, which only then becomes shorter. Readers in
// other processes may keep it from that until the next time.
func (sqliteEngine) cutLog(ctx context.Context, db *sql.DB) error {
	var busy, logged, moved int
	return db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &moved)
}

// full also counts errors of the file system beneath, since SQLite reports a
// disk that fills up while the log grows as one of those.
func (sqliteEngine) full(err error) bool {
	return isCode(err, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
}

func (sqliteEngine) damaged(err error) bool {
	return isCode(err, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
}

// isCode reports whether an error is SQLite's, with one of its primary codes.
func isCode(err error, codes ...int) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && slices.Contains(codes, e.Code()&0xff)
}
