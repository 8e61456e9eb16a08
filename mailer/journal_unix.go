//go:build unix

package mailer

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the file for this process alone; the lock ends with it.
func lockFile(f *os.File) error {
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return errors.New("another process is using it")
	}
	return nil
}
