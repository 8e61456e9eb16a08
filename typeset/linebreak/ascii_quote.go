package linebreak

import "offprint/typeset"

// A straight quote beside Han is an opening or a closing mark in turn: a line
// may end before the one and after the other. (UAX #14 alone would glue both
// sides.) All regions.
//
// A tailoring of UAX #14 LB19.
// https://www.unicode.org/reports/tr14/#LB19
const ruleASCIIQuote typeset.RuleID = "ascii-quote"

func asciiQuotes(p *paragraph) {
	open := map[rune]bool{}
	for i := range p.all {
		r := p.all[i].r
		if r != '"' && r != '\'' || p.at(i-1).class.wordy() && p.at(i+1).class.wordy() {
			continue
		}
		open[r] = !open[r]
		switch {
		case open[r] && p.at(i-1).class.ideographic():
			p.allow(i, ruleASCIIQuote)
			p.forbid(i+1, ruleASCIIQuote)
		case !open[r] && p.at(i+1).class.ideographic():
			p.forbid(i, ruleASCIIQuote)
			p.allow(i+1, ruleASCIIQuote)
		}
	}
}
