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
	log := &strings.Builder{}
	ring, err := openKeyring(dir, slog.New(slog.NewTextHandler(log, nil)))
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
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) { // the file is looked at once a second
		any, err := ring.Any()
		if p, ok := problem.As(err); ok && any && p.Code() == problem.Busy {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("with a damaged file: %v, %v", any, err)
		}
	}
	if !strings.Contains(log.String(), "keys.json") || strings.Contains(log.String(), text) {
		t.Errorf("the log does not say why: %s", log)
	}
}
