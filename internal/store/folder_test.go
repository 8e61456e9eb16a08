package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"
)

func openFolder(t testing.TB, dir string) *Folder {
	t.Helper()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// files lists the files beneath a folder, without those of locks.
func files(t testing.TB, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(filepath.Dir(name)) != lockFolder {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func mustPut(t testing.TB, s Store, key Key, body string) {
	t.Helper()
	if _, err := s.Put(t.Context(), key, Meta{Type: "application/pdf", Name: "潮水.pdf", Pages: 3}, strings.NewReader(body)); err != nil {
		t.Fatal(err)
	}
}

// TestStores holds every kind of store to the promises of Store.
func TestStores(t *testing.T) {
	kinds := map[string]func(t *testing.T) Store{
		"folder": func(t *testing.T) Store { return openFolder(t, t.TempDir()) },
		"memory": func(*testing.T) Store { return &Memory{} },
	}
	key := ContentKey([]byte("key"))
	for name, open := range kinds {
		t.Run(name, func(t *testing.T) {
			s, ctx := open(t), t.Context()
			if _, err := s.Open(ctx, key); !errors.Is(err, ErrNotFound) {
				t.Fatalf("open before put: %v, want ErrNotFound", err)
			}
			if err := s.Delete(ctx, key); err != nil {
				t.Errorf("delete before put: %v", err)
			}
			mustPut(t, s, key, "first")
			old, err := s.Open(ctx, key)
			if err != nil {
				t.Fatal(err)
			}
			defer old.Close()

			mustPut(t, s, key, "second")
			if _, err := s.Put(ctx, key, Meta{}, iotest.ErrReader(errors.New("broken source"))); err == nil {
				t.Error("put from a broken source gave no error")
			}
			o, err := s.Open(ctx, key)
			if err != nil {
				t.Fatal(err)
			}
			defer o.Close()
			if body, _ := io.ReadAll(o); string(body) != "second" {
				t.Errorf("body %q, want the last whole one", body)
			}
			if o.Name != "潮水.pdf" || o.Pages != 3 || o.Size != 6 || o.SHA256 != ContentKey([]byte("second")) || time.Since(o.Modified) > time.Minute {
				t.Errorf("meta %+v", o.Meta)
			}
			if body, _ := io.ReadAll(old); string(body) != "first" {
				t.Errorf("the object that was open reads %q, want first", body)
			}
			if end, _ := o.Seek(0, io.SeekEnd); end != o.Size {
				t.Errorf("end at %d, want %d", end, o.Size)
			}

			if n, err := s.Expire(ctx, time.Now().Add(-time.Hour)); n != 0 || err != nil {
				t.Errorf("expired %d, %v; want none", n, err)
			}
			if n, err := s.Expire(ctx, time.Now().Add(time.Hour)); n != 1 || err != nil {
				t.Errorf("expired %d, %v; want 1", n, err)
			}
			if _, err := s.Open(ctx, key); !errors.Is(err, ErrNotFound) {
				t.Errorf("open after expiry: %v", err)
			}
		})
	}
}

// fullFile takes a number of bytes and then has no space, as a full disk or,
// when the last flush fails, a quota that is counted late.
type fullFile struct {
	left     int
	failSync bool
	*os.File
}

func (f *fullFile) Write(p []byte) (int, error) {
	n := min(f.left, len(p))
	f.left -= n
	if _, err := f.File.Write(p[:n]); err != nil {
		return 0, err
	}
	if n < len(p) {
		return n, syscall.ENOSPC
	}
	return n, nil
}

func (f *fullFile) Sync() error {
	if f.failSync {
		return syscall.EDQUOT
	}
	return f.File.Sync()
}

func TestDiskFull(t *testing.T) {
	body := bytes.Repeat([]byte("x"), 1000)
	cases := []struct {
		name string
		full fullFile
	}{
		{"at once", fullFile{left: 0}},
		{"in the body", fullFile{left: 500}},
		{"at the tail", fullFile{left: 1000}},
		{"within the tail", fullFile{left: 1010}},
		{"at the flush", fullFile{left: 1 << 20, failSync: true}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			s := openFolder(t, dir)
			key := ContentKey(body)
			mustPut(t, s, key, "before")
			s.create = func(name string) (file, error) {
				f, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
				return &fullFile{c.full.left, c.full.failSync, f}, err
			}
			_, err := s.Put(t.Context(), key, Meta{}, bytes.NewReader(body))
			if !errors.Is(err, ErrFull) {
				t.Errorf("error %v, want ErrFull", err)
			}
			if names := files(t, dir); len(names) != 1 {
				t.Errorf("left behind: %q", names)
			}
			o, err := s.Open(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			defer o.Close()
			if got, _ := io.ReadAll(o); string(got) != "before" {
				t.Errorf("object reads %.20q, want what was there before", got)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	dir := t.TempDir()
	s := openFolder(t, dir)
	s.MaxObject = 10
	if _, err := s.Put(t.Context(), Key{1}, Meta{}, strings.NewReader("0123456789")); err != nil {
		t.Errorf("as large as allowed: %v", err)
	}
	if _, err := s.Put(t.Context(), Key{2}, Meta{}, strings.NewReader("0123456789+")); !errors.Is(err, ErrTooLarge) {
		t.Errorf("larger: %v, want ErrTooLarge", err)
	}
	if names := files(t, dir); len(names) != 1 {
		t.Errorf("files %q, want one", names)
	}
}

// TestDamage cuts a file at every length: what is left is never an object.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	s := openFolder(t, dir)
	key := ContentKey([]byte("k"))
	mustPut(t, s, key, "some bytes")
	name := filepath.Join(dir, filepath.FromSlash(place(key)))
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if err := os.WriteFile(name, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if o, err := s.Open(t.Context(), key); !errors.Is(err, ErrNotFound) {
			t.Fatalf("%d of %d bytes: %+v, %v; want ErrNotFound", n, len(whole), o, err)
		}
	}
	mustPut(t, s, key, "again")
	if _, err := s.Open(t.Context(), key); err != nil {
		t.Errorf("put over a damaged file: %v", err)
	}
}

// TestLeftovers checks that what a crash left in tmp/ goes when it is old, and
// only then.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	s := openFolder(t, dir)
	for name, age := range map[string]time.Duration{"old": 2 * tmpAge, "new": time.Minute} {
		file := filepath.Join(dir, tmpFolder, name)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Expire(t.Context(), time.Unix(0, 0)); n != 0 || err != nil {
		t.Errorf("expired %d, %v", n, err)
	}
	if names := files(t, dir); len(names) != 1 || filepath.Base(names[0]) != "new" {
		t.Errorf("files %q, want only the new one", names)
	}
}

func TestPutStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := openFolder(t, t.TempDir())
	if _, err := s.Put(ctx, Key{1}, Meta{}, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func BenchmarkFolderPut(b *testing.B) {
	s := openFolder(b, b.TempDir())
	body := bytes.Repeat([]byte("x"), 300_000)
	b.SetBytes(int64(len(body)))
	for i := 0; b.Loop(); i++ {
		if _, err := s.Put(b.Context(), Key{byte(i), byte(i >> 8)}, Meta{}, bytes.NewReader(body)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFolderOpen(b *testing.B) {
	s := openFolder(b, b.TempDir())
	mustPut(b, s, Key{1}, strings.Repeat("x", 300_000))
	for b.Loop() {
		o, err := s.Open(b.Context(), Key{1})
		if err != nil {
			b.Fatal(err)
		}
		o.Close()
	}
}
