package hint

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"none", nil, ""},
		{"an error that knows nothing", errors.New("?"), ""},
		{"advice", Usagef("write it so", "?"), "write it so"},
		{"no advice", Usagef("", "?"), "offprint --help lists verbs and flags"},
		{"wrapped", fmt.Errorf("print a: %w", Usagef("write it so", "?")), "write it so"},
		{"one of several", errors.Join(errors.New("?"), Usagef("write it so", "?")), "write it so"},
	} {
		if got := Of(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestUsagefWraps(t *testing.T) {
	cause := errors.New("cause")
	if err := Usagef("", "read %s: %w", "a", cause); !errors.Is(err, cause) || err.Error() != "read a: cause" {
		t.Error(err)
	}
}

func TestReason(t *testing.T) {
	const missing = "no/such/file"
	_, opened := os.Open(missing)
	linked := os.Link(missing, "no/such/place")
	for _, err := range []error{opened, linked, fmt.Errorf("read: %w", opened)} {
		if got := Reason(err); !errors.Is(got, fs.ErrNotExist) || strings.Contains(got.Error(), "no/such") {
			t.Errorf("%v: %v", err, got)
		}
	}
	if plain := errors.New("plain"); Reason(plain) != plain {
		t.Errorf("another error: %v", Reason(plain))
	}
}

func TestLines(t *testing.T) {
	several := errors.Join(errors.New(" one"), errors.Join(errors.New("two\r"), errors.New("three")))
	if got := Joined(several); got != "one; two; three" {
		t.Errorf("in one line: %q", got)
	}
	if got := Lines(errors.Join(errors.New("one"), errors.New("two"))); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("lines: %q", got)
	}
	if got := Lines(nil); got == nil || len(got) != 0 {
		t.Errorf("of no error: %#v", got)
	}
}
