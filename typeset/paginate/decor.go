package paginate

import "offprint/typeset"

// boxes draws the tints behind the slugs of a column, one for each run of blocks
// that share a box, and the bars beside them, one for each quotation; they are
// broken where the column ends.
func (p *placer) boxes(slugs []slug, tops []typeset.Length) {
	for i := 0; i < len(slugs); i++ {
		d := slugs[i].block.Decor
		if d.Box == 0 && d.Bar == 0 {
			continue
		}
		last := i
		for last+1 < len(slugs) && oneBox(slugs[last].block, slugs[last+1].block) {
			last++
		}
		p.block, p.line = slugs[i].index, slugs[i].lineNo
		top, foot := tops[i], tops[last]+slugs[last].height
		style := slugs[i].style()
		if d.Box != 0 {
			p.fill(p.x+style.Left-d.Pad, top-d.Pad, style.Measure+2*d.Pad, foot-top+2*d.Pad, d.Tint)
		} else {
			p.fill(p.x+style.Left-d.Pad, top, d.Bar, foot-top, d.Colour)
		}
		i = last
	}
}

// oneBox reports whether two neighbours share a tint, or else a bar.
func oneBox(a, b *typeset.SetBlock) bool {
	if a.Decor.Box != 0 || b.Decor.Box != 0 {
		return a.Decor.Box == b.Decor.Box
	}
	return a.Decor.Bar > 0 && b.Decor.Bar > 0 && a.Source == b.Source
}

// decor draws what stands round the first line of a block: its drawing, and a
// rule over both from the column's left edge. At the top of a column the rule
// would part the block from nothing and is left out.
func (p *placer) decor(b *typeset.SetBlock, y typeset.Length) {
	if b.Decor.Above > 0 && y > p.top {
		p.fill(p.x, y-b.Style.Before/2-b.Decor.Above, b.Style.Left+b.Style.Measure, b.Decor.Above, b.Decor.Colour)
	}
	for _, m := range b.Drawing {
		p.fill(p.x+m.At.X, y+m.At.Y, m.W, m.H, m.Colour)
	}
}

// rule draws the line under a table row, but not through cells that go on.
func (p *placer) rule(b *typeset.SetBlock, y, height typeset.Length) {
	if b.Decor.Below == 0 {
		return
	}
	var from typeset.Length
	draw := func(to typeset.Length) {
		if to > from {
			p.fill(p.x+b.Style.Left+from, y+height+b.Decor.Pad, to-from, b.Decor.Below, b.Decor.Colour)
		}
	}
	for _, gap := range b.Decor.Gaps {
		draw(gap.From)
		from = gap.To
	}
	draw(b.Style.Measure)
}

// outline draws the edge of a box.
func (p *placer) outline(x, y, w, h typeset.Length, c typeset.Colour) {
	const thin = typeset.Point / 2
	p.fill(x, y, w, thin, c)
	p.fill(x, y+h-thin, w, thin, c)
	p.fill(x, y, thin, h, c)
	p.fill(x+w-thin, y, thin, h, c)
}

func (p *placer) fill(x, y, w, h typeset.Length, c typeset.Colour) {
	p.add(typeset.Placed{
		Kind: typeset.PlacedRule, At: typeset.Position{X: x, Y: y}, W: w, H: h, Colour: c, Artifact: true,
	})
}
