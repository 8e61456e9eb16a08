package proof

import (
	"slices"

	"offprint/typeset"
)

const (
	openGap    = 50  // thousandths of an em between two Han: seen by a typesetter
	looseGap   = 100 // seen by a reader
	unevenGap  = 40  // most that two gaps of a line may differ
	fewestGaps = 4   // that tell something of a line

	// fullMeasure is the measure, in ems, from which a line of Chinese news can
	// always be set well; a shorter one may have to open for a long word.
	fullMeasure = 28
)

// pitch looks at the white between Han in the full lines. It is the same
// everywhere in a line, since Han open all together (CLREQ 3.5.4; JLREQ 3.8.4).
func (p *proof) pitch() {
	for _, l := range p.lines {
		gaps := hanGaps(l)
		if !p.justified(l) || len(gaps) < fewestGaps {
			continue
		}
		slices.Sort(gaps)
		gap := gaps[len(gaps)/2]
		if gap > l.size.Em(openGap) {
			p.report.Open++
		}
		if gap > l.size.Em(looseGap) {
			p.report.Wide++
			if l.style.Measure >= l.style.Size*fullMeasure {
				p.fault(Loose, l, ems(gap, l.size))
			}
		}
		if d := gaps[len(gaps)-1] - gaps[0]; d > l.size.Em(unevenGap) {
			p.fault(Uneven, l, ems(d, l.size))
		}
	}
}

// hanGaps lists what stands between neighbouring Han of a line, beyond their em.
func hanGaps(l *line) []typeset.Length {
	var gaps []typeset.Length
	for i := 1; i < len(l.chars); i++ {
		a, b := &l.chars[i-1], &l.chars[i]
		if han(a.r) && han(b.r) && a.size == b.size && !b.spaced {
			gaps = append(gaps, b.x-a.x-a.size)
		}
	}
	return gaps
}

// hanGap is the middle one of a line's Han gaps, 0 where it has none.
func hanGap(l *line) typeset.Length {
	gaps := hanGaps(l)
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}
