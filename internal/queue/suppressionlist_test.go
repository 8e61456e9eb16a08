package queue

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Whoever mails beside a service knows whom the service suppresses, at once, and
// while it writes; and makes nothing where there is no service.
func TestSuppressionList(t *testing.T) {
	ctx := t.Context()
	empty := filepath.Join(t.TempDir(), "none")
	if list, err := OpenSuppressionList(empty); list != nil || err != nil {
		t.Fatalf("no service: %v, %v", list, err)
	}
	if _, err := os.Stat(empty); !os.IsNotExist(err) {
		t.Errorf("the folder was made: %v", err)
	}

	q := openQueue(t)
	dir := q.options.Dir
	list, err := OpenSuppressionList(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	if !bytes.Equal(list.DeriveKey("x"), q.DeriveKey("x")) {
		t.Error("the keys differ")
	}
	a, b := address(t, "Reader@Example.com"), address(t, "other@example.com")
	is := func(want bool) {
		t.Helper()
		if got, err := list.Has(ctx, address(t, "reader@example.com")); got != want || err != nil {
			t.Errorf("suppressed: %v, %v; want %v", got, err, want)
		}
	}
	is(false)
	if err := q.Suppress(ctx, a); err != nil {
		t.Fatal(err)
	}
	is(true)
	// Neither waits for the other.
	rows, err := list.db.QueryContext(ctx, `SELECT mac FROM offprint_suppression`)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Suppress(ctx, b); err != nil {
		t.Error(err)
	}
	rows.Close()
	if err := q.Unsuppress(ctx, a); err != nil {
		t.Fatal(err)
	}
	is(false)
	if _, err := list.db.ExecContext(ctx, `DELETE FROM offprint_suppression`); err == nil {
		t.Error("it can write")
	}
	// With no service running, too.
	q.Close()
	list.Close()
	if list, err = OpenSuppressionList(dir); err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	if got, err := list.Has(ctx, b); !got || err != nil {
		t.Errorf("after the end: %v, %v", got, err)
	}
	// A secret that is lost or cut off is never replaced by a new one.
	if err := os.WriteFile(filepath.Join(dir, secretFile), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSuppressionList(dir); err == nil {
		t.Error("a damaged secret is taken")
	}
	os.Remove(filepath.Join(dir, secretFile))
	if _, err := OpenSuppressionList(dir); err == nil {
		t.Error("a database without its secret is taken")
	}
}
