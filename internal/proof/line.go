package proof

import (
	"unicode"
	"unicode/utf8"

	"offprint/typeset"
)

// char is one printed character, with what combines with it. Lengths are on the
// page.
type char struct {
	text    string
	r       rune // the first of text
	x       typeset.Length
	advance typeset.Length // as the face has it
	ink     box            // empty when it has none
	size    typeset.Length
	run     *typeset.Run
	id      typeset.GlyphID

	first, final int  // places of its first and last rune in the expected text; −1 for none
	spaced       bool // the source has a space before it
}

// box is a rectangle on a page.
type box struct{ x0, y0, x1, y1 typeset.Length }

// empty reports whether the box has no area.
func (b box) empty() bool { return b.x0 >= b.x1 || b.y0 >= b.y1 }

func (b box) join(c box) box {
	if b.empty() {
		return c
	}
	if c.empty() {
		return b
	}
	return box{min(b.x0, c.x0), min(b.y0, c.y0), max(b.x1, c.x1), max(b.y1, c.y1)}
}

// line is one printed line of the article.
type line struct {
	page  int // from 1
	y     typeset.Length
	set   int // index in Document.Blocks
	no    int // Placed.Line
	role  typeset.Role
	style *typeset.Style
	size  typeset.Length // of its largest type
	chars []char         // without spaces; never empty

	block       int            // index in the expected blocks; −1 for none
	first, last bool           // of its expected block
	column      int            // index in proof.columns
	left        typeset.Length // of the measure
}

func (l *line) start() *char { return &l.chars[0] }
func (l *line) end() *char   { return &l.chars[len(l.chars)-1] }

func (l *line) ink() box {
	var b box
	for i := range l.chars {
		b = b.join(l.chars[i].ink)
	}
	return b
}

// around is enough of the line to find it by.
func (l *line) around() string {
	const most = 12
	var text []rune
	for i := range l.chars {
		text = append(text, []rune(l.chars[i].text)...)
	}
	if len(text) <= 2*most {
		return string(text)
	}
	return string(text[:most]) + "…" + string(text[len(text)-most:])
}

// readLines gathers the article's runs into lines. A line ends where the block
// or its line number does, and where the baseline moves by more than a
// superscript's rise or the pen goes back (the cells of a table). What is set
// again, such as the head of a table that goes on, is no part of it, and no more is a reading
// over it.
func readLines(doc *typeset.Document) []*line {
	var lines []*line
	for p := range doc.Pages {
		var l *line
		for i := range doc.Pages[p].Items {
			item := &doc.Pages[p].Items[i]
			isText := item.Kind == typeset.PlacedRun && item.Run != nil && !item.Artifact && !readingOver(item)
			if !isText || item.Block < 0 || item.Block >= len(doc.Blocks) {
				continue
			}
			if l == nil || !l.continues(item) {
				l = &line{
					page: p + 1, y: item.At.Y, set: item.Block, no: item.Line, role: item.Role,
					style: &doc.Blocks[item.Block].Style, block: -1,
				}
				lines = append(lines, l)
			}
			l.add(item)
		}
	}
	kept := lines[:0]
	for _, l := range lines {
		if len(l.chars) > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}

// readingOver reports whether the item is a reading that stands over its base.
func readingOver(item *typeset.Placed) bool {
	run := item.Run
	return run != nil && run.Part == typeset.RubyReading && run.Ruby != nil && run.Ruby.Reading.Text != ""
}

// continues reports whether the item goes on with the line: same block and number, a baseline
// no further off than a superscript's, and to the right of what the line has.
func (l *line) continues(item *typeset.Placed) bool {
	if item.Block != l.set || item.Line != l.no {
		return false
	}
	if off := item.At.Y - l.y; off > l.size/2 || -off > l.size/2 {
		return false
	}
	return len(l.chars) == 0 || item.At.X >= l.end().x
}

// add takes in the characters of a run.
func (l *line) add(item *typeset.Placed) {
	run := item.Run
	if run.Size > l.size {
		l.size, l.y = run.Size, item.At.Y
	}
	for i := range run.Glyphs {
		if c, ok := readChar(run, &run.Glyphs[i], item.At); ok {
			l.chars = append(l.chars, c)
		}
	}
}

// readChar gives the character that a glyph prints; ok is false for a space.
func readChar(run *typeset.Run, g *typeset.Glyph, at typeset.Position) (c char, ok bool) {
	r, _ := utf8.DecodeRuneInString(g.Text)
	c = char{text: g.Text, r: r, x: at.X + g.X, size: run.Size, run: run, id: g.ID, first: -1, final: -1}
	if run.Face == nil || run.Face.UnitsPerEm() <= 0 {
		return c, !blank(r)
	}
	scale := func(units int) typeset.Length {
		return run.Size.Scale(int64(units), int64(run.Face.UnitsPerEm()))
	}
	c.advance = scale(run.Face.Advance(g.ID))
	bounds, inked := run.Face.Bounds(g.ID)
	if inked {
		c.ink = box{c.x + scale(bounds.XMin), at.Y - scale(bounds.YMax), c.x + scale(bounds.XMax), at.Y - scale(bounds.YMin)}
	}
	// A soft hyphen that is drawn ends its line.
	return c, !blank(r) || r == softHyphen && inked
}

const softHyphen = '\u00ad'

// blank reports whether nothing of r is to be seen: spaces, joiners, controls.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zs)
}
