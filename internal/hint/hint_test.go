package hint

import (
	"errors"
	"fmt"
	"os"
	"slices"
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
	_, opened := os.Open("no/such/file")
	linked := os.Link("no/such/file", "no/such/place")
	plain := errors.New("plain")
	for _, c := range []struct {
		err  error
		want string
	}{
		{opened, "no such file or directory"},
		{linked, "no such file or directory"},
		{fmt.Errorf("read: %w", opened), "no such file or directory"},
		{plain, "plain"},
	} {
		if got := Reason(c.err).Error(); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

func TestLines(t *testing.T) {
	several := errors.Join(errors.New(" one"), errors.Join(errors.New("two\r"), errors.New("three")))
	if got := OneLine(several); got != "one; two; three" {
		t.Errorf("in one line: %q", got)
	}
	if got := Lines(errors.Join(errors.New("one"), errors.New("two"))); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("lines: %q", got)
	}
	if got := Lines(nil); got == nil || len(got) != 0 {
		t.Errorf("of no error: %#v", got)
	}
}
