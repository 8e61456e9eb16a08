package linebreak

import (
	"strings"

	"offprint/typeset"
)

// No line ends with an opening mark or with a currency sign, not even when a
// space follows it. All regions.
//
// CLREQ "Prohibition Rules for Line Start and Line End", basic; JLREQ "Possibilities
// for Line-breaking between Characters".
// https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end
const ruleKinsokuEnd typeset.RuleID = "kinsoku-end"

// notAtEnd are the marks that end no line besides the full-width opening ones.
const notAtEnd = "([{$¥￥£￡€＄№＃#"

func kinsokuEnd(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		before := p.solid(i)
		if before < 0 {
			continue
		}
		c := &p.all[before]
		if c.class == opening || strings.ContainsRune(notAtEnd, c.r) && !p.closesWord(before) {
			p.forbid(i, ruleKinsokuEnd)
		}
	}
}

// closesWord reports whether the sign at i ends what stands before it: C#, 100$.
func (p *paragraph) closesWord(i int) bool {
	return p.all[i].class == ascii && p.at(i-1).class.wordy() && !p.at(i+1).class.wordy() &&
		!strings.ContainsRune("([{", p.all[i].r)
}
