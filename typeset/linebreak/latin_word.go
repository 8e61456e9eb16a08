package linebreak

import (
	"strings"

	"offprint/typeset"
)

// A Western word stays whole, with the digits, apostrophes and signs in it:
// don’t, D’Arcy, N95, R&D, C++. Hyphenation is not attempted. All regions.
//
// CLREQ "Composition of Chinese and Western Mixed Texts"; UAX #14 LB19, LB23, LB28, LB29.
// https://www.w3.org/TR/clreq/#chinese_and_western_mixed_text_composition
const ruleLatinWord typeset.RuleID = "latin-word"

func latinWords(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		if p.breaks[i].rule == ruleSoftHyphen {
			continue
		}
		left, right := &p.all[i-1], &p.all[i]
		switch {
		case left.class.wordy() && right.class.wordy(),
			left.class.wordy() && right.inWord() && p.at(i+1).class.wordy(),
			left.inWord() && right.class.wordy() && p.at(i-2).class.wordy(),
			left.class == latin && (right.r == '+' || right.r == '#'), left.r == '+' && right.r == '+',
			combining(right.r):
			p.forbid(i, ruleLatinWord)
		}
	}
}

// inWord reports whether the mark joins the letters round it.
func (c *cluster) inWord() bool { return strings.ContainsRune("'’&_@+.·", c.r) && c.r != 0 }
