package main

import (
	"bufio"
	"io"
	"os"
	"slices"
	"strings"
)

// maxSources bounds a list: a longer one is a mistake.
const maxSources = 100_000

// sources gives the sources that the user named: as arguments, then in a list.
func (a *app) sources(args []string, list string) ([]string, error) {
	sources := slices.Clone(args)
	if list != "" {
		listed, err := a.readList(list)
		if err != nil {
			return nil, err
		}
		sources = append(sources, listed...)
	}
	if len(sources) == 0 {
		return nil, usagef("give a URL, a file, or - for standard input", "no source is given")
	}
	stdin := 0
	for _, source := range sources {
		if source == "-" {
			stdin++
		}
	}
	if list == "-" {
		stdin++
	}
	if stdin > 1 {
		return nil, usagef("", "standard input can be read only once")
	}
	return sources, nil
}

// readList reads sources, one a line, from a file or standard input.
func (a *app) readList(path string) ([]string, error) {
	var in io.Reader = a.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, usagef("--from-file: a file with a source a line", "read list %s: %w", path, reason(err))
		}
		defer file.Close()
		in = file
	}
	var sources []string
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if sources = append(sources, line); len(sources) > maxSources {
			return nil, usagef("split the list", "read list %s: more than %d sources", path, maxSources)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, usagef("--from-file: a file with a source a line", "read list %s: %w", path, err)
	}
	return sources, nil
}
