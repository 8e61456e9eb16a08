package queue

import (
	"context"
	"strings"
	"testing"

	"github.com/riverqueue/river/rivermigrate"
)

// olderDatabase makes a data folder as the program left it that knew the first
// steps of the schema, with a job of each kind that is finished and one that is
// not.
func olderDatabase(t *testing.T, steps int) (dir string) {
	t.Helper()
	dir, ctx := t.TempDir(), context.Background()
	engine := sqliteEngine{dir}
	db, err := engine.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	migrator, err := rivermigrate.New(engine.driver(db), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		t.Fatal(err)
	}
	if err := engine.upgrade(ctx, db, schemas[:steps]); err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`
		INSERT INTO offprint_job (id, kind, state, created, due, finished, attempts, source, request, result)
			VALUES ('DONE', 'pdf', 'done', 1700000000000, 0, 1700000001000, 1, 'https://news.example/1', '{}', '{"pdf":"/v1/pdf/1.pdf"}');
		INSERT INTO offprint_job (id, kind, state, created, due, source, request, task)
			VALUES ('WAITING', 'email', 'queued', 1700000000000, 0, 'https://news.example/2', '{}', 1);
		INSERT INTO offprint_delivery (job, place, recipient, address_key, details, state, open, updated)
			VALUES ('WAITING', 0, 'reader0@example.com', 'reader0@example.com', '{}', 'queued', 1, 1700000000000);
		INSERT INTO river_job (id, args, kind, max_attempts, queue, state)
			VALUES (1, '{"job":"WAITING"}', 'offprint_render', 1000, 'render', 'available');`)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestUpgrade: a database of each older version is brought up to date with all
// that is in it, and its jobs are done.
func TestUpgrade(t *testing.T) {
	for steps := 1; steps < len(schemas); steps++ {
		ctx, dir := context.Background(), olderDatabase(t, steps)
		q := openQueue(t, func(o *Options) { o.Dir = dir })
		j, err := q.Job(ctx, "DONE")
		if err != nil || j.State != Done || j.Result.PDF != "/v1/pdf/1.pdf" || j.Callback != "" || j.CallbackData != nil {
			t.Errorf("from version %d: %+v, %v", steps, j, err)
		}
		e := &ear{}
		work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{&postman{}}, Caller: e})
		waitFor(t, q, "WAITING", Done)
		j = submit(t, q, Submission{Kind: PDF, Callback: hook})
		waitForEvents(t, q, j.ID, 1, EventDelivered)
		if n := len(e.heard()); n != 1 {
			t.Errorf("%d calls, want none for the jobs that had no callback", n)
		}
	}
}

// TestSameTablesEitherWay: a new database has the tables that an older one gets.
func TestSameTablesEitherWay(t *testing.T) {
	tables := func(q *Queue) (text string) {
		rows, err := q.db.Query(`SELECT name, sql FROM sqlite_master WHERE name LIKE 'offprint%' ORDER BY name`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name, sql string
			if err := rows.Scan(&name, &sql); err != nil {
				t.Fatal(err)
			}
			text += name + ": " + sql + "\n"
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return text
	}
	older := olderDatabase(t, 1)
	a, b := tables(openQueue(t)), tables(openQueue(t, func(o *Options) { o.Dir = older }))
	if a != b || !strings.Contains(a, "offprint_event_waiting") {
		t.Errorf("new\n%s\nupgraded\n%s", a, b)
	}
}

// TestDatabaseOfTheFuture is left alone.
func TestDatabaseOfTheFuture(t *testing.T) {
	q := openQueue(t)
	if _, err := q.db.Exec(`PRAGMA user_version = 99`); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), Options{Dir: q.options.Dir})
	if err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("error %v", err)
	}
}
