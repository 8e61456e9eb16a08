package linebreak

import "offprint/typeset"

// A newline in the text ends its line, which is not justified. It is not drawn.
// All regions.
//
// UAX #14 LB4, LB5. https://www.unicode.org/reports/tr14/#BK
const ruleNewline typeset.RuleID = "newline"

func newlines(p *paragraph) {
	for i := range p.all {
		if p.all[i].class == newline {
			p.breaks[i+1] = opportunity{typeset.Forced, ruleNewline}
		}
	}
}
