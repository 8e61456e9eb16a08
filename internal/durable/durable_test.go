package durable

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// names lists a folder.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range list {
		all = append(all, entry.Name())
	}
	return all
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %.40q, %v; want %.40q", filepath.Base(path), got, err, want)
	}
}

// onFlush sees what is flushed, until the test ends; its error is the flush's.
func onFlush(t *testing.T, see func(*os.File) error) {
	t.Helper()
	was := flush
	flush = see
	t.Cleanup(func() { flush = was })
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o600} {
		if err := WriteFile(path, []byte(mode.String()), mode); err != nil {
			t.Fatal(err)
		}
		wantFile(t, path, mode.String())
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("mode %v, %v; want %v", info.Mode(), err, mode)
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{"file"}) {
		t.Errorf("the folder holds %q", got)
	}
}

// What a crash left does not give the new file its bytes or its mode.
func TestWriteFileAfterACrash(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.WriteFile(path+tempSuffix, []byte("half of a much longer file"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantFile(t, path, "new")
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"file"}) {
		t.Errorf("the folder holds %q", got)
	}
}

// The bytes are on the disk before the name is, and the name before WriteFile returns.
func TestOrder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	var seen []string
	onFlush(t, func(f *os.File) error {
		now, err := os.ReadFile(path)
		seen = append(seen, fmt.Sprintf("%s while the file is %s", filepath.Base(f.Name()), now))
		return errors.Join(err, f.Sync())
	})
	if err := WriteFile(path, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []string{"file.tmp while the file is old", filepath.Base(dir) + " while the file is new"}
	if !slices.Equal(seen, want) {
		t.Errorf("flushed %q, want %q", seen, want)
	}
}

// After an error the old file is as it was, and nothing lies beside it.
func TestFailure(t *testing.T) {
	full := &fs.PathError{Op: "sync", Path: "file", Err: syscall.ENOSPC}
	t.Run("no space", func(t *testing.T) {
		dir := t.TempDir()
		path := filepath.Join(dir, "file")
		if err := WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		onFlush(t, func(*os.File) error { return full })
		if err := WriteFile(path, []byte("new"), 0o600); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("error %v, want no space", err)
		}
		wantFile(t, path, "old")
		if got := names(t, dir); !slices.Equal(got, []string{"file"}) {
			t.Errorf("the folder holds %q", got)
		}
	})
	t.Run("a folder has the name", func(t *testing.T) {
		dir := t.TempDir()
		path := filepath.Join(dir, "file")
		if err := os.MkdirAll(filepath.Join(path, "below"), 0o700); err != nil {
			t.Fatal(err)
		}
		var link *os.LinkError
		if err := WriteFile(path, []byte("new"), 0o600); !errors.As(err, &link) {
			t.Errorf("error %v, want a LinkError", err)
		}
		if got := names(t, dir); !slices.Equal(got, []string{"file"}) {
			t.Errorf("the folder holds %q", got)
		}
	})
	t.Run("no folder", func(t *testing.T) {
		var path *fs.PathError
		if err := WriteFile(filepath.Join(t.TempDir(), "none", "file"), nil, 0o600); !errors.As(err, &path) {
			t.Errorf("error %v, want a PathError", err)
		}
	})
}

// TestSync: a system that flushes no folders is forgiven, a disk that fails is not.
func TestSync(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		err     error
		forgive bool
	}{
		{nil, true},
		{syscall.EINVAL, true},
		{syscall.ENOTSUP, true},
		{errors.ErrUnsupported, true},
		{syscall.EACCES, true},
		{syscall.EIO, false},
		{syscall.ENOSPC, false},
	} {
		onFlush(t, func(f *os.File) error {
			if c.err == nil {
				return nil
			}
			return &fs.PathError{Op: "sync", Path: f.Name(), Err: c.err}
		})
		if err := SyncFolder(dir); (err == nil) != c.forgive {
			t.Errorf("%v became %v", c.err, err)
		}
	}
	if err := SyncFolder(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

// TestCreateFile: of many who create one file, one does, and all others find its whole
// bytes.
func TestCreateFile(t *testing.T) {
	const size = 1 << 16
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	var made atomic.Int32
	var group sync.WaitGroup
	for n := range byte(16) {
		group.Go(func() {
			switch err := CreateFile(path, bytes.Repeat([]byte{n}, size), 0o600); {
			case err == nil:
				made.Add(1)
			case !errors.Is(err, fs.ErrExist):
				t.Error(err)
			}
			if got, err := os.ReadFile(path); err != nil || len(got) != size || bytes.Count(got, got[:1]) != size {
				t.Errorf("%d bytes that are not one whole file, %v", len(got), err)
			}
		})
	}
	group.Wait()
	if made.Load() != 1 {
		t.Errorf("%d made it, want one", made.Load())
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"file"}) {
		t.Errorf("the folder holds %q", got)
	}
}

// Where there are no links, the file is made in place, and never over another.
func TestCreateInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := createInPlace(path, []byte("first"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := createInPlace(path, []byte("second"), 0o600); !errors.Is(err, fs.ErrExist) {
		t.Errorf("second: %v", err)
	}
	wantFile(t, path, "first")
	for err, want := range map[error]bool{syscall.EPERM: true, syscall.ENOTSUP: true, syscall.EEXIST: false, syscall.ENOSPC: false} {
		if got := cannotLink(&os.LinkError{Op: "link", Err: err}); got != want {
			t.Errorf("%v: no links %v, want %v", err, got, want)
		}
	}
}

// Sizes of the files that TestKilled writes: many writes of the system's, so that it
// can be killed in the middle of one.
const (
	killedSize   = 4 << 20
	killedRounds = 8
)

// TestKilled: whenever a program is killed that writes a file over and over, the file
// is one of those that it wrote, and whole.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("OFFPRINT_TEST_DURABLE"); dir != "" {
		for n := byte('a'); ; n++ {
			if err := WriteFile(filepath.Join(dir, "file"), bytes.Repeat([]byte{n}, killedSize), 0o600); err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Println("written")
		}
	}
	dir := t.TempDir()
	for round := range killedRounds {
		writer := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		writer.Env = append(os.Environ(), "OFFPRINT_TEST_DURABLE="+dir)
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil || strings.TrimSpace(line) != "written" {
			t.Errorf("the writer says %q, %v", line, err)
		}
		time.Sleep(time.Duration(round) * 3 * time.Millisecond)
		writer.Process.Kill()
		writer.Wait()
		got, err := os.ReadFile(filepath.Join(dir, "file"))
		if err != nil || len(got) != killedSize || bytes.Count(got, got[:1]) != killedSize {
			t.Errorf("round %d: %d bytes that are not one whole file, %v", round, len(got), err)
		}
	}
	if err := WriteFile(filepath.Join(dir, "file"), []byte("after"), 0o600); err != nil {
		t.Errorf("after the last crash: %v", err)
	}
}
