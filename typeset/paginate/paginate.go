package paginate

import (
	"context"

	"offprint/typeset"
)

// Paginate parts the galley into pages and places every line, picture, rule
// and link on them. Blocks at the head of the galley that go Across stand over
// all columns. The pages hold no furniture: running heads and folios are the
// caller's. The error is that of ctx, which is looked at many times a page.
func Paginate(ctx context.Context, g *typeset.Galley, frame Frame) ([]typeset.Page, []typeset.Warning, error) {
	// A masthead that goes across all columns is set first, on whole pages.
	across := 0
	if len(frame.Columns) > 1 {
		for across < len(g.Blocks) && g.Blocks[across].Across {
			across++
		}
	}
	head := cast(g, 0, across, &frame)
	columns, _ := fit(ctx, head, frame.Leading, frame.fullSlots(), 0)

	// The rest runs through the columns below it.
	from, first := 0, 0
	if n := len(columns); n > 0 {
		from, first = columns[n-1].slot.page, rowsBelow(columns[n-1].set, frame.Leading)
		if frame.Rows-first < 2*fewRows {
			from, first = from+1, 0
		}
	}
	body := cast(g, across, len(g.Blocks), &frame)
	steady := 0
	if first > 0 {
		steady = len(frame.Columns) // the first page's columns are shorter than all others
	}
	rest, _ := fit(ctx, body, frame.Leading, frame.columnSlots(from, first), steady)
	rest = balance(ctx, body, rest, &frame)

	// Both are placed on their pages.
	p := placer{galley: g, frame: frame}
	p.place(ctx, columns)
	p.place(ctx, rest)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	return p.pages, p.warnings, nil
}

// rowsBelow counts the rows of a column with the white at its foot, for what goes
// on under it.
func rowsBelow(set []slug, leading typeset.Length) int {
	foot := set[len(set)-1]
	foot.before, foot.height, foot.after = 0, 0, 0
	return stack(append(set[:len(set):len(set)], foot), leading, nil, nil)
}
