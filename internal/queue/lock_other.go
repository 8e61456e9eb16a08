//go:build !unix

package queue

import (
	"errors"
	"os"
)

func lockFile(*os.File) error {
	return errors.New("this system has no lock that ends with its process: run the queue on Unix")
}
