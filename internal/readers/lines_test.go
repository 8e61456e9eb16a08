//go:build integration

package readers

import (
	"strings"

	"offprint/typeset"
)

// linesOf gives the text of each line on the pages, furniture included, without the
// white at its ends. Cells of a table, a list's marker and the parts of a running
// head are lines of their own: what parts them is a stretch of white that no text
// stands for.
func linesOf(doc *typeset.Document) []string {
	var lines []string
	for p := range doc.Pages {
		var last *typeset.Placed
		for i := range doc.Pages[p].Items {
			item := &doc.Pages[p].Items[i]
			if item.Kind != typeset.PlacedRun || len(item.Run.Glyphs) == 0 {
				continue
			}
			text := textOf(item.Run)
			if last != nil && goesOn(last, item) {
				lines[len(lines)-1] += text
			} else {
				lines = append(lines, text)
			}
			last = item
		}
	}
	trimmed := lines[:0]
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			trimmed = append(trimmed, line)
		}
	}
	return trimmed
}

func textOf(run *typeset.Run) string {
	var b strings.Builder
	for i := range run.Glyphs {
		b.WriteString(run.Glyphs[i].Text)
	}
	return b.String()
}

// goesOn reports whether b continues the line that a ends: it is of the same line,
// and begins where a ended, give or take an em and a half.
func goesOn(a, b *typeset.Placed) bool {
	if a.Block != b.Block || a.Line != b.Line || a.Role != b.Role || a.Artifact != b.Artifact {
		return false
	}
	gap, em := b.At.X-(a.At.X+a.Run.Width), a.Run.Size
	rise := b.At.Y - a.At.Y
	return gap < em*3/2 && gap > -em && rise < em && rise > -em
}
