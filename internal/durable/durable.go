package durable

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// tempSuffix ends the name of a file that [WriteFile] has not finished.
const tempSuffix = ".tmp"

// WriteFile gives a file these bytes in one step. They are written to path with .tmp
// added, flushed to the disk, and renamed. What a crash left under that name is
// replaced. perm is the mode before the umask, as for os.WriteFile; the mode of the old
// file does not matter. After an error the old file is as it was, unless the folder
// alone could not be flushed. Errors are *fs.PathError or *os.LinkError.
func WriteFile(path string, data []byte, perm fs.FileMode) error {
	temp := path + tempSuffix
	if err := WriteTemp(temp, data, perm); err != nil {
		return err
	}
	return Rename(temp, path)
}

// CreateFile makes a file with these bytes, unless there is one of that name: then its
// error is fs.ErrExist, and the file that is there is whole. Of several who create it
// at the same time, one does. perm is the mode before the umask.
func CreateFile(path string, data []byte, perm fs.FileMode) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	temp := path + "." + rand.Text()[:10] + tempSuffix
	if err := WriteTemp(temp, data, perm); err != nil {
		return err
	}
	defer os.Remove(temp)
	// A link fails where there is a file, which a rename would replace.
	if err := os.Link(temp, path); cannotLink(err) {
		return createInPlace(path, data, perm)
	} else if err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// createInPlace is [CreateFile] for file systems without links, such as FAT. There, who
// reads the file while it is made sees a part of it.
func createInPlace(path string, data []byte, perm fs.FileMode) error {
	if err := writeNew(path, data, perm); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// WriteTemp makes a new file with these bytes, flushed to the disk. It replaces a file
// that is there, which a crash has left. After an error there is no file.
func WriteTemp(temp string, data []byte, perm fs.FileMode) error {
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// A new file, so that its mode is perm, and nobody has it open already.
	return writeNew(temp, data, perm)
}

// writeNew makes a file where there is none, flushed to the disk. After an error there
// is none.
func writeNew(path string, data []byte, perm fs.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = flush(file)
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}

// Rename gives a file that [WriteTemp] made its name, in place of the one that has it,
// and flushes the folder. Both stand in one folder. When the file cannot be renamed, it
// is removed.
func Rename(temp, path string) error {
	if err := os.Rename(temp, path); err != nil {
		os.Remove(temp)
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// SyncFolder flushes the names in a folder to the disk, so that files which were made,
// renamed or removed in it stay so. Where the system cannot do that, or not for this
// user, it does nothing: a power cut may then lose a name, but never shows half a file.
func SyncFolder(path string) error {
	folder, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil // files can be made in a folder that cannot be read
	}
	if err != nil {
		return err
	}
	defer folder.Close()
	return Sync(folder)
}

// Sync is [SyncFolder] for a folder that is open.
func Sync(folder *os.File) error {
	if err := flush(folder); err != nil && !cannotFlush(err) {
		return err
	}
	return nil
}

// flush is what a test replaces to see what is flushed, and when.
var flush = (*os.File).Sync

// cannotLink reports whether an error means that this file system has no links.
func cannotLink(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EPERM)
}

// cannotFlush reports whether an error means that this system, or this file system,
// flushes no folders.
func cannotFlush(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EINVAL)
}
