package proof

import (
	"fmt"

	"offprint/typeset"
)

// indents looks at the first line of each paragraph: two ems in Chinese, one in
// Japanese, and one in the narrow columns of a page that has two (CLREQ 3.5.1;
// JLREQ 3.1.2). Other languages are not judged.
func (p *proof) indents() {
	want := p.indent()
	if want == 0 {
		return
	}
	for b, lines := range p.byBlock {
		if p.expected[b].Kind != Para || len(lines) == 0 || !lines[0].first || lines[0].role != typeset.RoleBody {
			continue
		}
		l := lines[0]
		p.report.Paragraphs++
		off := nearest(l.start().lefts(), l.left+l.size.Em(want))
		if abs(off) > l.size.Em(flushTolerance) {
			p.fault(Indent, l, fmt.Sprintf("%s from %d em", ems(off, l.size), want/1000))
		}
	}
}

// indent is in thousandths of an em.
func (p *proof) indent() int64 {
	switch {
	case p.region == elsewhere:
		return 0
	case p.region == japan || len(p.columns) > 1:
		return 1000
	}
	return 2000
}
