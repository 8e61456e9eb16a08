package service

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/keys"
	"offprint/internal/problem"
)

// The server is told in its own words why no key is taken, and never takes a ring
// that lost its keys for one that has none.
func TestKeyring(t *testing.T) {
	dir := t.TempDir()
	ring, err := openKeyring(dir, slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer ring.Close()
	if any, err := ring.Any(); any || err != nil {
		t.Errorf("without keys: %v, %v", any, err)
	}
	text, key, err := ring.ring.Create(keys.Params{Name: "cms", Scopes: []keys.Scope{keys.Print}})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ring.Check(text, time.Now()); err != nil || got.ID() != key.ID {
		t.Errorf("a good key: %v", err)
	}
	if _, err := ring.ring.Revoke(key.ID); err != nil {
		t.Fatal(err)
	}
	_, err = ring.Check(text, time.Now())
	if p, ok := problem.As(err); !ok || p.Code() != problem.Unauthorized || p.Hint == "" {
		t.Errorf("a revoked key: %v", err)
	}
	if any, err := ring.Any(); !any || err != nil {
		t.Errorf("after the last key was revoked: %v, %v", any, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "keys.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	lost, err := openKeyring(dir, slog.Default())
	if err == nil {
		lost.Close()
		t.Error("a service begins without its keys")
	}
	// It goes on with what it had, and says so once.
	var told []error
	ring.ring.Tell(func(err error) { told = append(told, err) })
	for range 2 {
		ring.ring.Look()
		if any, err := ring.Any(); !any || err != nil {
			t.Errorf("with a damaged file: %v, %v", any, err)
		}
		_, err = ring.Check(text, time.Now())
		if p, ok := problem.As(err); !ok || p.Code() != problem.Unauthorized {
			t.Errorf("a revoked key with a damaged file: %v", err)
		}
	}
	if len(told) != 1 || told[0] == nil {
		t.Errorf("told of a damaged file: %v", told)
	}
}

// A service whose first keys cannot be read lets nobody in, and says why.
func TestFirstKeysDamaged(t *testing.T) {
	dir := t.TempDir()
	log := &strings.Builder{}
	ring, err := openKeyring(dir, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer ring.Close()
	if err := os.WriteFile(filepath.Join(dir, "keys.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	ring.ring.Look()
	any, err := ring.Any()
	if p, ok := problem.As(err); !ok || !any || p.Code() != problem.Busy {
		t.Errorf("with a damaged file: %v, %v", any, err)
	}
	if !strings.Contains(log.String(), "keys.json") {
		t.Errorf("the log does not say why: %s", log)
	}
}
