package letter

import "fmt"

// Error says that no letter can be made of what it was given: a note too long, a
// line break in a subject.
type Error struct{ Err error }

func (e *Error) Error() string { return e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// TooLargeError says that a PDF or a message stays over its limit although its
// pictures were made as small as they may be.
type TooLargeError struct {
	What         string // "PDF", "message"
	Bytes, Limit int64
	// Linkable says that a link in the PDF's place may make the letter small enough:
	// see [Mailing.UseLink].
	Linkable bool
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("compose message: the %s has %d bytes with its pictures made small, and %d are allowed",
		e.What, e.Bytes, e.Limit)
}

// Hint says what makes it smaller.
func (e *TooLargeError) Hint() string {
	if e.What == "PDF" {
		return "leave the pictures out, send no PDF, or raise the limit"
	}
	return "the server takes no larger messages: leave the pictures out or send no PDF"
}
