package paginate

import "offprint/typeset"

// Frame says where on the pages the text stands.
type Frame struct {
	Paper   typeset.PaperSize
	Top     typeset.Length   // of the text block
	Rows    int              // lines of the grid that a page holds
	Leading typeset.Length   // of the grid: the body's leading
	Columns []typeset.Length // the left edge of each column
	Full    typeset.Length   // the left edge of blocks that go across all columns
}

// slot is one column of one page, or the part of it that is free.
type slot struct {
	page   int
	x      typeset.Length
	row    int // its first row on the page
	rows   int
	column int
}

// columnSlots gives slot k of the run of columns that begins under row first
// of page from.
func (f *Frame) columnSlots(from, first int) func(k int) slot {
	n := len(f.Columns)
	return func(k int) slot {
		s := slot{page: from + k/n, x: f.Columns[k%n], rows: f.Rows, column: k % n}
		if k < n {
			s.row, s.rows = first, f.Rows-first
		}
		return s
	}
}

// fullSlots gives whole pages, from the first.
func (f *Frame) fullSlots() func(k int) slot {
	return func(k int) slot { return slot{page: k, x: f.Full, rows: f.Rows} }
}
