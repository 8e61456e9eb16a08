package main

import (
	"bytes"
	"io"
	"os"
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
		a.showWarnings(warnings)
		if got := stderr.String(); got != c.want {
			t.Errorf("level %s, quiet %v: %q, want %q", c.level, c.quiet, got, c.want)
		}
	}
}

// Results and a bar on one terminal would wipe each other out.
func TestNoBarOverResults(t *testing.T) {
	terminal, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // as a terminal, it is a character device
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	t.Setenv("TERM", "xterm")
	for _, c := range []struct {
		name    string
		json    bool
		stdout  io.Writer
		letters int
		want    bool
	}{
		{"for people", false, terminal, 100, true},
		{"results into a file", true, new(bytes.Buffer), 100, true},
		{"results on the terminal", true, terminal, 100, false},
		{"a few letters", false, terminal, minForBar - 1, false},
	} {
		r := &mailReport{app: &app{stdout: c.stdout, stderr: terminal, json: c.json}}
		r.open(c.letters)
		if got := r.progress != nil; got != c.want {
			t.Errorf("%s: bar %v, want %v", c.name, got, c.want)
		}
		r.close()
	}
}
