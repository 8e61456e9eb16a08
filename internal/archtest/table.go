package archtest

import (
	"fmt"
	"slices"
	"strings"
)

// The table stands between these lines of ARCHITECTURE.md.
const (
	tableBegin = "<!-- imports -->"
	tableEnd   = "<!-- /imports -->"
)

// testsRow is the name of the row that holds for test files alone.
const testsRow = "tests"

// row is one line of the table.
type row struct {
	packages []string // paths below the repository; "." is its root
	ours     []string // packages that they may import; "any" is all of the rows above
	outside  []string // ends of module paths
}

// parseTable reads the table of ARCHITECTURE.md.
func parseTable(text string) ([]row, error) {
	_, rest, ok := strings.Cut(text, tableBegin)
	table, _, closed := strings.Cut(rest, tableEnd)
	if !ok || !closed {
		return nil, fmt.Errorf("find the table of ARCHITECTURE.md: want it between %s and %s", tableBegin, tableEnd)
	}
	var rows []row
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 4 {
			return nil, fmt.Errorf("read the table of ARCHITECTURE.md: want 4 cells: %s", line)
		}
		first := names(cells[0])
		if slices.Equal(first, []string{"package"}) || strings.Trim(line, "|-: ") == "" {
			continue // the head and the line under it
		}
		rows = append(rows, row{packages: first, ours: names(cells[2]), outside: names(cells[3])})
	}
	return rows, nil
}

// names splits a cell: names parted by commas; "–" is none.
func names(cell string) []string {
	var list []string
	for name := range strings.SplitSeq(cell, ",") {
		name = strings.Trim(strings.TrimSpace(name), "`")
		if name != "" && name != "–" {
			list = append(list, name)
		}
	}
	return list
}
