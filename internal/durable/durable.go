package durable

import (
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

// WriteTemp makes a new file with these bytes, flushed to the disk. It replaces a file
// that is there, which a crash has left. After an error there is no file.
func WriteTemp(temp string, data []byte, perm fs.FileMode) error {
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// A new file, so that its mode is perm, and nobody has it open already.
	file, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
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
		os.Remove(temp)
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

// cannotFlush reports whether an error means that this system, or this file system,
// flushes no folders.
func cannotFlush(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EINVAL)
}
