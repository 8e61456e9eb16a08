package render

import (
	"offprint/typeset"
	"offprint/typeset/linebreak"
)

// The least width, in ems, of a column whose text asks for more: four Han, or
// three where the type is as small as it may be.
const (
	narrowColumn    = 4
	narrowestColumn = 3
)

// smallestTable is the least part of its size, in thousandths, that a table's
// type is made to fit its columns: readers of large type keep large type.
const smallestTable = 800

// columnWidths shares the measure over the grid's columns. Where they have too
// little room the type is made a little smaller. fitted is false when even that
// leaves a column too narrow to be read.
func (c *compositor) columnWidths(grid [][]gridCell, st *typeset.Style) (widths []typeset.Length, fitted bool) {
	full := *st
	for _, row := range grid {
		if c.ctx.Err() != nil {
			return nil, false
		}
		for i := range row {
			b := c.cellBlock(row[i], full)
			row[i].natural, row[i].narrowest = linebreak.Natural(c.ctx, &b), linebreak.Narrowest(c.ctx, &b)
		}
	}
	least := max(full.Size.Em(smallestTable), typeset.Points(c.sheet.design.Roles[string(typeset.RoleTable)].Min))
	for {
		widths = c.shareMeasure(grid, st.Size, full.Size)
		if readable(grid, widths, st.Size, full.Size, narrowColumn) {
			return widths, true
		}
		if st.Size <= least {
			break
		}
		st.Size = max(least, st.Size-typeset.Point/2)
		st.Leading = full.Leading.Scale(int64(st.Size), int64(full.Size))
	}
	if readable(grid, widths, st.Size, full.Size, narrowestColumn) {
		return widths, true
	}
	*st = full
	return nil, false
}

// shareMeasure gives every column what its widest cell asks for. Where that is too
// much, the wide ones have what their longest word asks for, and share what is
// left by what else they ask for. It gives nil where their words have no room.
func (c *compositor) shareMeasure(grid [][]gridCell, size, full typeset.Length) []typeset.Length {
	widths, wish := wishes(grid, size, full)
	left, most := c.sheet.measure, typeset.Length(0)
	for i := range widths {
		left -= widths[i]
		most += wish[i] - widths[i]
	}
	if left < 0 {
		return nil
	}
	if room := left - most; room >= 0 {
		// All have their wish, and what is left in equal parts.
		for i := range widths {
			widths[i] = wish[i] + room/typeset.Length(len(widths))
		}
		return widths
	}
	// Columns that ask for less than an equal share have it; the others share.
	open := 0
	for i := range widths {
		if wish[i] > widths[i] {
			open++
		}
	}
	for settled := true; settled && open > 0; {
		settled = false
		share := left / typeset.Length(open)
		for i := range widths {
			if more := wish[i] - widths[i]; more > 0 && more <= share {
				widths[i], left, open, settled = wish[i], left-more, open-1, true
			}
		}
	}
	for i := range widths {
		if wish[i] > widths[i] {
			widths[i] += left / typeset.Length(open)
		}
	}
	return widths
}

// wishes gives, for each column, the width at which no word of its cells is
// parted, and that at which none has more than one line. Cells that cover several
// columns ask for nothing.
func wishes(grid [][]gridCell, size, full typeset.Length) (least, wish []typeset.Length) {
	n := 0
	for _, row := range grid {
		n = max(n, row[len(row)-1].last)
	}
	least, wish = make([]typeset.Length, n), make([]typeset.Length, n)
	for i := range wish {
		least[i], wish[i] = typeset.Point, typeset.Point
	}
	for _, row := range grid {
		for i := range row {
			if cell := &row[i]; cell.last-cell.first == 1 {
				x, pads := cell.first, 2*cellPad(size)
				word := min(cell.narrowest, longestWord*full)
				least[x] = max(least[x], atSize(word, size, full)+pads)
				wish[x] = max(wish[x], atSize(cell.natural, size, full)+pads)
			}
		}
	}
	return least, wish
}

// longestWord bounds what a word may ask for, in ems: a longer one is an address,
// and is broken.
const longestWord = 8

// atSize is a width measured at the full size, at another; a little more, since
// each character is rounded by itself.
func atSize(width, size, full typeset.Length) typeset.Length {
	return width.Scale(int64(size), int64(full)) + typeset.Point/64
}

// readable reports whether every cell has room for its text in one line, or for
// so many ems of it.
func readable(grid [][]gridCell, widths []typeset.Length, size, full, ems typeset.Length) bool {
	if widths == nil {
		return false
	}
	for _, row := range grid {
		for i := range row {
			cell := &row[i]
			room := -2 * cellPad(size)
			for _, w := range widths[cell.first:cell.last] {
				room += w
			}
			if room < ems*size && room < cell.natural.Scale(int64(size), int64(full)) {
				return false
			}
		}
	}
	return true
}

// cellPad is the white at either side of a cell's text: half an em, so that the
// texts of neighbours stand an em apart.
func cellPad(size typeset.Length) typeset.Length { return size / 2 }
