package livefile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A file in which each state is written, and what is told of it.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "words")
	write := func(words string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	reads := 0
	read := func() (string, error) {
		reads++
		data, err := os.ReadFile(path)
		if err == nil && strings.HasPrefix(string(data), "bad") {
			err = errors.New("it is bad")
		}
		return string(data), err
	}
	var told []error
	tell := func(err error) { told = append(told, err) }
	if _, err := Open([]string{path}, read, tell); err == nil {
		t.Fatal("a file that is not there is taken")
	}
	write("one")
	f, err := Open([]string{path}, read, tell)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	f.now = func() time.Time { return now }
	f.looked = now
	reads = 0
	expect := func(what, value string, wantReads, wantTold int) {
		t.Helper()
		for range 100 {
			if got := f.Get(); got != value {
				t.Fatalf("%s: %q, want %q", what, got, value)
			}
		}
		if reads != wantReads || len(told) != wantTold {
			t.Fatalf("%s: read %d times and told %d times, want %d and %d", what, reads, len(told), wantReads, wantTold)
		}
	}
	write("three")
	expect("within a second", "one", 0, 0)
	now = now.Add(lookEvery)
	expect("after it", "three", 1, 1)
	now = now.Add(time.Hour)
	expect("unchanged", "three", 1, 1)
	write("bad words")
	now = now.Add(lookEvery)
	expect("broken", "three", 2, 2)
	now = now.Add(lookEvery)
	expect("broken still", "three", 2, 2)
	os.Remove(path)
	now = now.Add(lookEvery)
	expect("gone", "three", 3, 3)
	now = now.Add(lookEvery)
	expect("gone still", "three", 3, 3)
	write("four")
	now = now.Add(-time.Hour)
	expect("back, by a clock that was put back", "four", 4, 4)
	// Another file of the same size and time in its place.
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".new", []byte("five"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chtimes(path+".new", info.ModTime(), info.ModTime()), os.Rename(path+".new", path)); err != nil {
		t.Fatal(err)
	}
	now = now.Add(lookEvery)
	expect("renamed", "five", 5, 5)
	// Asked for: at once, and whether or not it changed.
	var set Set
	set.Add(f)
	set.Look()
	expect("asked for", "five", 6, 6)
	for i, failed := range []bool{false, true, true, false, false, false} {
		if (told[i] != nil) != failed {
			t.Errorf("told %d: %v", i, told[i])
		}
	}
}
