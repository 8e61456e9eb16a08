package linebreak

import (
	"strings"

	"offprint/typeset"
)

// The letters and sign of a currency stay with their number: HK$8.5, US$3,
// 100€. All regions.
//
// UAX #14 LB24, LB25. https://www.unicode.org/reports/tr14/#LB24
const ruleCurrency typeset.RuleID = "currency"

const currencySigns = "$¥￥£￡€＄₩"

func currencies(p *paragraph) {
	for i := range p.all {
		if !strings.ContainsRune(currencySigns, p.all[i].r) {
			continue
		}
		if before := p.at(i - 1).class; before == latin || before == wideLetter || numeral(before) {
			p.forbid(i, ruleCurrency)
		}
		if numeral(p.at(i + 1).class) {
			p.forbid(i+1, ruleCurrency)
		}
	}
}
