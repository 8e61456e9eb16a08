package linebreak

import "offprint/typeset"

// An interpunct never begins a line; one that joins the parts of a name had
// better not end it either. Where it is half an em wide (CN), rather that than a
// line whose Han part by a tenth of an em; where it stands in the middle of its
// em, it would leave a hole at the edge. All regions.
//
// CLREQ "Prohibition Rules for Line Start and Line End", basic.
// https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end
const ruleInterpunct typeset.RuleID = "interpunct"

const (
	interpunctCost     = 3_000_000
	halfInterpunctCost = 250_000 // that of a line whose Han gaps are 0.085 em
)

func interpuncts(p *paragraph) {
	for i := range p.all {
		if p.all[i].class == interpunct {
			if !p.relaxed(i) {
				p.forbid(i, ruleInterpunct)
			}
			if p.at(i-1).class.ideographic() && p.at(i+1).class == latin {
				p.allow(i+1, ruleInterpunct)
			}
			cost := int32(interpunctCost)
			if formOf(interpunct, p.all[i].r, p.region) == halfForm {
				cost = halfInterpunctCost
			}
			p.price(i+1, cost, ruleInterpunct)
		}
	}
}
