package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"
)

// addDataDirFlag gives a verb that keeps something between runs its flag.
func addDataDirFlag(flags *pflag.FlagSet) {
	flags.String("data-dir", "", "`folder` of what is kept between runs: jobs, keys, PDFs (data_dir)")
}

// dataDir gives the folder of what is kept between runs, and makes it when it is
// not there, for its owner alone: readers' addresses are kept in it.
func (a *app) dataDir() (string, error) {
	c, err := a.configuration()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return "", &dataDirError{c.DataDir, reason(err)}
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

// dataDirError says that the data folder cannot be made.
type dataDirError struct {
	path string
	err  error
}

func (e *dataDirError) Error() string { return fmt.Sprintf("make data folder %s: %v", e.path, e.err) }
func (e *dataDirError) Unwrap() error { return e.err }

// Hint says where another can be named.
func (e *dataDirError) Hint() string {
	return "name a folder that offprint may write to, with --data-dir or as data_dir in the configuration"
}
