package paginate

// repeatHeads gives each row of a table the rows that head it: they are set
// again where the table goes on in another column, so that its figures can
// still be read (CSS 2 §17.2: print user agents may repeat the rows of a header
// group). Heads of more than mostHead rows of the grid, or of more than a
// quarter of the page, take too much of it and are not set again. A table of
// heads alone repeats none.
func repeatHeads(slugs []slug, frame *Frame) {
	for first := 0; first < len(slugs); {
		last := first + 1
		for last < len(slugs) && slugs[last].block.Table == slugs[first].block.Table {
			last++
		}
		if slugs[first].block.Table != 0 {
			repeatHead(slugs[first:last], frame)
		}
		first = last
	}
}

func repeatHead(table []slug, frame *Frame) {
	first := 0
	for first < len(table) && len(table[first].block.Cells) == 0 {
		first++ // its caption
	}
	body := first
	for body < len(table) && table[body].block.Head {
		body++
	}
	heads := table[first:body]
	if rowsOf(heightOf(heads), frame.Leading) > min(mostHead, frame.Rows/4) {
		return
	}
	for i := body; i < len(table); i++ {
		table[i].heads = heads
	}
}

// mostHead is the most rows of the grid that heads may take to be set again.
const mostHead = 4

// column gives the slugs that stand in a column which holds slugs[first:last]:
// with the heads of the table that it goes on with.
func column(slugs []slug, first, last int) []slug {
	heads := slugs[first].heads
	if len(heads) == 0 {
		return slugs[first:last]
	}
	set := make([]slug, 0, len(heads)+last-first)
	for i := range heads {
		set = append(set, heads[i])
		set[i].again, set[i].heads = true, nil
	}
	set = append(set, slugs[first:last]...)
	set[len(heads)] = resumed(set[len(heads)])
	return set
}

// resumed gives a slug as it stands under heads that are set again: a row that is
// parted has its white from them.
func resumed(s slug) slug {
	if len(s.heads) > 0 && s.lineNo > 0 {
		s.before = s.style().Before
	}
	return s
}
