package linebreak

import "offprint/typeset"

// The two-em dash —— and the ellipsis …… are never parted and, at the strict
// level, never begin a line, but for the —— before a headline's second part. All
// regions.
//
// CLREQ "Prohibition Rules for Unbreakable Marks", and strict of those for the line start.
// https://www.w3.org/TR/clreq/#prohibition_rules_for_unbreakable_marks
const ruleDashPair typeset.RuleID = "dash-pair"

func dashPair(p *paragraph) {
	headline := p.block.Style.Align == typeset.Balanced
	for i := 1; i < len(p.all); i++ {
		c := p.all[i].class
		if c != dash && c != ellipsis {
			continue
		}
		if p.all[i-1].class == c || !p.relaxed(i) && !(headline && c == dash) {
			p.forbid(i, ruleDashPair)
		}
	}
}
