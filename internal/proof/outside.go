package proof

import "offprint/typeset"

// outside looks for ink beyond the margins, and for furniture beyond the page or
// its side margins: at least 20 mm, 15 mm on papers narrower than 180 mm.
func (p *proof) outside() {
	for n := range p.doc.Pages {
		page := &p.doc.Pages[n]
		margin := typeset.Millimetres(20)
		if page.Size.W < typeset.Millimetres(180) {
			margin = typeset.Millimetres(15)
		}
		// An edge that was rounded to the unit may be one unit off.
		margin -= typeset.Point / 64
		text := box{margin, margin, page.Size.W - margin, page.Size.H - margin}
		furniture := box{margin, 0, page.Size.W - margin, page.Size.H}
		for i := range page.Items {
			item := &page.Items[i]
			bounds := text
			if item.Block < 0 {
				bounds = furniture
			}
			b, what := inkOf(item)
			if b.empty() || b.x0 >= bounds.x0 && b.y0 >= bounds.y0 && b.x1 <= bounds.x1 && b.y1 <= bounds.y1 {
				continue
			}
			over := max(bounds.x0-b.x0, bounds.y0-b.y0, b.x1-bounds.x1, b.y1-bounds.y1)
			p.report.Faults = append(p.report.Faults, Fault{
				Kind: Outside, Page: n + 1, Y: item.At.Y, Text: what, Note: "by " + over.String() + " pt",
			})
		}
	}
}

// inkOf is what an item covers of the page, and what it is.
func inkOf(item *typeset.Placed) (box, string) {
	switch item.Kind {
	case typeset.PlacedRun:
		var l line
		if item.Run != nil {
			l.add(item)
		}
		return l.ink(), l.around()
	case typeset.PlacedImage:
		return boxOf(item), "picture " + item.Alt
	case typeset.PlacedLink:
		return boxOf(item), "link " + item.Href
	}
	return boxOf(item), "rule"
}
