package render

import (
	"offprint/article"
	"offprint/typeset"
	"offprint/typeset/linebreak"
)

// table sets a table row by row, each never parted, with columns as wide as
// their text asks for as far as the measure goes.
func (c *compositor) table(b *article.Block, from typeset.Source) {
	st := c.sheet.style(typeset.RoleTable)
	grid := placeCells(b.Rows)
	if len(grid) == 0 {
		return
	}
	widths := c.columnWidths(grid, st)
	f := c.sheet.design.Furniture
	for i, row := range grid {
		rowStyle := st
		rowStyle.KeepTogether = true
		rowStyle.Before = st.Size.Em(250)
		rowStyle.After = st.Size.Em(250)
		rowStyle.Left, rowStyle.Measure = 0, c.sheet.measure
		if i == 0 {
			rowStyle.Before += c.sheet.leading / 2
			rowStyle.KeepWithNext = 1 // a head never stands alone at the foot
		}
		block := typeset.Block{Role: typeset.RoleTable, Style: rowStyle, Source: from}
		block.Decor.Below, block.Decor.Colour = typeset.Points(f.ThinRulePt), c.sheet.colour("line")
		for _, cell := range row {
			block.Cells = append(block.Cells, c.cell(cell, widths, st))
		}
		c.add(block)
	}
	last := &c.blocks[len(c.blocks)-1]
	last.Style.After += c.sheet.leading / 2
}

// gridCell is a cell with the columns it covers.
type gridCell struct {
	article.Cell
	first, last int // columns first to last-1
}

// maxColumns bounds a table's columns: more would leave less than an em each.
const maxColumns = 24

// placeCells gives each row its cells with their columns, after colspan and
// rowspan (HTML §4.9.12, forming a table).
func placeCells(rows [][]article.Cell) [][]gridCell {
	var grid [][]gridCell
	taken := map[[2]int]bool{}
	for y, row := range rows {
		x := 0
		var cells []gridCell
		for _, cell := range row {
			for x < maxColumns && taken[[2]int{y, x}] {
				x++
			}
			if x >= maxColumns {
				break
			}
			last := min(x+max(1, cell.Colspan), maxColumns)
			for dy := range min(max(1, cell.Rowspan), len(rows)-y) {
				for dx := x; dx < last; dx++ {
					taken[[2]int{y + dy, dx}] = true
				}
			}
			cells = append(cells, gridCell{cell, x, last})
			x = last
		}
		if len(cells) > 0 {
			grid = append(grid, cells)
		}
	}
	return grid
}

// columnWidths shares the measure: every column gets what its widest cell asks
// for, and where that is too much the wide ones share what the narrow ones
// leave.
func (c *compositor) columnWidths(grid [][]gridCell, st typeset.Style) []typeset.Length {
	n := 0
	for _, row := range grid {
		n = max(n, row[len(row)-1].last)
	}
	wish := make([]typeset.Length, n)
	for _, row := range grid {
		for _, cell := range row {
			if cell.last-cell.first > 1 {
				continue
			}
			b := c.cellBlock(cell, st)
			wish[cell.first] = max(wish[cell.first], linebreak.Natural(&b)+2*cellPad(st))
		}
	}
	widths := make([]typeset.Length, n)
	left, open := c.sheet.measure, n
	for settled := true; settled && open > 0; {
		settled = false
		share := left / typeset.Length(open)
		for i, w := range wish {
			if widths[i] == 0 && w <= share {
				widths[i] = max(w, typeset.Point)
				left, open, settled = left-widths[i], open-1, true
			}
		}
	}
	for i := range widths {
		switch {
		case widths[i] == 0:
			widths[i] = left / typeset.Length(open)
		case open == 0:
			widths[i] += left / typeset.Length(n)
		}
	}
	return widths
}

func cellPad(st typeset.Style) typeset.Length { return st.Size / 2 }

func (c *compositor) cellBlock(cell gridCell, st typeset.Style) typeset.Block {
	return typeset.Block{Role: typeset.RoleTable, Style: st, Spans: c.text(cell.Text, st, cell.Header)}
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
	b.Style.Left += cellPad(st)
	b.Style.Measure -= 2 * cellPad(st)
	return typeset.Cell{Block: b, Header: cell.Header}
}
