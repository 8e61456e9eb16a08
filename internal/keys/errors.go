package keys

import (
	"errors"
	"fmt"
	"time"
)

// Reason is why a key was not taken.
type Reason string

// The reasons.
const (
	Missing   Reason = "missing"   // there is no key
	Malformed Reason = "malformed" // no key has such a text: a slip in copying it
	Unknown   Reason = "unknown"   // it has the form of a key, but was not made here
	Revoked   Reason = "revoked"
	Expired   Reason = "expired"
)

// Refusal says why a key was not taken. It never holds the key's text.
type Refusal struct {
	Reason Reason
	ID     string    // of the key, with Unknown, Revoked and Expired
	Since  time.Time // with Revoked and Expired
}

func (e *Refusal) Error() string {
	switch e.Reason {
	case Missing:
		return "check key: there is none"
	case Malformed:
		return "check key: that is not the text of a key"
	case Unknown:
		return fmt.Sprintf("check key: key %s is not known", e.ID)
	}
	return fmt.Sprintf("check key: key %s is %s since %s", e.ID, e.Reason, e.Since.UTC().Format(time.RFC3339))
}

// Hint says what the caller can do about it.
func (e *Refusal) Hint() string {
	switch e.Reason {
	case Missing:
		return "send the header Authorization: Bearer KEY; offprint keys create makes a key"
	case Malformed:
		return "copy the whole key, from op_ to its end, without blanks or line breaks"
	case Unknown:
		return "check that the key is of this service and of this data folder: offprint keys list"
	}
	return "ask whoever runs the service for a new key: offprint keys create"
}

// FileError says that keys.json cannot be read or written. Until it can be read, a
// service goes on with the keys that it had, and none are made or revoked.
type FileError struct {
	Path string
	Err  error
	hint string
}

func (e *FileError) Error() string { return fmt.Sprintf("keys file %s: %v", e.Path, e.Err) }
func (e *FileError) Unwrap() error { return e.Err }

// Hint says what the operator can do about it.
func (e *FileError) Hint() string { return e.hint }

const (
	damagedHint = "put the file back from a backup, or move it away and make new keys: " +
		"those in it are then no longer taken"
	accessHint = "the data folder must belong to the user that offprint runs as, and have room"
)

// ErrNotFound says that no key has the ID or name.
var ErrNotFound = errors.New("no key has that ID or name")
