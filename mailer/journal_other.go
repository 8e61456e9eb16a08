//go:build !unix

package mailer

import "os"

// lockFile does nothing where the system has no flock: there, keeping two
// commands off one journal is the user's care.
func lockFile(*os.File) error { return nil }
