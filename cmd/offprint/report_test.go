package main

import (
	"bytes"
	"testing"

	"offprint/article"
)

func TestWarnLevels(t *testing.T) {
	warnings := []article.Warning{
		{Code: "picture-failed", Message: "picture a.png: gone", Where: "blocks[3]"},
		{Code: "underfull-line", Message: "line 1 is wide"},
	}
	const missing, wide = "offprint: warning: picture a.png: gone (blocks[3])\n", "offprint: info: line 1 is wide\n"
	cases := []struct {
		level string
		quiet bool
		want  string
	}{
		{"error", false, ""},
		{"warn", false, missing},
		{"info", false, missing + wide},
		{"debug", false, missing + wide},
		{"debug", true, ""},
	}
	for _, c := range cases {
		var stderr bytes.Buffer
		a := &app{stderr: &stderr, logLevel: c.level, quiet: c.quiet}
		a.warn(warnings)
		if got := stderr.String(); got != c.want {
			t.Errorf("level %s, quiet %v: %q, want %q", c.level, c.quiet, got, c.want)
		}
	}
}
