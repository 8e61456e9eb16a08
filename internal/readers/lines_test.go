//go:build integration

package readers

import (
	"strings"

	"offprint/typeset"
)

// linesOf gives the text of each line on the pages, furniture included, without the
// white at its ends. Each cell of a table is a line of its own, as are a list's
// marker and the parts of a running head. An ideographic space parts lines, too: our
// byline and foot have one between name and date, and readers take it for white of
// any kind. What is never drawn is not in a PDF's text. Readings that stand over a line
// are lines of their own; those that touch are one.
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
	var parts []string
	for _, line := range lines {
		for part := range strings.SplitSeq(line, "\u3000") {
			if part = strings.TrimSpace(drawn(part)); part != "" {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// drawn takes away what has no glyph: a place to break, a joiner, a mark of byte
// order, and a soft hyphen unless the line ends at it.
func drawn(line string) string {
	line = undrawn.Replace(line)
	if end := len(line) - len("\u00ad"); end > 0 {
		return strings.ReplaceAll(line[:end], "\u00ad", "") + line[end:]
	}
	return line
}

var undrawn = strings.NewReplacer("\u200b", "", "\u2060", "", "\ufeff", "")

func textOf(run *typeset.Run) string {
	var b strings.Builder
	for i := range run.Glyphs {
		b.WriteString(run.Glyphs[i].Text)
	}
	return b.String()
}

// goesOn reports whether b continues the line that a ends: both are reckoned from
// the same origin of the same line. Furniture has two texts in a line, far apart.
func goesOn(a, b *typeset.Placed) bool {
	if isOver(a) || isOver(b) {
		return isOver(a) && isOver(b) && b.At.X >= a.At.X && b.At.X-a.At.X-a.Run.Width < a.Run.Size/8
	}
	sameLine := a.Block == b.Block && a.Line == b.Line && a.Role == b.Role && origin(a) == origin(b)
	apart := a.Block < 0 && b.At.X > a.At.X+a.Run.Width+a.Run.Size
	return sameLine && b.At.X > a.At.X && !apart
}

// isOver reports whether a run is a reading that stands over its base.
func isOver(p *typeset.Placed) bool {
	return p.Run.Part == typeset.RubyReading && p.Run.Ruby.Reading.Text != ""
}

// origin is where the line of a run begins.
func origin(p *typeset.Placed) typeset.Position {
	return typeset.Position{X: p.At.X - p.Run.X, Y: p.At.Y - p.Run.Y}
}
