package linebreak

import (
	"fmt"

	"offprint/typeset"
)

// Every full line of a justified block ends exactly on the measure. Where the
// design's bounds do not reach, all gaps open further, each in its proportion,
// and the line is flagged; only a line with nothing to open stays short. CN, HK,
// TW, JP, KR.
//
// CLREQ "Paragraph Adjustment Rules"; JLREQ "Line Adjustment".
// https://www.w3.org/TR/jlreq/#line_adjustment
const ruleFlush typeset.RuleID = "flush"

// shares is how much each rank of glue gives up or takes in a line.
type shares struct {
	stretch, shrink [max(int(stretchRanks), int(shrinkRanks))]typeset.Length
	beyond          bool // the design's bounds
}

// share parts the slack over the ranks: all of the first before any of the next.
func share(s *sums, slack typeset.Length) shares {
	var out shares
	need := -slack
	for r := 0; r < len(s.shrink) && need > 0; r++ {
		out.shrink[r] = min(need, s.shrink[r])
		need -= out.shrink[r]
	}
	for r := 0; r < len(s.stretch) && slack > 0; r++ {
		out.stretch[r] = min(slack, s.stretch[r])
		slack -= out.stretch[r]
	}
	if slack <= 0 {
		return out
	}
	out.beyond = true
	left, of := slack, s.stretchable
	for r := 0; r < len(s.stretch) && of > 0; r++ {
		more := left.Scale(int64(s.stretch[r]), int64(of))
		out.stretch[r] += more
		left, of = left-more, of-s.stretch[r]
	}
	return out
}

// lineWarnings reports, once a block, lines that are wider than the measure and
// lines that were opened beyond the design.
func lineWarnings(b *typeset.Block, lines []typeset.Line) []typeset.Warning {
	var over, under []int
	for i := range lines {
		if lines[i].Overfull {
			over = append(over, i)
		}
		if lines[i].Underfull {
			under = append(under, i)
		}
	}
	var out []typeset.Warning
	if len(over) > 0 {
		out = append(out, typeset.Warning{
			Code: "overfull-line",
			Message: fmt.Sprintf("line %d (%d in all) is wider than the measure of %s pt and cannot be broken: "+
				"use a smaller font size or a wider paper", over[0]+1, len(over), b.Style.Measure),
			Where: b.Source,
		})
	}
	if len(under) > 0 {
		out = append(out, typeset.Warning{
			Code: "underfull-line",
			Message: fmt.Sprintf("line %d (%d in all) is opened wider than the design allows: "+
				"a word or an address before the break is too long for the measure", under[0]+1, len(under)),
			Where: b.Source,
		})
	}
	return out
}
