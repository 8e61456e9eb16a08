package linebreak

import "offprint/typeset"

// What a tight line gives up, first to last: word spaces, the white of
// interpuncts, of brackets, of commas, the Han–Latin gap, the white of stops.
// (The white at the line's end goes in any case.) CN, HK, TW, JP, KR.
//
// CLREQ "Paragraph Adjustment Rules"; JLREQ "Opportunities for Inter-character Space
// Reduction during Line Adjustment".
// https://www.w3.org/TR/jlreq/#opportunities_for_intercharacter_space_reduction_during_line_adjustment
const ruleReduction typeset.RuleID = "reduction-order"

const (
	shrinkSpace typeset.Rank = iota
	shrinkInterpunct
	shrinkBracket
	shrinkComma
	shrinkHanLatin
	shrinkStop
	shrinkRanks
)

// shrinkCost is what it costs to use up all of a rank.
var shrinkCost = [shrinkRanks]int64{
	shrinkSpace: 300, shrinkInterpunct: 300, shrinkBracket: 700,
	shrinkComma: 1200, shrinkHanLatin: 900, shrinkStop: 3500,
}

func shrinkRankOf(c class) typeset.Rank {
	switch c {
	case interpunct:
		return shrinkInterpunct
	case comma, colon:
		return shrinkComma
	case stop, bang:
		return shrinkStop
	}
	return shrinkBracket
}
