package proof

import (
	"fmt"

	"offprint/typeset"
)

// drawn is a picture of the article on a page.
type drawn struct {
	box
	page int
	set  int // index in Document.Blocks
	item *typeset.Placed
}

// drawn lists the article's pictures in reading order, without the logo.
func (p *proof) drawn() []drawn {
	var list []drawn
	for i := range p.doc.Pages {
		for k := range p.doc.Pages[i].Items {
			item := &p.doc.Pages[i].Items[k]
			if item.Kind == typeset.PlacedImage && item.Block >= 0 {
				list = append(list, drawn{boxOf(item), i + 1, item.Block, item})
			}
		}
	}
	return list
}

// boxOf is the rectangle of a placed picture, rule or link.
func boxOf(item *typeset.Placed) box {
	return box{item.At.X, item.At.Y, item.At.X + item.W, item.At.Y + item.H}
}

// captions looks for captions that are parted from the picture above them, or
// parted themselves.
func (p *proof) captions() {
	pictures := p.drawn()
	for b, lines := range p.byBlock {
		if p.expected[b].Kind != Figure || len(lines) == 0 {
			continue
		}
		top, foot := lines[0], lines[len(lines)-1]
		if !together(top, foot) {
			p.fault(Caption, foot, "parted")
			continue
		}
		gap := typeset.Length(-1)
		for _, pic := range pictures {
			ink := top.ink()
			above := pic.page == top.page && pic.y1 <= ink.y0 && pic.x0 < ink.x1 && pic.x1 > ink.x0
			if above && (gap < 0 || top.y-pic.y1 < gap) {
				gap = top.y - pic.y1
			}
		}
		switch {
		case gap < 0:
			p.fault(Caption, top, "no picture above")
		case gap > 5*top.size:
			p.fault(Caption, top, "picture "+ems(gap, top.size)+" above")
		}
	}
}

// pictures looks for pictures that are not drawn, drawn in parts, cut by the edge
// of the page or out of proportion.
func (p *proof) pictures() {
	times := map[int]int{}
	for _, pic := range p.drawn() {
		fault := func(k Kind, note string) {
			p.report.Faults = append(p.report.Faults, Fault{Kind: k, Page: pic.page, Y: pic.y0, Text: pic.item.Alt, Note: note})
		}
		if times[pic.set]++; times[pic.set] == 2 {
			fault(PicSplit, "drawn twice")
		}
		size := p.doc.Pages[pic.page-1].Size
		if pic.x0 < 0 || pic.y0 < 0 || pic.x1 > size.W || pic.y1 > size.H {
			fault(PicSplit, "cut by the page")
		}
		if image := pic.item.Image; image != nil {
			w, h := image.Upright()
			drawn, own := int64(pic.item.W)*int64(h), int64(pic.item.H)*int64(w)
			if d := drawn - own; max(d, -d) > own/100 {
				fault(Distorted, fmt.Sprintf("%s × %s pt of %d × %d pixels", pic.item.W, pic.item.H, w, h))
			}
		}
	}
	for i := range p.doc.Blocks {
		b := &p.doc.Blocks[i]
		if b.Figure != nil && b.Figure.Picture != nil && times[i] == 0 {
			p.report.Faults = append(p.report.Faults, Fault{Kind: PicLost, Text: b.Figure.Alt})
		}
	}
}
