//go:build integration

package readers

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// compare looks for each line of the layout in what a reader took out of the file.
// A line is found where the reader has it in one line of its own, character by
// character and space by space, with white or the line's end on either side. It
// gives the lines that were not found, and what the reader has beyond those that
// were.
func compare(lines []string, got string) (lost, beyond []string) {
	rest := []rune(got)
	for i, r := range rest {
		if r == '\f' || r == '\r' {
			rest[i] = '\n'
		}
	}
	order := slices.Clone(lines)
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	text := string(rest)
	for _, line := range order {
		at := find(text, line)
		if at < 0 {
			lost = append(lost, line)
			continue
		}
		// A newline takes its place, so that nothing is found across it.
		text = text[:at] + "\n" + text[at+len(line):]
	}
	for part := range strings.SplitSeq(text, "\n") {
		if part = strings.TrimFunc(part, unicode.IsSpace); part != "" {
			beyond = append(beyond, part)
		}
	}
	return lost, beyond
}

// find gives the place of the first occurrence of line in text that white, or an
// end of the text, bounds; −1 for none.
func find(text, line string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], line)
		if at < 0 {
			return -1
		}
		at += from
		if bounded(text[:at], text[at+len(line):]) {
			return at
		}
		from = at + len(line)
	}
}

func bounded(before, after string) bool {
	b := []rune(before[max(0, len(before)-4):])
	a := []rune(after[:min(4, len(after))])
	return (len(b) == 0 || unicode.IsSpace(b[len(b)-1])) && (len(a) == 0 || unicode.IsSpace(a[0]))
}

// A comparison that finds what is not there would be worse than none.
func TestCompare(t *testing.T) {
	lines := []string{"7月18日，第3号", "harbour’s clerk", "账本"}
	for name, c := range map[string]struct {
		got          string
		lost, beyond int
	}{
		"as it stands":        {"7月18日，第3号\nharbour’s clerk\n账本\f", 0, 0},
		"two columns":         {"7月18日，第3号    harbour’s clerk\r\n账本", 0, 0},
		"a space too many":    {"7 月18日，第3号\nharbour’s clerk\n账本", 1, 1},
		"a space too few":     {"7月18日，第3号\nharbour’sclerk\n账本", 1, 1},
		"a line that is cut":  {"7月18日，第3号\nharbour’\ns clerk\n账本", 1, 2},
		"another character":   {"7⽉18日，第3号\nharbour’s clerk\n账本", 1, 1},
		"lines without a gap": {"7月18日，第3号harbour’s clerk\n账本", 2, 1},
		"more than there is":  {"7月18日，第3号\nharbour’s clerk\n账本\n账本", 0, 1},
	} {
		if lost, beyond := compare(lines, c.got); len(lost) != c.lost || len(beyond) != c.beyond {
			t.Errorf("%s: lost %q, beyond %q, want %d and %d", name, lost, beyond, c.lost, c.beyond)
		}
	}
}
