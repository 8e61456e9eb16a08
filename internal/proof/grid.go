package proof

import (
	"fmt"

	"offprint/typeset"
)

const (
	leastMeasure, mostMeasure = 10, 40     // ems; below 16 the text is ragged
	leastLeading, mostLeading = 1650, 1800 // thousandths of the size
)

// bodyLines lists the lines of the article's paragraphs in the body's style.
func (p *proof) bodyLines() []*line {
	var lines []*line
	for _, l := range p.lines {
		if p.kind(l) == Para && l.role == typeset.RoleBody {
			lines = append(lines, l)
		}
	}
	return lines
}

// measures looks for a body whose measure is no whole number of ems (CLREQ 2.2.3;
// JLREQ 2.4.1) or longer than can be read, and whose leading is out of proportion:
// one fault for each style.
func (p *proof) measures() {
	type form struct{ size, leading, measure typeset.Length }
	seen := map[form]bool{}
	for _, l := range p.bodyLines() {
		f := form{l.size, l.style.Leading, l.style.Measure}
		if seen[f] || f.size <= 0 {
			continue
		}
		seen[f] = true
		em := f.measure / f.size
		if f.measure%f.size != 0 || em < leastMeasure || em > mostMeasure {
			p.fault(Measure, l, ems(f.measure, f.size))
		}
		if ratio := f.leading.Scale(1000, int64(f.size)); ratio < leastLeading || ratio > mostLeading {
			p.fault(Leading, l, fmt.Sprintf("%s on %s pt is %.3f", f.leading, f.size, float64(ratio)/1000))
		}
	}
	p.constantLeading()
}

// constantLeading looks at the distance of neighbouring lines of a paragraph.
func (p *proof) constantLeading() {
	for b, lines := range p.byBlock {
		if !running(p.expected[b].Kind) {
			continue
		}
		for i := 1; i < len(lines); i++ {
			l, before := lines[i], lines[i-1]
			if l.set == before.set && together(l, before) && abs(l.y-before.y-l.style.Leading) > gridTolerance {
				p.fault(Leading, l, (l.y-before.y).String()+" pt below the line before")
			}
		}
	}
}

// gridTolerance is what rounding may do to a baseline.
const gridTolerance = typeset.Point / 1024

// grid looks for baselines of the body that are not a whole number of lines from
// the first one, on any page and column (JLREQ 2.5.1).
func (p *proof) grid() {
	lines := p.bodyLines()
	if len(lines) == 0 || lines[0].style.Leading <= 0 {
		return
	}
	origin, leading := lines[0].y, lines[0].style.Leading
	for _, l := range lines {
		off := (l.y - origin) % leading
		if off < 0 {
			off += leading
		}
		if off = min(off, leading-off); off > gridTolerance {
			p.fault(OffGrid, l, "by "+off.String()+" pt")
		}
	}
}
