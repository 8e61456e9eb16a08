package linebreak

import (
	"github.com/go-text/typesetting/segmenter"

	"offprint/typeset"
)

// The base: where the Unicode line breaking algorithm lets a line end; the other
// break rules tailor it. All regions.
//
// UAX #14. https://www.unicode.org/reports/tr14/
const ruleUAX14 typeset.RuleID = "uax14"

func uax14(p *paragraph) {
	for i := range p.breaks {
		p.breaks[i] = opportunity{typeset.Forbidden, ruleUAX14}
	}
	var seg segmenter.Segmenter
	seg.Init(p.runes)
	lines, next := seg.LineIterator(), 0
	for lines.Next() {
		line := lines.Line()
		end := int32(line.Offset + len(line.Text))
		for next < len(p.first) && p.first[next] < end {
			next++
		}
		if next < len(p.first) && p.first[next] == end {
			p.breaks[next].cost = 0
		}
	}
}

// forbid, allow and price change the break before cluster i. A forced break
// stays forced, and a forbidden one takes no price. Only the rule url changes
// breaks inside an address. Format characters of the text (ZWSP, WJ) outrank
// every rule.
func (p *paragraph) forbid(i int, rule typeset.RuleID) {
	if p.open(i, rule) && !p.all[i-1].split {
		p.breaks[i] = opportunity{typeset.Forbidden, rule}
	}
}

func (p *paragraph) allow(i int, rule typeset.RuleID) {
	if p.open(i, rule) && !p.all[i-1].glued {
		p.breaks[i] = opportunity{0, rule}
	}
}

func (p *paragraph) price(i int, cost int32, rule typeset.RuleID) {
	if p.open(i, rule) && p.breaks[i].cost != typeset.Forbidden && p.breaks[i].cost < cost {
		p.breaks[i] = opportunity{cost, rule}
	}
}

// open reports whether a rule may change the break before cluster i.
func (p *paragraph) open(i int, rule typeset.RuleID) bool {
	if i <= 0 || i >= len(p.all) || p.breaks[i].cost == typeset.Forced {
		return false
	}
	return rule == ruleURL || p.breaks[i].rule != ruleURL
}
