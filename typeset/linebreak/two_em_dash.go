package linebreak

import "offprint/typeset"

// —— is one line of two ems, and …… is six dots in two ems. Where a face's two
// em dashes do not touch, they are drawn with its two halves of ——, which meet in
// the middle and stand half way up the Han beside them; where it has none, the
// dashes are moved together. Each dash stays a character of its own. All regions.
//
// CLREQ "Prohibition Rules for Unbreakable Marks", Punctuation Marks: both take 2 em.
// https://www.w3.org/TR/clreq/#h-unbreakable_marks_punctuation
const ruleTwoEmDash typeset.RuleID = "two-em-dash"

func twoEmDashes(p *paragraph) {
	run := 0 // dashes that stand right before
	for i := range p.all {
		c := &p.all[i]
		starts := run%2 == 0 // the first, third, … dash of its run
		if run++; c.class != dash {
			run = 0
		}
		if c.western || c.class != dash && c.class != ellipsis {
			continue
		}
		if c.r == '⸺' {
			// The white at its sides is no part of the box, so that it goes at a line's
			// edge.
			side := max(0, 2*c.em-c.width) / 2
			c.before, c.after = white{width: side}, white{width: 2*c.em - c.width - side}
			c.rise = c.toMiddle()
			continue
		}
		if c.r == '—' && starts && p.joinDashes(i) || c.joined {
			continue
		}
		c.centre(c.em)
		if ink, ok := c.ink(); ok && c.class == dash {
			switch {
			case p.at(i+1).class == dash && starts:
				c.shift = c.em - ink.max
			case p.at(i-1).class == dash:
				c.shift = -ink.min
			}
		}
	}
}

// joinDashes draws i and i+1 with the halves of —— where they are em dashes that
// would not touch and the face has the halves.
func (p *paragraph) joinDashes(i int) bool {
	c, next := p.at(i), p.at(i+1)
	if next.r != '—' || next.western || c.span != next.span || c.face != next.face {
		return false
	}
	if ink, ok := c.ink(); !ok || ink.max-ink.min >= c.em {
		return false
	}
	start, ok := c.face.Form(typeset.DashStart)
	end, ok2 := c.face.Form(typeset.DashEnd)
	if !ok || !ok2 {
		return false
	}
	c.glyph, next.glyph = start, end
	c.width, next.width = c.em, c.em
	c.joined, next.joined = true, true
	return true
}

// toMiddle is how far the glyph must rise for its ink to stand in the middle of
// the Han beside it: the middle of the em box, 0.38 em over the baseline.
func (c *cluster) toMiddle() typeset.Length {
	box, ok := c.face.Bounds(c.glyph)
	if !ok {
		return 0
	}
	middle := c.em.Scale(int64(box.YMin+box.YMax), 2*int64(c.face.UnitsPerEm()))
	return c.em.Em(380) - middle
}
