package render

import (
	"unicode"

	"offprint/article"
	"offprint/typeset"
)

// text makes one span of plain text in a role's style.
func (c *compositor) text(s string, st typeset.Style, bold bool) []typeset.Span {
	if s == "" {
		return nil
	}
	return []typeset.Span{{Text: s, Chain: c.chain(bold), Size: st.Size, Colour: st.Colour}}
}

// spans makes the spans of a block's inlines.
func (c *compositor) spans(b *article.Block, st typeset.Style, bold bool) []typeset.Span {
	if len(b.Inlines) == 0 {
		return c.text(b.Text, st, bold)
	}
	small := c.sheet.design.SmallType
	var spans []typeset.Span
	for _, in := range b.Inlines {
		if in.Text == "" {
			continue
		}
		span := typeset.Span{
			Text: in.Text, Chain: c.chain(bold || in.Bold), Size: st.Size, Colour: st.Colour, Href: in.Href,
		}
		if in.Href != "" {
			span.Colour = c.sheet.colour("link")
		}
		// Han has no italic: emphasis keeps its upright form there.
		span.Oblique = in.Italic && !hasHan(in.Text)
		switch {
		case in.Sup:
			span.Size = st.Size.Em(thousandths(small.Script))
			span.Rise = st.Size.Em(thousandths(small.SuperscriptRise))
		case in.Sub:
			span.Size = st.Size.Em(thousandths(small.Script))
			span.Rise = -st.Size.Em(thousandths(small.SubscriptDrop))
		}
		spans = append(spans, c.ruby(span, in.Ruby, &st)...)
	}
	return spans
}

// link makes a span that leads to an address.
func (c *compositor) link(text, address string, st typeset.Style) typeset.Span {
	return typeset.Span{
		Text: text, Chain: c.chain(false), Size: st.Size, Colour: c.sheet.colour("link"), Href: address,
	}
}

func (c *compositor) chain(bold bool) typeset.Chain { return c.in.Fonts.Chain(c.sheet.lang, bold) }

// hasHan reports whether the text has Han, kana or hangul.
func hasHan(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) || unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return true
		}
	}
	return false
}
