package linebreak

import (
	"strings"

	"offprint/typeset"
)

// An address breaks after / ? & . = - _ #, and between its other characters only
// where a line would else be opened far beyond the design; no hyphen is added. All
// regions.
//
// A tailoring of UAX #14, class SY and rules LB13 and LB25.
// https://www.unicode.org/reports/tr14/#SY
const ruleURL typeset.RuleID = "url"

// urlCost is the price of a break after each of the characters. A hyphen at a
// line end is lost by programs that join lines, so it costs most.
var urlCost = map[rune]int32{'/': 300, '?': 400, '&': 400, '=': 700, '.': 900, '_': 1200, '#': 700, '-': 12_000_000}

// An address keeps so many of its first and last characters together.
const (
	fewestBefore = 4
	fewestAfter  = 3
)

// partCost is the price of a break within a part of an address.
const partCost = 12_000_000

func urls(p *paragraph) {
	for i := 0; i < len(p.all); {
		end := i
		for end < len(p.all) && p.inAddress(end) {
			end++
		}
		if addressLike(p.text, p.at(i), p.at(end-1)) && end > i {
			p.breakAddress(i, end)
		}
		i = max(end, i+1)
	}
}

// inAddress reports whether the character at i may stand in an address.
func (p *paragraph) inAddress(i int) bool {
	c := &p.all[i]
	switch c.class {
	case latin:
		return c.r < 0x80
	case ascii:
		return !strings.ContainsRune(`"'<>()[]{}`, c.r)
	}
	return c.class == digit
}

// addressLike reports whether the characters from first to last read as an address.
func addressLike(text string, first, last *cluster) bool {
	if last.end <= first.start {
		return false
	}
	token := text[first.start:last.end]
	if strings.Contains(token, "://") || strings.HasPrefix(token, "www.") {
		return true
	}
	// host.tld/path and name@host.tld
	dot := strings.IndexByte(token, '.')
	slash := strings.IndexByte(token, '/')
	at := strings.IndexByte(token, '@')
	return dot > 0 && slash > dot+1 || at > 0 && strings.IndexByte(token[at:], '.') > 0
}

func (p *paragraph) breakAddress(from, to int) {
	for i := from + 1; i < to; i++ {
		p.forbid(i, ruleURL)
		cost, ok := urlCost[p.all[i-1].r]
		_, joint := urlCost[p.all[i].r]
		if joint || p.all[i].class == ascii || i-from < fewestBefore || to-i < fewestAfter {
			continue
		}
		if !ok {
			cost = partCost
		}
		p.allow(i, ruleURL)
		p.price(i, cost, ruleURL)
	}
}
