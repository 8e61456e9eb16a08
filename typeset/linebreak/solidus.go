package linebreak

import "offprint/typeset"

// A solidus never begins a line, and in mainland China never ends one. Not in
// an address, which has a rule of its own.
//
// CLREQ 3.1.3, GB-style; GB/T 15834-2011 5.1.9.
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
