package hint

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Hinter is an error that knows what can be done about it.
type Hinter interface{ Hint() string }

// Of asks the errors in err for what can be done about it. It gives "" when none
// of them knows.
func Of(err error) string {
	var hinter Hinter
	if errors.As(err, &hinter) {
		return hinter.Hint()
	}
	return ""
}

// UsageError says that the program was not called or configured as it can be.
type UsageError struct {
	Err    error
	Advice string // what to do; empty: what is usual
}

// Usagef words a [UsageError]. The advice may be empty.
func Usagef(advice, format string, args ...any) error {
	return &UsageError{Err: fmt.Errorf(format, args...), Advice: advice}
}

func (e *UsageError) Error() string { return e.Err.Error() }
func (e *UsageError) Unwrap() error { return e.Err }

// Hint says how the program is called.
func (e *UsageError) Hint() string {
	if e.Advice != "" {
		return e.Advice
	}
	return "offprint --help lists verbs and flags"
}

// Reason takes the path and the system call out of an error about a file: what
// people are told has named the file already.
func Reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}

// Lines gives the errors of a joined error, a line each. It gives an empty list,
// which JSON shows as [], for none.
func Lines(err error) []string {
	if err == nil {
		return []string{}
	}
	return strings.Split(err.Error(), "\n")
}

// Joined gives the lines of an error that lists several as one, parted by semicolons.
func Joined(err error) string {
	lines := strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' })
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "; ")
}
