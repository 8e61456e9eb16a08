package offprint

import (
	"fmt"

	"offprint/extract"
)

// NotArticleError says why a page that was read is not an article. Its method
// Hint says what to do about it.
type NotArticleError = extract.NotArticleError

// LimitError says that a page is too large or too deeply nested to be read.
type LimitError = extract.LimitError

// OptionError says that an option has a value that it cannot have.
type OptionError struct {
	Option string // its name in JSON: font_size; "" when Err tells
	Value  string
	Want   string // the values it may have
	Err    error
}

func (e *OptionError) Error() string {
	switch {
	case e.Option == "":
		return e.Err.Error()
	case e.Err != nil:
		return fmt.Sprintf("option %s: %v", e.Option, e.Err)
	}
	return fmt.Sprintf("option %s cannot be %q", e.Option, e.Value)
}

func (e *OptionError) Unwrap() error { return e.Err }

// Hint says which values the option may have, by its name in JSON.
func (e *OptionError) Hint() string {
	if e.Want == "" {
		return ""
	}
	return e.Option + ": " + e.Want
}

// LayoutError says that an article could not be set or drawn.
type LayoutError struct{ Err error }

func (e *LayoutError) Error() string { return fmt.Sprintf("set article: %v", e.Err) }

func (e *LayoutError) Unwrap() error { return e.Err }
