package linebreak

import "offprint/typeset"

// A compound with a hyphen (GPT-4o, RX-20, state-of-the-art) stays whole
// wherever another break will do, and always beside a digit: programs that join
// the lines of a PDF drop a hyphen at a line end. All regions.
//
// A tailoring of UAX #14, class HY.
// https://www.unicode.org/reports/tr14/#HY
const ruleHyphen typeset.RuleID = "hyphen"

const hyphenCost = 600_000

func hyphens(p *paragraph) {
	for i := range p.all {
		if r := p.all[i].r; r != '-' && r != '‐' {
			continue
		}
		before, after := p.at(i-1), p.at(i+1)
		if before.class == digit || after.class == digit {
			p.forbid(i+1, ruleHyphen)
			p.forbidUnlessSpace(i)
			continue
		}
		if before.class.wordy() {
			p.forbid(i, ruleHyphen)
		}
		p.price(i+1, hyphenCost, ruleHyphen)
	}
}

func (p *paragraph) forbidUnlessSpace(i int) {
	if c := p.at(i - 1).class; c.wordy() || c == ascii {
		p.forbid(i, ruleHyphen)
	}
}
