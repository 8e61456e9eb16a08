package service

import (
	"errors"
	"fmt"

	"offprint/internal/hint"
	"offprint/internal/queue"
)

// Unusable words the error of a folder of the service that cannot be used.
func Unusable(dir string, err error) error {
	if errors.Is(err, queue.ErrNewer) {
		return hint.Usagef("use that version, or its backup of before the upgrade", "%s: %w", dir, err)
	}
	return &DataError{dir, err}
}

// DataError says that a folder of the service, or what is in it, cannot be used.
type DataError struct {
	Path string
	Err  error
}

func (e *DataError) Error() string { return fmt.Sprintf("open %s: %v", e.Path, e.Err) }
func (e *DataError) Unwrap() error { return e.Err }

// Hint says what to do: how to replace a damaged file, what the wrapped error says, or
// what is usual.
func (e *DataError) Hint() string {
	if errors.Is(e.Err, queue.ErrDamaged) {
		return "keep the file, and put a backup in its place: docs/guide/operate.md, Backup and restore"
	}
	if known := hint.Of(e.Err); known != "" {
		return known
	}
	return "the folder must belong to the user that offprint runs as, and have room; " +
		"data_dir and store.dir choose other folders"
}
