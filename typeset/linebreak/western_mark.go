package linebreak

import "offprint/typeset"

// A quote, dash, ellipsis or dot that belongs to a Western phrase is set
// proportionally, even when the face draws it in a full em: don’t, “so be it”
// in an English sentence. The three dots of … stand on the baseline there, as wide
// as three full stops. All regions.
//
// CLREQ "Mixed Text Composition in Horizontal Writing Mode": Western text keeps Western marks.
// https://www.w3.org/TR/clreq/#mixed_text_composition_in_horizontal_writing_mode
const ruleWesternMark typeset.RuleID = "western-mark"

// bearing is the white on either side of such a mark, in thousandths of an em.
const bearing = 55

func westernMarks(p *paragraph) {
	p.westernQuotes()
	for i := range p.all {
		c := &p.all[i]
		switch {
		case c.r == '’' && p.at(i-1).class == latin && p.at(i+1).class.wordy(),
			(c.class == dash || c.class == ellipsis) && p.westernPause(i),
			c.class == interpunct && p.at(i-1).class.wordy() && p.at(i+1).class.wordy():
			c.western = true
		}
		if c.western && !lowEllipsis(c) {
			proportional(c)
		}
	}
}

// westernQuotes pairs the curly quotes. A pair is Western when nothing next to
// it, inside or outside, is CJK and something inside is a Western letter.
func (p *paragraph) westernQuotes() {
	var open []int
	for i := range p.all {
		switch r := p.all[i].r; {
		case r == '“' || r == '‘':
			open = append(open, i)
		case (r == '”' || r == '’') && len(open) > 0 && p.all[open[len(open)-1]].r == r-1:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			outside := p.westernBefore(from) && p.westernFrom(i+1)
			inside := p.westernFrom(from+1) && p.westernBefore(i) && p.wordNear(from+1)
			if outside && inside {
				p.all[from].western, p.all[i].western = true, true
			}
		}
	}
}

// curlyQuote reports whether r is a mark that Chinese and English share.
func curlyQuote(r rune) bool { return r == '“' || r == '”' || r == '‘' || r == '’' }

// westernPause reports whether the single dash or ellipsis at i stands in Western
// text.
func (p *paragraph) westernPause(i int) bool {
	c := p.all[i].class
	if p.at(i-1).class == c || p.at(i+1).class == c {
		return false
	}
	return p.westernBefore(i) && p.westernFrom(i+1) && (p.at(p.solid(i)).class.wordy() || p.wordNear(i+1))
}

// lowEllipsis draws an ellipsis as three full stops, if the face can.
func lowEllipsis(c *cluster) bool {
	if c.r != '…' || c.face == nil {
		return false
	}
	glyph, ok := c.face.Form(typeset.LowEllipsis)
	if ok {
		c.form, c.glyph, c.width, c.shift = natural, glyph, scaled(c.face.Advance(glyph), c), 0
	}
	return ok
}

// proportional gives the mark a slot as wide as its ink with a bearing on
// either side.
func proportional(c *cluster) {
	c.form = natural
	ink, ok := c.ink()
	if !ok || c.width < c.em.Em(700) {
		return
	}
	side := c.em.Em(bearing)
	c.width, c.shift = ink.max-ink.min+2*side, side-ink.min
}

// inkSpan is where a glyph's ink begins and ends, from its origin.
type inkSpan struct{ min, max typeset.Length }

func (c *cluster) ink() (inkSpan, bool) {
	if c.face == nil {
		return inkSpan{}, false
	}
	box, ok := c.face.Bounds(c.glyph)
	if !ok {
		return inkSpan{}, false
	}
	return inkSpan{scaled(box.XMin, c), scaled(box.XMax, c)}, true
}
