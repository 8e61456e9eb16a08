//go:build !unix

package filelock

import (
	"errors"
	"os"
)

func lockFile(*os.File) error {
	return errors.New("this system has no lock that ends with its process: run offprint on Unix")
}
