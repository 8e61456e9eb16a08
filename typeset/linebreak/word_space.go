package linebreak

import (
	"strings"

	"offprint/typeset"
)

// A word space has its face's width, and the design bounds it: the default one
// lets it shrink to ⅕ em and stretch to ½ em. Between Han and Latin a space of the
// source takes the place of the gap and has its width; beside a full-width mark it
// has none. At the edges of a line no space is seen. All regions.
//
// CLREQ "Mixed Text Composition in Horizontal Writing Mode"; JLREQ "Line Adjustment".
// https://www.w3.org/TR/clreq/#mixed_text_composition_in_horizontal_writing_mode
const ruleWordSpace typeset.RuleID = "word-space"

func wordSpaces(p *paragraph) {
	pre := p.block.Role == typeset.RolePre
	for i := range p.all {
		c := &p.all[i]
		switch {
		case c.class == wideSpace:
			c.width = c.em
		case c.class != space:
		case pre:
			c.width = p.fixedSpace(c)
		default:
			p.setSpace(i)
		}
	}
}

// setSpace puts the space's white into after; a space has no box.
func (p *paragraph) setSpace(i int) {
	c, s := &p.all[i], p.spacing
	left, right := p.pastSpaces(i)
	w := c.width
	if s.Space > 0 {
		w = c.em.Em(int64(s.Space))
	}
	c.width = 0
	switch {
	case strings.ContainsRune("\u2002\u2003\u2007\u2009\u200a\u202f", c.r):
		c.after = white{width: w}
	case left.class.mark() && !left.western || right.class.mark() && !right.western:
		c.after = white{}
	case gapSides(p.region, left, right):
		c.after = p.hanLatin(c.em)
	default:
		least, most := min(w, c.em.Em(int64(s.SpaceMin))), max(w, c.em.Em(int64(s.SpaceMax)))
		c.after = white{width: w, shrink: w - least, shrinkRank: shrinkSpace, stretch: most - w, stretchRank: stretchSpace}
	}
}

// fixedSpace is a space of program text: a tab is four.
func (p *paragraph) fixedSpace(c *cluster) typeset.Length {
	if c.r == '\t' {
		return 4 * c.width
	}
	return c.width
}
