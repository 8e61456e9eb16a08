package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestReplaceFileKeepsLinksAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "real.pdf"), filepath.Join(dir, "link.pdf")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.pdf", link); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if target, err := os.Readlink(link); err != nil || target != "real.pdf" {
		t.Errorf("the link became %q, %v", target, err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "new" {
		t.Errorf("the file has %q, %v", got, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%d entries, %v; want the file and its link", len(entries), err)
	}
}

func TestReplaceFileLeavesTheOldOneWhenItFails(t *testing.T) {
	dir := t.TempDir()
	var output *outputError
	if err := replaceFile(dir, nil); !errors.As(err, &output) {
		t.Errorf("a folder was replaced: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(filepath.Join(dir, "file", "a.pdf"), nil); !errors.As(err, &output) {
		t.Errorf("a file beneath a file: %v", err)
	}
}

func TestReplaceFileMakesItsFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "deep", "a.pdf")
	if err := replaceFile(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "new" {
		t.Errorf("the file has %q, %v", got, err)
	}
}

func TestAddFileNeverOverwrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "题.pdf")
	for i, want := range []string{"题.pdf", "题-2.pdf", "题-3.pdf"} {
		got, err := addFile(path, []byte{byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(got) != want {
			t.Errorf("file %d is %s, want %s", i, filepath.Base(got), want)
		}
		if data, err := os.ReadFile(got); err != nil || len(data) != 1 || data[0] != byte(i) {
			t.Errorf("%s has %v, %v", want, data, err)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 3 {
		t.Errorf("%d entries, %v, want 3", len(entries), err)
	}
}

// What was for its owner alone stays so, also under the umask of others.
func TestReplacedFileKeepsItsMode(t *testing.T) {
	for _, mode := range []os.FileMode{0o600, 0o640, 0o666} {
		path := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(path, nil, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if err := replaceFile(path, []byte("new")); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("mode %v became %v, %v", mode, info.Mode(), err)
		}
	}
}

// A link to a file that is not there yet stays, and the file is made. Links in a circle
// are refused, and stay.
func TestReplaceFileFollowsLinksThatLeadNowhereYet(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "real", "deep")
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{
		"folder": "real/deep", "real/deep/up": "../made.pdf", "first": "folder/up", "a": "b", "b": "a",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := replaceFile(filepath.Join(dir, "first"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "real", "made.pdf")); err != nil || string(data) != "new" {
		t.Errorf("the file that the link leads to is %q, %v", data, err)
	}
	if err := replaceFile(filepath.Join(dir, "a"), []byte("new")); err == nil {
		t.Error("links in a circle are written to")
	}
	for _, link := range []string{"folder", "real/deep/up", "first", "a", "b"} {
		if info, err := os.Lstat(filepath.Join(dir, link)); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no link any more: %v, %v", link, info, err)
		}
	}
}

// The file beside the old one is as closed as that from its beginning on.
func TestFileBesideIsClosedFromItsBeginning(t *testing.T) {
	temporary, err := writeBeside(filepath.Join(t.TempDir(), "a.pdf"), []byte("new"), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(temporary); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
