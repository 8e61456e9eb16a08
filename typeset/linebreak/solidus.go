package linebreak

import "offprint/typeset"

// A solidus never begins a line, and in mainland China never ends one (an address
// has its own rule). All regions.
//
// CLREQ "Prohibition Rules for Line Start and Line End", basic (start) and GB-style (end).
// https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end
const ruleSolidus typeset.RuleID = "solidus"

func solidus(p *paragraph) {
	for i := range p.all {
		if r := p.all[i].r; r != '/' && r != '／' {
			continue
		}
		p.forbid(i, ruleSolidus)
		if p.region == china {
			p.forbid(i+1, ruleSolidus)
		}
	}
}
