package paginate

import "context"

// balance makes the columns of the last page as equal as its blocks allow: the
// least number of rows that holds them all, where no keep rule has to give way
// and no picture has to be made smaller for it (CSS Multi-column 1, column-fill: balance).
func balance(ctx context.Context, slugs []slug, columns []filled, frame *Frame) []filled {
	if len(frame.Columns) < 2 || len(columns) == 0 {
		return columns
	}
	first := len(columns) - 1
	for first > 0 && columns[first-1].slot.page == columns[first].slot.page {
		first--
	}
	page := columns[first].slot
	last := slugs[columns[first].first:]
	slots := func(rows int) func(k int) slot {
		at := frame.columnSlots(page.page, page.row)
		return func(k int) slot {
			s := at(k)
			s.rows = rows
			return s
		}
	}
	for rows := 1; rows < page.rows && ctx.Err() == nil; rows++ {
		even, _ := fit(ctx, last, frame.Leading, slots(rows), 0)
		if len(even) > len(frame.Columns) || !unharmed(last, even) {
			continue
		}
		for i := range even {
			even[i].first += columns[first].first
			even[i].last += columns[first].first
		}
		return append(columns[:first:first], even...)
	}
	return columns
}

// unharmed reports whether the columns end where nothing objects and hold what
// they have to, with every picture in its size.
func unharmed(slugs []slug, columns []filled) bool {
	for i := range columns {
		c := &columns[i]
		if cost, _ := breakCost(slugs, c.last-1); cost > 0 || c.rows > c.slot.rows || c.lower != nil {
			return false
		}
	}
	return true
}
