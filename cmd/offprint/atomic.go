package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"offprint/internal/durable"
)

// replaceFile writes data to path in one step: to a temporary file beside it
// that is renamed. Whoever reads path sees the old file or the whole new one.
// Something that is not a regular file, such as /dev/stdout, is written to. A
// folder that is not there is made.
func replaceFile(path string, data []byte) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return &outputError{path, errors.New("it is a folder")}
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			return &outputError{path, reason(err)}
		}
		return nil
	}
	inGoodOrder.RLock()
	defer inGoodOrder.RUnlock()
	// A link stays, and the file that it leads to is replaced, or made.
	path, err := linked(path)
	if err != nil {
		return err
	}
	if err := makeFolder(path); err != nil {
		return err
	}
	// Who may read the old file may read the new one, and nobody else, at no time.
	mode := fs.FileMode(0o666)
	old, _ := os.Stat(path) // nil: there is none
	if old != nil {
		mode = old.Mode().Perm()
	}
	temporary, err := writeBeside(path, data, mode)
	if err != nil {
		return err
	}
	if old != nil { // what the umask took
		err = os.Chmod(temporary, mode)
	}
	if err == nil {
		err = durable.Rename(temporary, path)
	}
	if err != nil {
		os.Remove(temporary)
		return &outputError{path, reason(err)}
	}
	return nil
}

// linked gives the path of the file that a path means, which need not be there: a link
// is followed.
func linked(path string) (string, error) {
	const mostLinks = 40 // as Linux
	for range mostLinks {
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return path, nil
		}
		target, err := os.Readlink(path)
		if err != nil {
			return "", &outputError{path, reason(err)}
		}
		if !filepath.IsAbs(target) {
			folder, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", &outputError{path, reason(err)}
			}
			target = filepath.Join(folder, target)
		}
		path = target
	}
	return "", &outputError{path, errors.New("its links lead in a circle")}
}

// maxNumber bounds the numbers that make a file name a new one.
const maxNumber = 9999

// addFile writes data to a new file and gives its path: path, or with -2, -3, …
// before its ending when that is taken. It never overwrites.
func addFile(path string, data []byte) (string, error) {
	inGoodOrder.RLock()
	defer inGoodOrder.RUnlock()
	if err := makeFolder(path); err != nil {
		return "", err
	}
	temporary, err := writeBeside(path, data, 0o666)
	if err != nil {
		return "", err
	}
	defer os.Remove(temporary) // gone when it was renamed
	for n := 1; n <= maxNumber; n++ {
		free := numbered(path, n)
		// The empty file keeps the name for us until the rename.
		file, err := os.OpenFile(free, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", &outputError{free, reason(err)}
		}
		file.Close()
		if err := durable.Rename(temporary, free); err != nil {
			os.Remove(free)
			return "", &outputError{free, reason(err)}
		}
		return free, nil
	}
	return "", &outputError{path, fmt.Errorf("it and %d files numbered after it exist", maxNumber-1)}
}

// makeFolder makes the folder of path, with those above it.
func makeFolder(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return &outputError{filepath.Dir(path), reason(err)}
	}
	return nil
}

// numbered puts -n before the ending of a path's name.
func numbered(path string, n int) string {
	if n == 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
}

// writeBeside writes data to a temporary file in the folder of path.
func writeBeside(path string, data []byte, mode fs.FileMode) (temporary string, err error) {
	temporary = filepath.Join(filepath.Dir(path), ".offprint-"+rand.Text()[:10]+".tmp")
	if err := durable.WriteTemp(temporary, data, mode); err != nil {
		return "", &outputError{path, reason(err)}
	}
	return temporary, nil
}
