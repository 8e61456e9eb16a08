package proof

import (
	"cmp"
	"slices"

	"offprint/typeset"
)

// flushTolerance is how far an edge may be from where it belongs, in thousandths
// of an em.
const flushTolerance = 20

// findColumns finds the left edges of the columns: where most lines begin that
// are not the first of their paragraph. An edge at which fewer than a tenth of
// the lines of the commonest one begin is a fault and no column.
func (p *proof) findColumns() {
	counts := map[typeset.Length]int{}
	most := 0
	for _, l := range p.lines {
		if l.no == 0 || l.style.Align != typeset.Justify && l.style.Align != typeset.Left && l.style.Align != "" {
			continue
		}
		edge := l.start().lefts()[0] - l.style.Left
		counts[edge]++
		most = max(most, counts[edge])
	}
	for edge, n := range counts {
		if n*10 >= most {
			p.columns = append(p.columns, edge)
		}
	}
	slices.SortFunc(p.columns, func(a, b typeset.Length) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	p.columns = apart(p.columns)
	if len(p.columns) == 0 && len(p.lines) > 0 { // paragraphs of one line each
		l := p.lines[0]
		p.columns = []typeset.Length{l.start().lefts()[0] - l.style.Left - l.style.Indent}
	}
	for _, l := range p.lines {
		for i, edge := range p.columns {
			if l.start().x >= edge-l.size {
				l.column = i
			}
		}
		l.left = p.columns[l.column] + l.style.Left
	}
}

// apart keeps those edges, the commonest first, that are too far from the ones
// before them to be the same column begun wrongly, and sorts them.
func apart(edges []typeset.Length) []typeset.Length {
	const least = 72 * typeset.Point
	var kept []typeset.Length
	for _, e := range edges {
		if !slices.ContainsFunc(kept, func(k typeset.Length) bool { return abs(k-e) < least }) {
			kept = append(kept, e)
		}
	}
	slices.Sort(kept)
	return kept
}

// gather sorts the lines by the expected blocks that they print.
func (p *proof) gather() {
	p.byBlock = make([][]*line, len(p.expected))
	for _, l := range p.lines {
		l.dropMarker()
		for i := range l.chars {
			if at := l.chars[i].first; at >= 0 {
				l.block = p.source[at].block
				break
			}
		}
		if l.block < 0 {
			continue
		}
		l.first = l.start().first == p.starts[l.block]
		l.last = l.end().final == p.starts[l.block+1]-1
		p.byBlock[l.block] = append(p.byBlock[l.block], l)
		p.report.Lines++
	}
}

// dropMarker takes the bullet or number of a list item off its first line.
func (l *line) dropMarker() {
	if l.role != typeset.RoleListItem || l.no != 0 {
		return
	}
	for i := range l.chars {
		if l.chars[i].first >= 0 {
			l.chars = l.chars[i:]
			return
		}
	}
}
