package pdf

import (
	"strings"

	"offprint/typeset"
)

// portion is a part of a run, which begins x from the run's origin. Actual is the text of
// private-use characters, or "".
type portion struct {
	run    typeset.Run
	x      typeset.Length
	actual string
}

// parted parts a run where private-use characters begin and end. It is the one place
// that says by ActualText what a glyph stands for: many programs pass that over.
func parted(run *typeset.Run) []portion {
	var parts []portion
	for i := range run.Glyphs {
		g := run.Glyphs[i]
		if text := strings.Map(readable, g.Text); text != "" {
			g.Text = text // else it is not drawn: see apart
		}
		private := strings.ContainsFunc(g.Text, isPrivate)
		n := len(parts)
		if n == 0 || private != (parts[n-1].actual != "") {
			p := portion{run: *run, x: g.X}
			p.run.Glyphs, p.run.Width = nil, 0
			parts = append(parts, p)
			n++
		}
		p := &parts[n-1]
		if private {
			p.actual += g.Text
		}
		g.X -= p.x
		p.run.Glyphs = append(p.run.Glyphs, g)
		p.run.Width = g.X + g.Advance
	}
	return parts
}

// unreadable reports whether a glyph's text cannot stand in a PDF as it is.
func unreadable(g typeset.Glyph) bool {
	for i := range len(g.Text) {
		if c := g.Text[i]; c == 0 || c >= 0xEE { // ASCII and most Han are passed quickly
			return strings.ContainsFunc(g.Text, func(r rune) bool { return isPrivate(r) || readable(r) != r })
		}
	}
	return false
}

// isPrivate reports whether r is of a private use area.
func isPrivate(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 && r <= 0xFFFFD || r >= 0x100000 && r <= 0x10FFFD
}

// readable gives U+FFFD for what no text may be said to be, and nothing for a mark of
// byte order, which says nothing (ISO 19005-2 §6.2.11.7.2).
func readable(r rune) rune {
	switch r {
	case 0, 0xFFFE:
		return 0xFFFD
	case 0xFEFF:
		return -1
	}
	return r
}
