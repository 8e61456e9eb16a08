package linebreak

import "offprint/typeset"

// A full-width mark is half an em of ink and half an em of white that can be
// taken away; what has white where is the table in region.go. CN, HK, TW, JP, KR.
//
// CLREQ "Punctuation Adjustment Space"; JLREQ "Positioning of Punctuation Marks".
// https://www.w3.org/TR/clreq/#h-punctuation_adjustment_space
const ruleMarkWidth typeset.RuleID = "mark-width"

func markWidths(p *paragraph) {
	for i := range p.all {
		c := &p.all[i]
		if c.western {
			continue
		}
		if c.class.mark() {
			c.form = formOf(c.class, c.r, p.region)
		}
		half := c.em.Em(500)
		rank := shrinkRankOf(c.class)
		switch c.form {
		case openForm:
			// A glyph of a full em has its white on the left; it is moved out of the box.
			c.shift = max(half-c.width, -half)
			c.width = half
			c.before = white{width: half, shrink: half, shrinkRank: rank}
		case closeForm:
			c.width = half
			c.after = white{width: half, shrink: half, shrinkRank: rank}
		case midForm:
			c.centre(half)
			side := white{width: c.em.Em(250), shrink: c.em.Em(250), shrinkRank: rank}
			c.before, c.after = side, side
		case halfForm:
			c.centre(half)
		case fullForm:
			c.centre(c.em)
		}
	}
}

// centre gives the cluster a slot with its ink in the middle; a glyph whose own
// width is the slot's stays as its face drew it.
func (c *cluster) centre(slot typeset.Length) {
	if c.width == slot {
		return
	}
	if ink, ok := c.ink(); ok {
		c.shift = (slot - ink.max - ink.min) / 2
	} else {
		c.shift = (slot - c.width) / 2
	}
	c.width = slot
}
