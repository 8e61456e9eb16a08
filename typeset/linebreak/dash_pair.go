package linebreak

import "offprint/typeset"

// The two-em dash —— and the ellipsis …… are never parted and, at the strict
// level, never begin a line. All regions.
//
// CLREQ "Prohibition Rules for Unbreakable Marks", and strict of those for the line start.
// https://www.w3.org/TR/clreq/#prohibition_rules_for_unbreakable_marks
const ruleDashPair typeset.RuleID = "dash-pair"

func dashPair(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		c := p.all[i].class
		if c != dash && c != ellipsis {
			continue
		}
		if p.all[i-1].class == c || !p.relaxed(i) {
			p.forbid(i, ruleDashPair)
		}
	}
}
