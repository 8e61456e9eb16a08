package linebreak

import "offprint/typeset"

// The last line of a paragraph, and one before a forced break, keeps its
// natural width; it is only made narrower where it would not fit. All regions.
//
// JLREQ "Line Adjustment".
// https://www.w3.org/TR/jlreq/#line_adjustment
const ruleLastLine typeset.RuleID = "last-line"

// slackToShare is what of the line's slack justification takes up.
func (f *fitter) slackToShare(s *sums) typeset.Length {
	if !f.justify || s.last && s.slack > 0 {
		return 0
	}
	return s.slack
}
