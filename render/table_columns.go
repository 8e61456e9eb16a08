package render

import (
	"regexp"
	"strings"

	"offprint/typeset"
	"offprint/typeset/linebreak"
)

// narrowestColumn is the least that a column's text gets when it asks for more,
// in ems: four Han, or a short word.
const narrowestColumn = 4

// smallestTable is the least part of its size, in thousandths, that a table's
// type is made to fit its columns: readers of large type keep large type.
const smallestTable = 800

// columnWidths shares the measure over the grid's columns. Where they have too
// little room the type is made a little smaller. fitted is false when even that
// leaves a column too narrow to be read.
func (c *compositor) columnWidths(grid [][]gridCell, st *typeset.Style) (widths []typeset.Length, fitted bool) {
	full := *st
	for _, row := range grid {
		for i := range row {
			b := c.cellBlock(row[i], full)
			row[i].natural = linebreak.Natural(&b)
		}
	}
	least := max(full.Size.Em(smallestTable), typeset.Points(c.sheet.design.Roles[string(typeset.RoleTable)].Min))
	for {
		widths, fitted = c.shareMeasure(grid, st.Size, full.Size)
		if fitted || st.Size <= least {
			break
		}
		st.Size = max(least, st.Size-typeset.Point/2)
		st.Leading = full.Leading.Scale(int64(st.Size), int64(full.Size))
	}
	if !fitted {
		*st = full
	}
	return widths, fitted
}

// shareMeasure gives every column what its widest cell asks for, and where that
// is too much lets the wide ones share what the narrow ones leave.
func (c *compositor) shareMeasure(grid [][]gridCell, size, full typeset.Length) (widths []typeset.Length, fitted bool) {
	wish := wishes(grid, size, full)
	n := len(wish)
	widths = make([]typeset.Length, n)
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
	return widths, left >= 0 && readable(grid, widths, size, full)
}

// wishes gives, for each column, the width at which none of its cells has more
// than one line. Cells that cover several columns ask for nothing.
func wishes(grid [][]gridCell, size, full typeset.Length) []typeset.Length {
	n := 0
	for _, row := range grid {
		n = max(n, row[len(row)-1].last)
	}
	wish := make([]typeset.Length, n)
	for _, row := range grid {
		for i := range row {
			if cell := &row[i]; cell.last-cell.first == 1 {
				wish[cell.first] = max(wish[cell.first], cell.naturalAt(size, full)+2*cellPad(size))
			}
		}
	}
	return wish
}

// naturalAt is the width of the cell's text in one line at a size; a little more,
// since each character is rounded by itself.
func (cell *gridCell) naturalAt(size, full typeset.Length) typeset.Length {
	return cell.natural.Scale(int64(size), int64(full)) + typeset.Point/64
}

// readable reports whether every cell has room for its text in one line, or for
// narrowestColumn ems of it.
func readable(grid [][]gridCell, widths []typeset.Length, size, full typeset.Length) bool {
	for _, row := range grid {
		for i := range row {
			cell := &row[i]
			room := -2 * cellPad(size)
			for _, w := range widths[cell.first:cell.last] {
				room += w
			}
			if room < narrowestColumn*size && room < cell.natural.Scale(int64(size), int64(full)) {
				return false
			}
		}
	}
	return true
}

func cellPad(size typeset.Length) typeset.Length { return size / 2 }

// numeric matches a cell that is a number, with its sign, currency or unit.
var numeric = regexp.MustCompile(`^[+\-−±]?[A-Z]{0,3}[$¥￥€£]?[+\-−]?[0-9][0-9,.]*[ ]?([%％‰]|[万萬亿億]|[万萬亿億]?[元吨噸人])?$`)

// numberColumns tells which columns hold numbers alone under their heads: these
// are set flush right, so that their digits stand below each other.
func numberColumns(grid [][]gridCell, heads, columns int) []bool {
	numbers := make([]bool, columns)
	other := make([]bool, columns)
	for _, row := range grid[heads:] {
		for i := range row {
			cell := &row[i]
			switch text := strings.TrimSpace(cell.Text); {
			case cell.last-cell.first > 1, text == "", text == "-", text == "–", text == "—":
			case numeric.MatchString(text):
				numbers[cell.first] = true
			default:
				other[cell.first] = true
			}
		}
	}
	for i := range numbers {
		numbers[i] = numbers[i] && !other[i]
	}
	return numbers
}
