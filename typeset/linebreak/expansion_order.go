package linebreak

import "offprint/typeset"

// What a loose line opens, first to last: word spaces, Han–Latin gaps, the
// letters of addresses by a hair, then all Han gaps by the same amount, and with
// them the Han–Latin gaps again. Nothing inside —— and ……, numbers with their
// units and connectors is opened. CN, HK, TW, JP.
//
// CLREQ "Paragraph Adjustment Rules"; JLREQ "Opportunities for Inter-character Space
// Expansion during Line Adjustment".
// https://www.w3.org/TR/jlreq/#opportunities_for_intercharacter_space_expansion_during_line_adjustment
const ruleExpansion typeset.RuleID = "expansion-order"

const (
	stretchSpace typeset.Rank = iota
	stretchHanLatin
	stretchAddress
	stretchHan
	stretchRanks
)

// hanStretch is as far as a Han gap opens by design, in thousandths of an em.
const hanStretch = 100

// addressStretch is how far the characters of an address part, in thousandths
// of an em: a line of nothing else could not be flush.
const addressStretch = 40

// stretchCost is what it costs to use up all of the ranks before Han gaps, whose
// own cost is in cost.go.
var stretchCost = [stretchHan]int64{stretchSpace: 300, stretchHanLatin: 700, stretchAddress: 1200}

// allStretched is the cost of using up all of these ranks.
func allStretched() int64 {
	var sum int64
	for _, cost := range stretchCost {
		sum += cost
	}
	return sum
}

func hanGaps(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		left, right := &p.all[i-1], &p.all[i]
		if p.breaks[i].rule == ruleURL {
			p.all[i-1].gap = white{stretch: left.em.Em(addressStretch), stretchRank: stretchAddress}
			continue
		}
		hanLatin := left.gap.stretch > 0 && left.gap.stretchRank == stretchHanLatin
		if hanLatin && left.after == (white{}) && !p.inNumber(i) {
			left.after = white{stretch: min(left.em, right.em).Em(hanStretch), stretchRank: stretchHan}
			continue
		}
		if !left.opensAfter() || !right.opensBefore() || p.inNumber(i) || p.region == korea && right.class == hangul {
			continue
		}
		if left.class == right.class && (left.class == dash || left.class == ellipsis) {
			continue
		}
		p.all[i-1].gap = white{stretch: min(left.em, right.em).Em(hanStretch), stretchRank: stretchHan}
	}
}

// opensAfter reports whether a gap that may be opened can follow the cluster.
func (c *cluster) opensAfter() bool { return c.opensBoth() || c.class.closes() && !c.western }

// opensBefore reports whether a gap that may be opened can stand before the cluster.
func (c *cluster) opensBefore() bool { return c.opensBoth() || c.class == opening && !c.western }

// opensBoth reports whether gaps may be opened on both sides of the cluster.
func (c *cluster) opensBoth() bool {
	return c.class.ideographic() || (c.class == dash || c.class == ellipsis) && !c.western
}

// inNumber reports whether a number, or a number with its unit, spans the
// boundary before i.
func (p *paragraph) inNumber(i int) bool {
	return p.breaks[i].rule == ruleNumber || p.breaks[i].rule == ruleNumberUnit
}
