package proof

import (
	"fmt"
	"slices"
	"unicode"

	"offprint/typeset"
)

const (
	// A gap between Han and Latin is ⅛ to ½ em when justified (CLREQ 3.5.3,
	// 3.5.4); narrower than 0.08 em it can't be seen.
	narrowestGap = 80
	widestGap    = 500
	// On the whole it is a quarter em or a little less (CLREQ 3.3.2).
	leastMedian = 150
	mostMedian  = 250
)

// gaps looks at the white between Han and Latin letters or digits where the
// source has no space, beyond what the line has opened between Han.
func (p *proof) gaps() {
	var all []typeset.Length // thousandths of an em
	var last *line
	for _, l := range p.lines {
		if !running(p.kind(l)) && p.kind(l) != Figure {
			continue
		}
		open := hanGap(l)
		for i := 1; i < len(l.chars); i++ {
			a, b := &l.chars[i-1], &l.chars[i]
			if b.spaced || a.size != b.size || !(han(a.r) && latin(b.r) || latin(a.r) && han(b.r)) {
				continue
			}
			gap := (b.x - a.x - a.advance - open).Scale(1000, int64(a.size))
			if unicode.IsDigit(a.r) || unicode.IsDigit(b.r) {
				// A number keeps its distance to its unit when the line opens (CLREQ 3.5.4).
				gap = max(gap, min((b.x-a.x-a.advance).Scale(1000, int64(a.size)), leastMedian))
			}
			if gap < narrowestGap || gap > widestGap {
				p.fault(HanLatin, l, fmt.Sprintf("%s│%s %.3f em", a.text, b.text, float64(gap)/1000))
			}
			all, last = append(all, gap), l
		}
	}
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	median := all[len(all)/2]
	p.report.Gaps, p.report.GapMedian = len(all), int(median)
	if median < leastMedian || median > mostMedian {
		p.fault(GapMedian, last, fmt.Sprintf("%.3f em", float64(median)/1000))
	}
}
