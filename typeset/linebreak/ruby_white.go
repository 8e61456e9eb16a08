package linebreak

import "offprint/typeset"

// A reading that is wider than its base hangs over kana and full-width marks beside it by
// up to half of its own em, unless these have a reading, too; for the rest the base keeps
// white on both sides, also at the edges of a line. Readings in letters, such as pinyin,
// are a quarter of their em apart from their neighbours on each side. CN, HK, TW, JP, KR.
//
// JLREQ "Adjustments of Ruby with Length Longer than That of the Base Characters"; W3C
// "Rules for Simple Placement of Japanese Ruby".
// https://www.w3.org/TR/jlreq/#adjustments_of_ruby_with_length_longer_than_that_of_the_base_characters
const ruleRubyWhite typeset.RuleID = "ruby-white"

func rubyWhite(p *paragraph) {
	for from := 0; from < len(p.all); {
		to := from + 1
		for to < len(p.all) && p.all[to].span == p.all[from].span {
			to++
		}
		if p.rubied(from) {
			p.makeRoom(from, to)
		}
		from = to
	}
}

// makeRoom gives the base that is the clusters from … to the room that its reading needs.
func (p *paragraph) makeRoom(from, to int) {
	reading := p.readings[p.all[from].span]
	short := reading.width - p.natural(from, to)
	if reading.lettered {
		short += reading.em / 2
	}
	if short <= 0 {
		return
	}
	first, last := &p.all[from], &p.all[to-1]
	first.lead = max(0, short/2-p.overhang(from-1, from-2, reading.em))
	last.trail = max(0, short-short/2-p.overhang(to, to+1, reading.em))
}

// natural is the width of clusters in a line, without the white at either end.
func (p *paragraph) natural(from, to int) typeset.Length {
	var sum typeset.Length
	for i := from; i < to; i++ {
		c := &p.all[i]
		sum += c.width
		if i > from {
			sum += c.before.width
		}
		if i < to-1 {
			sum += c.after.width + c.gap.width
		}
	}
	return sum
}

// overhang is how far a reading may hang over cluster near. At the edge of a line it is
// moved inwards by as much and hangs twice as far over the other neighbour, which has
// room for that; and for a reading that hangs over it from beyond.
func (p *paragraph) overhang(near, beyond int, em typeset.Length) typeset.Length {
	c := p.at(near)
	hangable := c.class == kana || !c.western && (c.class.closes() || c.class == opening)
	if !hangable || p.rubied(near) || p.rubied(beyond) && c.width < 2*em {
		return 0
	}
	return min(em/2, c.width/2)
}
