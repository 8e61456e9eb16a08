package linebreak

import "offprint/typeset"

// The end of the text ends the last line; a newline there begins no other. All
// regions.
//
// UAX #14 LB3. https://www.unicode.org/reports/tr14/#LB3
const ruleBlockEnd typeset.RuleID = "block-end"

func blockEnd(p *paragraph) {
	p.breaks[len(p.all)] = opportunity{typeset.Forced, ruleBlockEnd}
}
