package proof

import (
	"fmt"

	"offprint/typeset"
)

// lost looks for expected text that is not printed in its order: one fault for
// each stretch of it.
func (p *proof) lost() {
	const most = 24
	for i := 0; i < len(p.source); i++ {
		if p.found[i] {
			continue
		}
		var text []rune
		first := i
		for ; i < len(p.source) && !p.found[i]; i++ {
			if len(text) < most {
				text = append(text, p.source[i].r)
			}
		}
		p.report.Faults = append(p.report.Faults, Fault{
			Kind: Lost, Text: string(text),
			Note: fmt.Sprintf("%d characters of block %d", i-first, p.source[first].block+1),
		})
	}
}

// stray looks for text of the article that nobody expected, and in it for code
// points that only look like the right ones: U+FFFD, private use, Kangxi radicals
// and compatibility ideographs. The byline is left out, where words are joined by
// marks of our own, and so is what has no place in the article, such as labels.
func (p *proof) stray() {
	for _, l := range p.lines {
		var text, wrong string
		for i := range l.chars {
			c := &l.chars[i]
			if c.first >= 0 || c.r == softHyphen {
				continue
			}
			text += c.text
			if misleading(c.r) {
				wrong += fmt.Sprintf("U+%04X ", c.r)
			}
		}
		if text != "" && p.ownText(l) {
			p.fault(Stray, l, text)
		}
		if wrong != "" {
			p.fault(Code, l, wrong)
		}
	}
}

// ownText reports whether the line carries text of the article, and no byline or label.
func (p *proof) ownText(l *line) bool {
	switch p.doc.Blocks[l.set].Source.Field {
	case "title", "subtitle", "blocks", "disclaimer":
		return true
	case "authors":
		return l.role == typeset.RoleBio
	}
	return false
}

// misleading reports whether r is a code point that stands for another one, or for nothing.
func misleading(r rune) bool {
	switch {
	case r == 0xfffd,
		r >= 0xe000 && r <= 0xf8ff,   // private use
		r >= 0x2e80 && r <= 0x2fdf,   // CJK radicals supplement, Kangxi radicals
		r >= 0xf900 && r <= 0xfaff,   // compatibility ideographs
		r >= 0x2f800 && r <= 0x2fa1f, // and their supplement
		r >= 0xf0000:                 // private use planes
		return true
	}
	return false
}

// standIns are drawn for a character that no face has.
const standIns = "〓□"

// tofu looks for glyph 0 and for stand-ins that the text doesn't have.
func (p *proof) tofu() {
	for _, l := range p.lines {
		for i := range l.chars {
			if c := &l.chars[i]; c.missing() {
				p.fault(Tofu, l, fmt.Sprintf("%s U+%04X", c.text, c.r))
			}
		}
	}
}

// missing reports whether a face drew .notdef or a stand-in for the character.
func (c *char) missing() bool {
	if c.id == 0 || c.run.Face == nil {
		return true
	}
	for _, r := range standIns {
		if id, ok := c.run.Face.Glyph(r); ok && id == c.id && r != c.r {
			return true
		}
	}
	return false
}
