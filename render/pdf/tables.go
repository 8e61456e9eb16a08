package pdf

import "offprint/typeset"

// rowShape is what a table's row is in the grid of the table.
type rowShape struct {
	block int
	cells [][2]int // the columns and rows that each cell stands over
	empty []int    // widths of what no cell of the table stands on
}

// table makes the whole table that begins with a block, drawn or not: a row without
// any text is a row. Rows that follow each other and have one number are one table.
func (t *tree) table(first int) {
	table := t.add(t.inner(), "Table")
	number := t.doc.Blocks[first].Table
	var blocks []int
	for i := first; i < len(t.doc.Blocks); i++ {
		b := &t.doc.Blocks[i]
		caption := len(b.CellLines) == 0
		if b.Role != typeset.RoleTable || b.Table != number || caption && i > first {
			break
		}
		if caption {
			t.made(i, t.add(table, "Caption"))
		} else {
			blocks = append(blocks, i)
		}
	}
	for _, shape := range t.grid(blocks) {
		t.made(shape.block, t.row(table, &shape, shape.block == first))
	}
}

// row makes a row with its cells. A head cell is that of its column in the first row
// and in those that head the table, else that of its row.
func (t *tree) row(table int, shape *rowShape, first bool) int {
	block := &t.doc.Blocks[shape.block]
	row := t.add(table, "TR")
	for i, over := range shape.cells {
		if i >= len(block.Cells) || !block.Cells[i].Header {
			t.span(t.add(row, "TD"), over)
			continue
		}
		cell := t.add(row, "TH")
		t.span(cell, over)
		t.elements[cell].scope = "Row"
		if first || block.Head {
			t.elements[cell].scope = "Column"
		}
	}
	for _, columns := range shape.empty {
		t.span(t.add(row, "TD"), [2]int{columns, 1})
	}
	return row
}

// span notes what a cell stands over, unless that is one place.
func (t *tree) span(cell int, over [2]int) {
	if over != [2]int{1, 1} {
		t.elements[cell].cell = over
	}
}

// grid gives the shapes of a table's rows. Pages have rows of different lengths and
// cells that reach beyond their table; in a file all rows have as many columns (ISO
// 14289-1 §7.5).
func (t *tree) grid(blocks []int) []rowShape {
	_, columns := t.fill(blocks, 0)
	rows, _ := t.fill(blocks, columns)
	return rows
}

// fill puts the cells of the rows on a grid that is at least so many columns wide
// (HTML §4.9.12.1, but that cells never overlap), and tells how wide it became.
func (t *tree) fill(blocks []int, columns int) ([]rowShape, int) {
	rows := make([]rowShape, len(blocks))
	until := make([]int, columns) // for each column, the row at which it is free again
	for y, number := range blocks {
		block := &t.doc.Blocks[number]
		rows[y].block = number
		x := 0
		for i := range block.CellLines {
			for x < len(until) && until[x] > y {
				x++
			}
			wide, high := 1, 1
			if i < len(block.Cells) {
				wide = max(1, block.Cells[i].Columns)
				high = min(max(1, block.Cells[i].Rows), len(blocks)-y)
			}
			from := x
			for x == from || x < from+wide && (x >= len(until) || until[x] <= y) {
				if x >= len(until) {
					until = append(until, 0)
				}
				until[x] = y + high
				x++
			}
			rows[y].cells = append(rows[y].cells, [2]int{x - from, high})
		}
		for x := 0; x < len(until); x++ {
			from := x
			for x < len(until) && until[x] <= y {
				x++
			}
			if x > from {
				rows[y].empty = append(rows[y].empty, x-from)
			}
		}
	}
	return rows, len(until)
}
