package proof

import (
	"fmt"

	"offprint/typeset"
)

// ragged looks for full lines that do not end on the measure, and for lines that
// do not begin on it: flush to 0.02 em on both sides (CLREQ 3.5.2; JLREQ 3.8.1).
func (p *proof) ragged() {
	for _, l := range p.lines {
		if !running(p.kind(l)) {
			continue
		}
		off := nearest(l.start().lefts(), l.left)
		if displaced := abs(off) > l.size.Em(flushTolerance); displaced && !l.first && p.justifiedOrLeft(l) {
			p.fault(Ragged, l, "begins "+ems(off, l.size))
		}
		if !p.justified(l) {
			continue
		}
		p.report.Full++
		if off := nearest(l.end().rights(p.region), l.left+l.style.Measure); abs(off) > l.size.Em(flushTolerance) {
			p.fault(Ragged, l, "ends "+ems(off, l.size))
		}
	}
}

// justifiedOrLeft reports whether the line has to begin on the measure.
func (p *proof) justifiedOrLeft(l *line) bool {
	return l.style.Align == typeset.Justify || l.style.Align == typeset.Left || l.style.Align == ""
}

// overfull looks for ink beyond the measure in every line of the article.
func (p *proof) overfull() {
	for _, l := range p.lines {
		if l.block < 0 || p.doc.Blocks[l.set].Cells != nil {
			continue
		}
		if over := l.ink().x1 - l.left - l.style.Measure; over > l.size.Em(flushTolerance) {
			p.fault(Overfull, l, "by "+ems(over, l.size))
		}
	}
}

// ems writes a length in ems.
func ems(l, em typeset.Length) string {
	return fmt.Sprintf("%+.3f em", float64(l)/float64(max(em, 1)))
}
