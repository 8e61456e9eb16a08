package letter

import (
	"strings"
	"testing"
)

// A library's caller has no flags.
func TestHintsNameNoFlags(t *testing.T) {
	for _, what := range []string{"PDF", "message"} {
		if hint := (&TooLargeError{What: what}).Hint(); hint == "" || strings.Contains(hint, "--") {
			t.Errorf("%s: hint %q", what, hint)
		}
	}
}
