package linebreak

import "offprint/typeset"

// An interpunct never begins a line; one that joins the parts of a name had
// better not end it either. All regions.
//
// CLREQ "Prohibition Rules for Line Start and Line End", basic.
// https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end
const ruleInterpunct typeset.RuleID = "interpunct"

const interpunctCost = 3_000_000

func interpuncts(p *paragraph) {
	for i := range p.all {
		if p.all[i].class == interpunct {
			if !p.relaxed(i) {
				p.forbid(i, ruleInterpunct)
			}
			if p.at(i-1).class.ideographic() && p.at(i+1).class == latin {
				p.allow(i+1, ruleInterpunct)
			}
			p.price(i+1, interpunctCost, ruleInterpunct)
		}
	}
}
