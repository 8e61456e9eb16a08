package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"offprint"
	"offprint/internal/keys"
	"offprint/letter"
	"offprint/mailer"
)

func TestExitCode(t *testing.T) {
	cases := []struct {
		name string
		err  error
		want int
	}{
		{"none", nil, 0},
		{"anything else", errors.New("?"), 1},
		{"usage", usagef("", "?"), 2},
		{"option", &offprint.OptionError{}, 2},
		{"fetch", &offprint.FetchError{Err: errors.New("?")}, 3},
		{"not an article", &offprint.NotArticleError{}, 4},
		{"page over a limit", &offprint.LimitError{}, 4},
		{"layout", &offprint.LayoutError{Err: errors.New("?")}, 5},
		{"output", &outputError{"a", errors.New("?")}, 5},
		{"data folder", &dataDirError{"a", errors.New("?")}, 5},
		{"folder of the service", &serviceDataError{"a", errors.New("?")}, 5},
		{"keys file", &keys.FileError{Err: errors.New("?")}, 5},
		{"letter", &letter.Error{Err: errors.New("?")}, 2},
		{"letter too large", &letter.TooLargeError{}, 6},
		{"batch", &batchError{code: 8}, 8},
		{"interrupted", context.Canceled, 130},
		{"interrupted while fetching", &offprint.FetchError{Err: context.Canceled}, 130},
		{"wrapped", fmt.Errorf("print a: %w", &offprint.LayoutError{Err: errors.New("?")}), 5},
	}
	for _, c := range cases {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("%s: exit %d, want %d", c.name, got, c.want)
		}
	}
}

func TestMailExit(t *testing.T) {
	for state, want := range map[mailer.State]int{
		mailer.Sent: 0, mailer.Suppressed: 0, mailer.Bounced: 6, mailer.Deferred: 7, mailer.InDoubt: 7, mailer.Cancelled: 7,
	} {
		if got := mailExit(state); got != want {
			t.Errorf("%s: exit %d, want %d", state, got, want)
		}
	}
}

func TestSummarise(t *testing.T) {
	cases := []struct {
		name  string
		codes []int
		want  int
	}{
		{"all done", []int{0, 0}, 0},
		{"some failed", []int{0, 3}, 8},
		{"all failed alike", []int{4, 4, 4}, 4},
		{"all failed, not alike", []int{3, 4}, 8},
	}
	for _, c := range cases {
		if got := exitCode(summarise(c.codes)); got != c.want {
			t.Errorf("%s: exit %d, want %d", c.name, got, c.want)
		}
	}
}

func TestSummary(t *testing.T) {
	cases := []struct {
		pages, bytes int
		seconds      float64
		want         string
	}{
		{4, 312_000, 0.41, "4 pages, 312 KB, 0.4 s"},
		{1, 999, 0.034, "1 page, 1 KB, 0.03 s"},
		{2, 999_499, 12.34, "2 pages, 999 KB, 12.3 s"},
		{2, 999_500, 1, "2 pages, 1.0 MB, 1.0 s"},
	}
	for _, c := range cases {
		if got := summary(c.pages, c.bytes, c.seconds); got != c.want {
			t.Errorf("summary(%d, %d, %v) = %q, want %q", c.pages, c.bytes, c.seconds, got, c.want)
		}
	}
}
