package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"offprint/internal/keys"
)

// brokenWriter is a standard output that nobody reads.
type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// A key that could not be shown can be used by nobody.
func TestUnseenKeyIsRevoked(t *testing.T) {
	for _, extra := range []string{"--quiet", "--json"} {
		dir := t.TempDir()
		var stderr strings.Builder
		code := run([]string{"keys", "create", "cms", "--scope", "print", "--data-dir", dir, extra}, strings.NewReader(""), brokenWriter{}, &stderr)
		if code != exitRender || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("%s: exit %d, %q", extra, code, stderr.String())
		}
		ring, err := keys.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		list, err := ring.List()
		if err != nil || len(list) != 1 || list[0].Revoked.IsZero() {
			t.Errorf("%s: keys %+v, %v", extra, list, err)
		}
	}
}

func TestParseSpan(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"90d": 90 * 24 * time.Hour, "12h": 12 * time.Hour, "36500d": maxSpan,
		"": 0, "d": 0, "0d": 0, "-1d": 0, "1.5d": 0, "36501d": 0, "9223372036854775807d": 0, "99999999999999999999d": 0, "-9223372036854775808d": 0, "90": 0, "1d12h": 0,
	} {
		if got, err := parseSpan(s); got != want || (err == nil) != (want > 0) {
			t.Errorf("%q is %v, %v; want %v", s, got, err, want)
		}
	}
}
