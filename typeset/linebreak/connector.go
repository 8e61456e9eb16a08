package linebreak

import "offprint/typeset"

// A connector (– ～ 〜) never begins a line. All regions.
//
// CLREQ "Prohibition Rules for Line Start and Line End", basic.
// https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end
const ruleConnector typeset.RuleID = "connector"

func connectors(p *paragraph) {
	for i := range p.all {
		if p.all[i].class == connector && !p.relaxed(i) {
			p.forbid(i, ruleConnector)
		}
	}
}
