package paginate

import "offprint/typeset"

// lowerFigures makes the pictures among slugs lower by rows of the grid in
// all, the highest first, each no lower than it allows. It gives nil when they
// can't give so much. A picture is never parted over two pages; making it a
// little smaller is how a page is filled without moving text past it, which
// would change the order in which the article is read and copied.
func lowerFigures(slugs []slug, leading typeset.Length, rows int) []typeset.Length {
	lower := make([]typeset.Length, len(slugs))
	for ; rows > 0; rows-- {
		best := -1
		for i := range slugs {
			s := &slugs[i]
			if s.height-lower[i]-leading < s.lowest {
				continue
			}
			if best < 0 || s.height-lower[i] > slugs[best].height-lower[best] {
				best = i
			}
		}
		if best < 0 {
			return nil
		}
		lower[best] += leading
	}
	return lower
}

// loweringCost prices smaller pictures: the square of the percentage, for each.
func loweringCost(slugs []slug, lower []typeset.Length) int64 {
	var cost int64
	for i, by := range lower {
		if by > 0 {
			percent := int64(by) * 100 / int64(slugs[i].height)
			cost += percent * percent
		}
	}
	return cost
}
