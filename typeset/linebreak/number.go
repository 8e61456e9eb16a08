package linebreak

import (
	"strings"

	"offprint/typeset"
)

// A number is never parted: 7,460, 15.6, １５．６, ２０２５, 10:45, 50%. All regions.
//
// UAX #14 LB25. Full-width digits, which UAX #14 lets break anywhere, keep their
// code points and stay together like narrow ones.
// https://www.unicode.org/reports/tr14/#LB25
const ruleNumber typeset.RuleID = "number"

func numbers(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		left, right := p.all[i-1].class, p.all[i].class
		switch {
		case numeral(left) && numeral(right),
			numeral(left) && p.numberPoint(i) && numeral(p.at(i+1).class),
			p.numberPoint(i-1) && numeral(right) && numeral(p.at(i-2).class),
			numeral(left) && strings.ContainsRune("%‰％°℃℉′″", p.all[i].r),
			strings.ContainsRune("+-−±＋－", p.all[i-1].r) && numeral(right) && !p.at(i-2).class.wordy():
			p.forbid(i, ruleNumber)
		}
	}
}

// numeral reports whether the class is a digit of either width.
func numeral(c class) bool { return c == digit || c == wideDigit }

// numberPoint reports whether the mark at i can stand within a number.
func (p *paragraph) numberPoint(i int) bool {
	return strings.ContainsRune(".,:/．﹒·，：", p.at(i).r) && p.at(i).r != 0
}
