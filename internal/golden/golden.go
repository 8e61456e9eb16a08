package golden

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
)

// UpdateVar is the environment variable that makes tests write their golden
// files: UPDATE_GOLDEN=1 go test ./...
const UpdateVar = "UPDATE_GOLDEN"

// Folder is a folder of golden files, all of which one test checks.
type Folder struct {
	t    testing.TB
	path string

	mu    sync.Mutex
	asked map[string]bool // by slash path below the folder
}

// Open takes the folder at path, such as "testdata/golden". When t ends, every
// file in it that was not checked fails the test, unless the run was narrowed
// with -run or -skip.
func Open(t testing.TB, path string) *Folder {
	t.Helper()
	f := &Folder{t: t, path: path, asked: map[string]bool{}}
	if !narrowed() {
		t.Cleanup(f.checkUnused)
	}
	return f
}

// Check compares got with the file called name. Call it with the t of the
// subtest that made got.
func (f *Folder) Check(t testing.TB, name string, got []byte) {
	t.Helper()
	f.mu.Lock()
	f.asked[filepath.ToSlash(name)] = true
	f.mu.Unlock()

	file := filepath.Join(f.path, name)
	if os.Getenv(UpdateVar) == "1" {
		if err := write(file, got); err != nil {
			t.Errorf("update golden file: %v", err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Errorf("golden file %s is missing: %s=1 writes it", file, UpdateVar)
		return
	}
	if err != nil {
		t.Errorf("read golden file: %v", err)
		return
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs (%s=1 accepts it):\n%s", file, UpdateVar, diff.Diff("want", want, "got", got))
	}
}

// checkUnused fails on files that nothing asked for: their test is gone. A
// folder that is not there has none.
func (f *Folder) checkUnused() {
	err := filepath.WalkDir(f.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(f.path, path)
		if err == nil && !f.asked[filepath.ToSlash(name)] {
			f.t.Errorf("golden file %s: no test checks it; delete it", path)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.t.Errorf("list golden files: %v", err)
	}
}

func write(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

// narrowed reports whether the run leaves some tests out.
func narrowed() bool {
	for _, name := range []string{"test.run", "test.skip"} {
		if f := flag.Lookup(name); f != nil && f.Value.String() != "" {
			return true
		}
	}
	return false
}
