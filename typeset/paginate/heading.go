package paginate

// headingCost keeps a heading with what it heads: Style.KeepWithNext lines of
// the following blocks, or a whole picture (CLREQ §3.3.3: a heading must not
// stand last on a page).
func headingCost(slugs []slug, i int) int64 {
	following := 0
	for j := i; j >= 0; j-- {
		s := &slugs[j]
		if keep := s.style().KeepWithNext; keep > 0 && !s.figure {
			if following < keep && !s.closesItself(slugs, i) {
				return forbidden / 2
			}
			return 0
		}
		if s.figure {
			return 0
		}
		if following++; following >= longestKeep {
			return 0
		}
	}
	return 0
}

// longestKeep bounds how far back a heading is looked for.
const longestKeep = 8

// closesItself reports whether nothing follows slugs[i], so that the heading
// has nothing to keep.
func (s *slug) closesItself(slugs []slug, i int) bool { return i == len(slugs)-1 }
