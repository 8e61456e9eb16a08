package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/typeset"
	"offprint/typeset/linebreak"
)

// How a reading stands over its base, in thousandths of the base's em: its size, and the
// least leading that has room for it.
const (
	readingSize = 500
	rubyLeading = 1600
)

// ruby makes the spans of a word with its reading: the word with the reading over it or,
// where that has no room, with the reading in brackets behind it, as a browser without
// ruby shows it (HTML §4.5.12, rp).
func (c *compositor) ruby(base typeset.Span, reading string, st *typeset.Style) []typeset.Span {
	reading = strings.Join(strings.Fields(reading), " ")
	if reading == "" {
		return []typeset.Span{base}
	}
	part := func(text string, which typeset.RubyPart, size typeset.Length) typeset.Span {
		span := base
		span.Text, span.RubyPart, span.Size = text, which, size
		return span
	}
	over := part(reading, typeset.RubyReading, base.Size.Em(readingSize))
	over.Href = "" // its base is live
	base.Ruby, base.RubyPart = &typeset.Ruby{}, typeset.RubyBase
	if base.Size == st.Size && c.hasRoomOver(base, over, st) {
		base.Ruby.Reading = over
		return []typeset.Span{base}
	}
	size := st.Size.Em(thousandths(c.sheet.design.SmallType.Ruby))
	return []typeset.Span{
		base, part("（", typeset.RubyBracket, size),
		part(reading, typeset.RubyReading, size), part("）", typeset.RubyBracket, size),
	}
}

// hasRoomOver reports whether a reading can stand over its base: the lines are far enough
// apart; and the base, which is not parted over lines then, is a word. Neither is wider
// than half of a line, or a third of the measure: a quotation leaves that at the least.
func (c *compositor) hasRoomOver(base, over typeset.Span, st *typeset.Style) bool {
	most := min(st.Measure/2, c.sheet.measure/3)
	if st.Leading < st.Size.Em(rubyLeading) || !whole(base.Text) {
		return false
	}
	return c.width(base, st) <= most && c.width(over, st) <= most
}

// width is how wide a span is on a line of its own.
func (c *compositor) width(span typeset.Span, st *typeset.Style) typeset.Length {
	span.Ruby, span.RubyPart = nil, typeset.NoRuby
	b := typeset.Block{Style: *st, Spans: []typeset.Span{span}}
	b.Style.Size, b.Style.Indent = span.Size, 0
	return linebreak.Natural(c.ctx, &b)
}

// whole reports whether a text begins with a character that stands by itself, ends with
// ink, and has nothing in it that is not drawn.
func whole(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	if unicode.IsMark(first) || unicode.IsSpace(first) || unicode.IsSpace(last) {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	})
}
