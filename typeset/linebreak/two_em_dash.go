package linebreak

import "offprint/typeset"

// —— is one line of two ems, and …… is six dots in two ems. Where a face's two
// em dashes do not touch, its two-em dash (U+2E3A) stands for both characters,
// or else the two are moved together. All regions.
//
// CLREQ "Prohibition Rules for Unbreakable Marks", Punctuation Marks: both take 2 em.
// https://www.w3.org/TR/clreq/#h-unbreakable_marks_punctuation
const ruleTwoEmDash typeset.RuleID = "two-em-dash"

// joinDashes makes one cluster of each pair of em dashes that would not touch.
// It runs before any rule counts clusters.
func (p *paragraph) joinDashes() {
	kept, firsts := p.all[:0], p.first[:0]
	for i := 0; i < len(p.all); i++ {
		c := p.all[i]
		if p.gappedDashes(i) {
			if face, glyph, ok := p.block.Spans[c.span].Chain.Find('⸺'); ok && glyph != 0 {
				c.face, c.glyph, c.r = face, glyph, '⸺'
				c.width, c.end = scaled(face.Advance(glyph), &c), p.all[i+1].end
				kept, firsts = append(kept, c), append(firsts, p.first[i])
				i++
				continue
			}
		}
		kept, firsts = append(kept, c), append(firsts, p.first[i])
	}
	p.all, p.first = kept, firsts
}

// gappedDashes reports whether i and i+1 are em dashes with white between them.
func (p *paragraph) gappedDashes(i int) bool {
	c, next := p.at(i), p.at(i+1)
	if c.r != '—' || next.r != '—' || c.span != next.span {
		return false
	}
	ink, ok := c.ink()
	return ok && ink.max-ink.min < c.em
}

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
