package dom

import (
	"fmt"
)

// LimitError says that a page is larger than this package reads.
// The command ends with exit code 4 for it.
type LimitError struct {
	What  string // bytes, nodes, nesting
	Got   int    // 0 when counting was given up
	Limit int
}

// Error names what is too large, and the bound.
func (e *LimitError) Error() string {
	if e.Got == 0 {
		return fmt.Sprintf("read page: too large: more than %d %s", e.Limit, e.What)
	}
	return fmt.Sprintf("read page: too large: %d %s, at most %d are read", e.Got, e.What, e.Limit)
}

// Hint says what the user can do about it.
func (e *LimitError) Hint() string {
	return "check that this is an article's page; " +
		"saved pages with pictures inside them can be saved again as \"HTML only\""
}
