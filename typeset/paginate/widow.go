package paginate

// widowCost keeps the last lines of a paragraph together at the top of a page:
// at least Style.Widows of them.
func widowCost(slugs []slug, i int) int64 {
	s := &slugs[i]
	if s.figure || !s.sameBlock(slugs, i+1) {
		return 0
	}
	left := s.lines - s.lineNo - 1
	if left < s.style().Widows {
		return forbidden / 4
	}
	return 0
}
