package linebreak

import "offprint/typeset"

// The last line of a paragraph is never one character with its marks, and had
// better be three ems long. All regions.
//
// CLREQ "Paragraph Adjustment Rules"; JLREQ the same.
// https://www.w3.org/TR/jlreq/#paragraph_adjustment_rules
const ruleRunt typeset.RuleID = "runt"

const (
	runtCost     = int64(5_000_000)
	shortestLast = 1500 // for a last line under three ems, in all
)

// runtCost is the price of a short last line. A paragraph of one line pays
// none.
func (f *fitter) runtCost(s *sums) int64 {
	if s.first || s.boxes == 0 {
		return 0
	}
	if s.weighty <= 1 {
		return runtCost
	}
	if short := 3*f.em - s.natural; short > 0 {
		return 500 + int64(short)*1000/int64(3*f.em)
	}
	return 0
}
