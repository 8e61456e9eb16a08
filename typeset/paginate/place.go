package paginate

import (
	"context"
	"fmt"

	"offprint/typeset"
)

// placer turns filled columns into placed items. It moves nothing: every
// position follows from stack.
type placer struct {
	galley   *typeset.Galley
	frame    Frame
	pages    []typeset.Page
	warnings []typeset.Warning

	page  *typeset.Page
	x     typeset.Length // left edge of the column
	top   typeset.Length // of the column
	block int            // of the item that is being placed
	line  int
	again bool // it is a table's head, set again
}

func (p *placer) place(ctx context.Context, columns []filled) {
	for _, c := range columns {
		if ctx.Err() != nil {
			return
		}
		p.open(c)
		part := c.set
		tops := make([]typeset.Length, len(part))
		p.top = p.frame.Top + p.frame.Leading.Scale(int64(c.slot.row), 1)
		used := stack(part, p.frame.Leading, c.lower, func(i int, y typeset.Length) { tops[i] = p.top + y })
		if used > c.slot.rows {
			p.warnings = append(p.warnings, typeset.Warning{
				Code: "page-overfull", Where: part[0].block.Source,
				Message: fmt.Sprintf("page %d: a piece of %d lines is higher than the page of %d lines; "+
					"choose a smaller font size or a larger paper", c.slot.page+1, used, c.slot.rows),
			})
		}
		p.boxes(part, tops)
		for i := 0; i < len(part); {
			var lower typeset.Length
			if c.lower != nil {
				lower = c.lower[i]
			}
			n := 1
			if len(part[i].block.Cells) > 0 {
				n = rowPart(part[i:])
				p.row(part[i:i+n], tops[i:i+n])
			} else {
				p.slug(&part[i], tops[i], lower)
			}
			i += n
		}
	}
}

// open makes the column's page the current one, and adds the page where it is
// missing.
func (p *placer) open(c filled) {
	for len(p.pages) <= c.slot.page {
		p.pages = append(p.pages, typeset.Page{Size: p.frame.Paper, Folio: len(p.pages) + 1, Rows: p.frame.Rows})
	}
	p.page = &p.pages[c.slot.page]
	p.page.Used = max(p.page.Used, c.slot.row+c.rows)
	p.page.Break = c.why
	p.x = c.slot.x
}

// slug places one line or picture whose top edge is at y.
func (p *placer) slug(s *slug, y, lower typeset.Length) {
	p.block, p.line = s.index, s.lineNo
	b := s.block
	if s.lineNo == 0 {
		p.decor(b, y)
	}
	switch {
	case s.figure:
		p.figure(b, y, lower)
	default:
		if s.lineNo == 0 && len(b.MarkerLines) > 0 {
			marker := b.Style
			marker.Left = max(0, b.Style.Left-b.MarkerLines[0].Set-b.Style.Size/2)
			p.lines(b.MarkerLines[:1], &marker, y)
		}
		if s.lineNo < len(b.Lines) {
			p.lines(b.Lines[s.lineNo:s.lineNo+1], &b.Style, y)
		}
	}
}

// The live area of a link, in thousandths of an em: its height and how far it
// reaches over the baseline. It is the em box, which reaches 0.88 em over the
// baseline, with 0.05 em more on either side.
const (
	linkHeight = 1100
	linkAscent = 930
)

// lines places lines one below the other.
func (p *placer) lines(lines []typeset.Line, style *typeset.Style, y typeset.Length) {
	for i := range lines {
		baseline := y + style.Leading.Scale(int64(i), 1) + baselineIn(style)
		for r := range lines[i].Runs {
			run := &lines[i].Runs[r]
			at := typeset.Position{X: p.x + style.Left + run.X, Y: baseline + run.Y}
			p.add(typeset.Placed{Kind: typeset.PlacedRun, At: at, W: run.Width, Run: run})
			if run.Href != "" {
				p.add(typeset.Placed{
					Kind: typeset.PlacedLink, Href: run.Href, W: run.Width, H: run.Size.Em(linkHeight),
					At: typeset.Position{X: at.X, Y: at.Y - run.Size.Em(linkAscent)},
				})
			}
		}
		// The readings follow, so that the line's text is in one piece.
		for r := range lines[i].Readings {
			run := &lines[i].Readings[r]
			at := typeset.Position{X: p.x + style.Left + run.X, Y: baseline + run.Y}
			p.add(typeset.Placed{Kind: typeset.PlacedRun, At: at, W: run.Width, Run: run})
		}
	}
}

// rowPart counts the slugs at the head of part that are lines of one row.
func rowPart(part []slug) int {
	n := 1
	for n < len(part) && part[n].index == part[0].index && part[n].again == part[0].again {
		n++
	}
	return n
}

// row places the lines of a table's row that stand in one column, cell by cell,
// in the order in which they are read. A row that goes on in the next column
// has no line under it.
func (p *placer) row(part []slug, tops []typeset.Length) {
	b := part[0].block
	p.block, p.again = part[0].index, part[0].again
	for i := range b.Cells {
		style := &b.Block.Cells[i].Style
		for k := range part {
			if no := part[k].lineNo; no < len(b.CellLines[i]) {
				p.line = no
				p.lines(b.CellLines[i][no:no+1], style, tops[k])
			}
		}
	}
	if foot := &part[len(part)-1]; foot.lineNo == foot.lines-1 {
		p.rule(b, tops[len(tops)-1], foot.height)
	}
	p.again = false
}

// baselineIn is how far below the top of its line a baseline stands: the em
// box, whose baseline is at 0.88 em (the ideographic em box of every CJK face),
// is centred in the leading.
func baselineIn(style *typeset.Style) typeset.Length {
	return (style.Leading-style.Size)/2 + style.Size.Em(880)
}

// figure places a picture, centred in its measure, or the box of one that failed.
func (p *placer) figure(b *typeset.SetBlock, y, lower typeset.Length) {
	f := b.Figure
	h := f.H - lower
	w := f.W.Scale(int64(h), int64(max(1, f.H)))
	if f.Picture == nil {
		w = f.W
	}
	x := p.x + b.Style.Left + (b.Style.Measure-w)/2
	if f.Picture != nil {
		p.add(typeset.Placed{
			Kind: typeset.PlacedImage, At: typeset.Position{X: x, Y: y}, W: w, H: h, Image: f.Picture, Alt: f.Alt,
		})
		return
	}
	p.outline(x, y, w, h, b.Decor.Colour)
	text := b.Style.Leading.Scale(int64(len(b.Lines)), 1)
	p.lines(b.Lines, &b.Style, y+(h-text)/2)
}

// add puts an item on the page with its way back to the article.
func (p *placer) add(item typeset.Placed) {
	b := &p.galley.Blocks[p.block]
	item.Block, item.Line, item.Role, item.Source = p.block, p.line, b.Role, b.Source
	item.Artifact = item.Artifact || p.again
	p.page.Items = append(p.page.Items, item)
}
