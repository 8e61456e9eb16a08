package config

import (
	"fmt"
	"os"
	"path/filepath"

	"offprint/internal/hint"
)

// MakeDataDir makes the data folder when it is not there, and returns it, or a
// [*DataDirError]. It is for its owner alone: readers' addresses are kept in it.
func (c *Config) MakeDataDir() (string, error) {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return "", &DataDirError{c.DataDir, hint.Reason(err)}
	}
	return c.DataDir, nil
}

// defaultDataDir is $XDG_STATE_HOME/offprint, else ~/.local/state/offprint (XDG
// Base Directory Specification 0.8).
func defaultDataDir() string {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "offprint")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "offprint-data"
	}
	return filepath.Join(home, ".local", "state", "offprint")
}

// DataDirError says that the data folder cannot be made.
type DataDirError struct {
	Path string
	Err  error
}

func (e *DataDirError) Error() string { return fmt.Sprintf("make data folder %s: %v", e.Path, e.Err) }
func (e *DataDirError) Unwrap() error { return e.Err }

// Hint says how to name another folder.
func (e *DataDirError) Hint() string {
	return "name a folder that offprint may write to, with --data-dir or as data_dir in the configuration"
}
