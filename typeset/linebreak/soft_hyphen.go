package linebreak

import "offprint/typeset"

// A line may end at a soft hyphen, which is drawn only there. All regions.
//
// UAX #14 §5.4 "Use of Soft Hyphen". https://www.unicode.org/reports/tr14/#SoftHyphen
const ruleSoftHyphen typeset.RuleID = "soft-hyphen"

const softHyphenCost = 4000

func softHyphens(p *paragraph) {
	for i := range p.all {
		if p.all[i].class == softHyphen {
			p.price(i+1, softHyphenCost, ruleSoftHyphen)
		}
	}
}
