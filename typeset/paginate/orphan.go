package paginate

// orphanCost keeps the first lines of a paragraph together at the foot of a
// page: at least Style.Orphans of them (two in every region; CLREQ §3.2.5
// treats a lone line at a page's edge as a fault of composition).
func orphanCost(slugs []slug, i int) int64 {
	s := &slugs[i]
	if s.figure || !s.sameBlock(slugs, i+1) {
		return 0
	}
	if missing := s.style().Orphans - s.lineNo - 1; missing > 0 {
		return forbidden / 4
	}
	return 0
}
