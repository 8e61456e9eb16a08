package paginate

import "offprint/typeset"

// stack lays slugs one below the other on the grid, from the top of a column,
// and hands each slug with the offset of its top edge to visit (which may be
// nil). Every cluster takes whole rows, so that the body's baselines agree on
// all columns and pages (JLREQ §2.5.1, positioning of lines). lower[i], where
// given, is what slug i is made lower by. It returns the number of rows used.
func stack(slugs []slug, leading typeset.Length, lower []typeset.Length, visit func(i int, y typeset.Length)) int {
	row := 0
	for first := 0; first < len(slugs); {
		last := first
		var height typeset.Length
		for ; last < len(slugs) && slugs[last].cluster == slugs[first].cluster; last++ {
			height += slugs[last].height + slugs[last].after
			if last > 0 {
				height += slugs[last].before
			}
			if lower != nil {
				height -= lower[last]
			}
		}
		last--
		if last == len(slugs)-1 {
			height -= slugs[last].after // white at the foot of a column is dropped
		}
		rows := rowsOf(height, leading)
		if visit != nil {
			y := leading.Scale(int64(row), 1) + slackAbove(slugs[first:last+1], leading.Scale(int64(rows), 1)-height, first == 0)
			for i := first; i <= last; i++ {
				if i > 0 {
					y += slugs[i].before
				}
				visit(i, y)
				y += slugs[i].height + slugs[i].after
				if lower != nil {
					y -= lower[i]
				}
			}
		}
		row += rows
		first = last + 1
	}
	return row
}

// slackAbove shares the white that rounds a cluster to the grid: a heading has
// it above, to stand nearer to what it heads; a picture or a table half above;
// all others below. At the top of a column there is none above.
func slackAbove(cluster []slug, slack typeset.Length, top bool) typeset.Length {
	switch {
	case top:
		return 0
	case cluster[0].figure, cluster[0].role() == typeset.RoleTable:
		return slack / 2
	case cluster[0].style().KeepWithNext > 1:
		return slack
	}
	return 0
}

// pile counts the rows of a column while slugs are added to its foot: the same
// sum as stack's, without going through the column again.
type pile struct {
	closed  int            // rows of the clusters before the last
	height  typeset.Length // of the last cluster
	cluster int            // its number, counted from 1
}

// add puts a slug on the pile and gives the rows used.
func (p *pile) add(s *slug, leading typeset.Length) int {
	if p.cluster != s.cluster+1 {
		p.closed += rowsOf(p.height, leading)
		p.height = 0
	}
	if p.cluster != 0 {
		p.height += s.before // dropped at the top of the column
	}
	p.cluster = s.cluster + 1
	p.height += s.height + s.after
	return p.closed + rowsOf(p.height-s.after, leading) // white at the foot is dropped
}

func rowsOf(height, leading typeset.Length) int { return int((height + leading - 1) / leading) }
