package paginate

import "offprint/typeset"

// markTall finds the blocks that no page holds whole, so that asking for them
// in one piece asks for the impossible: a row of a table, a headline, or a
// caption with its picture, that is higher than the page. They are parted
// between lines like a paragraph, with two lines at least on either side
// (CSS Fragmentation 3 §4.4: what can't be kept is given up, not the text).
func markTall(slugs []slug, frame *Frame) {
	room := frame.Leading.Scale(int64(frame.Rows), 1)
	for first := 0; first < len(slugs); {
		last := first
		height := heightOf(slugs[first].heads)
		if first > 0 && slugs[first-1].figure && slugs[first].role() == typeset.RoleCaption {
			height += slugs[first-1].lowest + slugs[first-1].after + slugs[first].before
		}
		for ; last < len(slugs) && slugs[last].index == slugs[first].index; last++ {
			height += slugs[last].height
		}
		for i := first; i < last && height > room; i++ {
			slugs[i].tall = true
		}
		first = last
	}
}

// heightOf is the height of slugs one below the other at the top of a column.
func heightOf(slugs []slug) typeset.Length {
	var height typeset.Length
	for i := range slugs {
		if i > 0 {
			height += slugs[i].before
		}
		height += slugs[i].height + slugs[i].after
	}
	return height
}
