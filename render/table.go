package render

import (
	"offprint/article"
	"offprint/typeset"
)

// table sets a table row by row, with columns as wide as their text asks for as
// far as the measure goes. A row is parted only where no page holds it. caption
// is the paragraph that names the table, or nil.
func (c *compositor) table(b *article.Block, from typeset.Source, caption *typeset.Block) {
	grid := placeCells(b.Rows)
	if len(grid) == 0 {
		if caption != nil {
			c.add(*caption)
		}
		return
	}
	c.tables++
	first := len(c.blocks)
	if caption != nil {
		c.add(*caption)
	}
	st := c.sheet.style(typeset.RoleTable)
	if widths, fitted := c.columnWidths(grid, &st); fitted {
		c.rows(grid, widths, st, from)
	} else {
		c.stackedRows(grid, st, from)
	}
	if c.ctx.Err() != nil {
		return // the table is not whole
	}
	for i := first; i < len(c.blocks); i++ {
		c.blocks[i].Table = c.tables
	}
	c.blocks[first].Style.Before += c.sheet.leading / 2
	c.blocks[len(c.blocks)-1].Style.After += c.sheet.leading / 2
}

// rows sets the grid in columns of the given widths. Rows of head cells at its
// top head the table, and keep two lines of it with them.
func (c *compositor) rows(grid [][]gridCell, widths []typeset.Length, st typeset.Style, from typeset.Source) {
	heads := headRows(grid)
	until := make([]int, len(widths))
	for i, row := range grid {
		if c.ctx.Err() != nil {
			return
		}
		block := c.row(st, from)
		if gaps := goingOn(row, i, until, widths); i < len(grid)-1 {
			block.Decor.Gaps = gaps
		}
		block.Head = i < heads
		if i == 0 || i < heads {
			block.Style.KeepWithNext = 1
		}
		if i == heads-1 && heads+1 < len(grid) {
			block.Style.KeepWithNext = 2
		}
		for _, cell := range row {
			set := c.cell(cell, widths, st)
			if cell.Header && cell.last-cell.first > 1 {
				set.Style.Align = typeset.Centre // over the columns that it heads
			}
			block.Cells = append(block.Cells, set)
		}
		c.add(block)
	}
}

// goingOn writes into until, for each column, the row at which the cells of row
// y end. It lists the stretches where cells go on below the row, through which
// no line is drawn.
func goingOn(row []gridCell, y int, until []int, widths []typeset.Length) []typeset.Gap {
	for _, cell := range row {
		for x := cell.first; x < cell.last; x++ {
			until[x] = y + cell.Rowspan
		}
	}
	var gaps []typeset.Gap
	var at typeset.Length
	for x, w := range widths {
		if until[x] > y+1 {
			if n := len(gaps); n > 0 && gaps[n-1].To == at {
				gaps[n-1].To += w
			} else {
				gaps = append(gaps, typeset.Gap{From: at, To: at + w})
			}
		}
		at += w
	}
	return gaps
}

// row begins a row over the whole measure, with a line under it.
func (c *compositor) row(st typeset.Style, from typeset.Source) typeset.Block {
	st.KeepTogether = true
	pad := c.rowPad(st)
	st.Before, st.After = pad, pad
	st.Left, st.Measure = 0, c.sheet.measure
	block := typeset.Block{Role: typeset.RoleTable, Style: st, Source: from}
	block.Decor.Below, block.Decor.Colour = typeset.Points(c.sheet.design.Furniture.ThinRulePt), c.sheet.colour("line")
	block.Decor.Pad = st.After / 2
	return block
}

// rowPad is the white over and under the text of a row.
func (c *compositor) rowPad(st typeset.Style) typeset.Length {
	return st.Size.Em(thousandths(c.sheet.design.Furniture.RowPadEm))
}

// stackedRows sets a table that has more columns than the measure can hold with
// its cells one below the other: each over the whole measure, and a line only
// under the last one of a row. Its form is lost, but none of its text.
func (c *compositor) stackedRows(grid [][]gridCell, st typeset.Style, from typeset.Source) {
	c.warn("table-stacked",
		"a table has more columns than the measure can hold; its cells are set one below the other", from)
	for _, row := range grid {
		for i, cell := range row {
			if c.ctx.Err() != nil {
				return
			}
			block := c.row(st, from)
			if i < len(row)-1 {
				block.Decor.Below, block.Style.After = 0, 0
			}
			if i == 0 || i == len(row)-2 {
				block.Style.KeepWithNext = 1 // no cell stands alone
			}
			cell.first, cell.last, cell.Rowspan = 0, 1, 1
			block.Cells = []typeset.Cell{c.cell(cell, []typeset.Length{c.sheet.measure}, st)}
			c.add(block)
		}
	}
}

// headRows counts the rows at the top of the grid that have head cells alone.
func headRows(grid [][]gridCell) int {
	for i, row := range grid {
		for _, cell := range row {
			if !cell.Header {
				return i
			}
		}
	}
	return 0
}

// gridCell is a cell with the columns it covers.
type gridCell struct {
	article.Cell
	first, last int            // columns first to last-1
	natural     typeset.Length // width of its text in one line, at the table's full size
	narrowest   typeset.Length // width of its longest piece that no line can part
}

// maxColumns bounds the columns that a cell may reach to: a colspan of a
// thousand is a mistake (HTML §4.9.12.1 has the same bound).
const maxColumns = 1000

// placeCells gives each row its cells with their columns, after colspan and
// rowspan (HTML §4.9.12, forming a table).
func placeCells(rows [][]article.Cell) [][]gridCell {
	var grid [][]gridCell
	var open []int // for each column, the row at which it is free again
	for y, row := range rows {
		x := 0
		var cells []gridCell
		for _, cell := range row {
			for x < len(open) && open[x] > y {
				x++
			}
			last := x + min(max(1, cell.Colspan), max(1, maxColumns-x))
			for len(open) < last {
				open = append(open, 0)
			}
			for at := x; at < last; at++ {
				open[at] = max(open[at], y+max(1, min(cell.Rowspan, len(rows))))
			}
			cells = append(cells, gridCell{Cell: cell, first: x, last: last})
			x = last
		}
		if len(cells) > 0 {
			grid = append(grid, cells)
		}
	}
	return grid
}

func (c *compositor) cellBlock(cell gridCell, st typeset.Style) typeset.Block {
	return typeset.Block{Role: typeset.RoleTable, Style: st, Spans: live(c.text(cell.Text, st, cell.Header))}
}

func (c *compositor) cell(cell gridCell, widths []typeset.Length, st typeset.Style) typeset.Cell {
	b := c.cellBlock(cell, st)
	for i := range cell.last {
		if i < cell.first {
			b.Style.Left += widths[i]
		} else if i == cell.first {
			b.Style.Measure = widths[i]
		} else {
			b.Style.Measure += widths[i]
		}
	}
	b.Style.Left += cellPad(st.Size)
	b.Style.Measure -= 2 * cellPad(st.Size)
	return typeset.Cell{Block: b, Header: cell.Header, Columns: cell.last - cell.first, Rows: cell.Rowspan}
}
