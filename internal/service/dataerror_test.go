package service

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"offprint/internal/hint"
	"offprint/internal/keys"
	"offprint/internal/queue"
)

// Whoever cannot open a folder is told what helps with that folder.
func TestUnusable(t *testing.T) {
	for _, c := range []struct {
		name  string
		err   error
		usage bool
		want  string // in the hint
	}{
		{"a newer version's", fmt.Errorf("open queue: %w", queue.ErrNewer), true, "use that version"},
		{"damaged", fmt.Errorf("open queue: %w", queue.ErrDamaged), false, "put a backup in its place"},
		{"one that knows", hint.Usagef("ask the desk", "?"), true, "ask the desk"},
		{"another's", errors.New("permission denied"), false, "must belong to the user"},
	} {
		err := Unusable("/var/lib/offprint", c.err)
		if got := hint.Of(err); !strings.Contains(got, c.want) {
			t.Errorf("%s: hint %q, want %q", c.name, got, c.want)
		}
		if usage := errors.As(err, new(*hint.UsageError)); usage != c.usage {
			t.Errorf("%s: usage error %v, want %v", c.name, usage, c.usage)
		}
		if !errors.Is(err, c.err) || !strings.Contains(err.Error(), "/var/lib/offprint") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := Unusable("d", &keys.FileError{Err: errors.New("?")}); !errors.As(err, new(*keys.FileError)) {
		t.Errorf("%v has lost its cause", err)
	}
}
