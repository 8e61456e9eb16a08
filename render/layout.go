package render

import (
	"context"

	"offprint/article"
	"offprint/typeset"
	"offprint/typeset/linebreak"
	"offprint/typeset/paginate"
)

// Layout sets an article. Where ctx ends, the error is its own: it is looked at for
// each block and page, and many times within those that are large.
func Layout(ctx context.Context, in Input) (*typeset.Document, error) {
	// The sheet: paper, type size and measure that the reader's options make
	// of the design.
	sheet, err := newSheet(in)
	if err != nil {
		return nil, err
	}
	c := &compositor{ctx: ctx, sheet: sheet, in: in}

	// The article's text, with its punctuation mended where that was asked for.
	art := c.punctuate(dropBlocks(in.Article, in.Options.Drop))

	// Blocks, in reading order.
	c.front(art)
	c.body(art)
	c.back(art)

	// Lines.
	galley := c.set()
	if err := ctx.Err(); err != nil {
		return nil, err // the galley is not whole
	}

	// Pages.
	pages, warnings, err := paginate.Paginate(ctx, galley, sheet.frame())
	if err != nil {
		return nil, err
	}
	c.warnings = append(c.warnings, warnings...)
	c.furnish(art, pages)
	if err := ctx.Err(); err != nil {
		return nil, err
	}

	return c.document(art, galley, pages), nil
}

// compositor gathers the blocks of one article. When its ctx has ended, what it
// made is worthless, and no loop goes on.
type compositor struct {
	ctx      context.Context
	sheet    *sheet
	in       Input
	blocks   []typeset.Block
	warnings []typeset.Warning
	boxes    int // numbers given to tinted boxes
	tables   int // numbers given to tables
	fitted   map[fitting]typeset.Line
}

func (c *compositor) add(b typeset.Block) { c.blocks = append(c.blocks, b) }

func (c *compositor) warn(code, message string, where typeset.Source) {
	c.warnings = append(c.warnings, typeset.Warning{Code: code, Message: message, Where: where})
}

// set breaks every block into lines.
func (c *compositor) set() *typeset.Galley {
	g := &typeset.Galley{Blocks: make([]typeset.SetBlock, len(c.blocks))}
	for i := range c.blocks {
		if c.ctx.Err() != nil {
			return g
		}
		g.Blocks[i] = c.setBlock(c.blocks[i])
	}
	return g
}

func (c *compositor) setBlock(b typeset.Block) typeset.SetBlock {
	set := typeset.SetBlock{Block: b}
	if len(b.Spans) > 0 {
		set = c.setLines(b)
	}
	for i := range b.Cells {
		cell := c.setLines(b.Cells[i].Block)
		set.CellLines = append(set.CellLines, cell.Lines)
		set.Block.Cells[i].Block = cell.Block
	}
	if len(b.Marker) > 0 {
		marker := b
		marker.Spans, marker.Marker = b.Marker, nil
		marker.Style.Indent, marker.Style.Align = 0, typeset.Left
		set.MarkerLines = c.setLines(marker).Lines
	}
	return set
}

func (c *compositor) setLines(b typeset.Block) typeset.SetBlock {
	set, warnings, _ := linebreak.Set(c.ctx, b) // its error is that of ctx, for which Layout looks
	c.warnings = append(c.warnings, warnings...)
	return set
}

// dropBlocks leaves out the blocks that the reader took away. The article is
// not changed: the others keep their index as their source.
func dropBlocks(a *article.Article, drop []int) *article.Article {
	if len(drop) == 0 {
		return a
	}
	kept := *a
	kept.Blocks = append([]article.Block(nil), a.Blocks...)
	for _, i := range drop {
		if i >= 0 && i < len(kept.Blocks) {
			kept.Blocks[i] = article.Block{}
		}
	}
	return &kept
}
