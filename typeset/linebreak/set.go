package linebreak

import "offprint/typeset"

// Set makes the lines of b, together with warnings about characters that no
// face has and lines that could not be set as the design asks.
func Set(b typeset.Block) (typeset.SetBlock, []typeset.Warning) {
	warnings := Prepare(&b)
	lines := Break(&b)
	return typeset.SetBlock{Block: b, Lines: lines}, append(warnings, lineWarnings(&b, lines)...)
}

// Prepare fills b.Items from b.Spans.
func Prepare(b *typeset.Block) []typeset.Warning {
	p := newParagraph(b)
	if len(p.all) == 0 {
		b.Items = nil
		return nil
	}
	p.joinDashes()
	for i := range rules {
		if rules[i].apply != nil {
			rules[i].apply(p)
		}
	}
	b.Items = p.items()
	return p.missingGlyphs()
}

// Break parts b.Items into the lines that are best taken together (total fit,
// after Knuth & Plass, "Breaking Paragraphs into Lines", 1981).
func Break(b *typeset.Block) []typeset.Line {
	if len(b.Items) == 0 {
		return nil
	}
	f := newFitter(b)
	if b.Style.Align == typeset.Balanced {
		return f.place(f.balanced())
	}
	return f.place(f.totalFit())
}

// BreakGreedy fills each line before it begins the next (first fit). Break
// never costs more; the tests hold it to that.
func BreakGreedy(b *typeset.Block) []typeset.Line {
	if len(b.Items) == 0 {
		return nil
	}
	f := newFitter(b)
	return f.place(f.greedy())
}

// Narrowest is the width of b's widest piece that nothing parts: a line of that
// measure holds all of it. b is not changed.
func Narrowest(b *typeset.Block) typeset.Length {
	c := *b
	c.Style.Measure, c.Style.Indent = 1<<40, 0 // so that nothing is broken for want of room
	Prepare(&c)
	f := newFitter(&c)
	var widest typeset.Length
	for from, to := 0, 1; to < len(f.sites); to++ {
		if f.sites[to].cost < hyphenCost {
			widest = max(widest, f.sums(from, to).natural)
			from = to
		}
	}
	return widest
}

// Natural is the width of b's longest line if nothing but a forced break ended
// it. Items are made where there are none; b is not changed.
func Natural(b *typeset.Block) typeset.Length {
	if b.Items == nil {
		c := *b
		Prepare(&c)
		b = &c
	}
	f := newFitter(b)
	var widest typeset.Length
	for from, to := 0, 1; to < len(f.sites); to++ {
		if f.sites[to].forced {
			widest = max(widest, f.sums(from, to).natural)
			from = to
		}
	}
	return widest
}
