package proof

import "fmt"

// together reports whether two lines stand in the same column of the same page.
func together(a, b *line) bool { return a.page == b.page && a.column == b.column }

// headings looks for section heads that are parted, or have fewer than two lines
// of what they head under them (CLREQ 3.5.6). A picture under a head holds it too.
func (p *proof) headings() {
	for b, lines := range p.byBlock {
		if p.expected[b].Kind != Head || len(lines) == 0 {
			continue
		}
		foot := lines[len(lines)-1]
		if !together(lines[0], foot) {
			p.fault(Stranded, foot, "parted")
			continue
		}
		below := 0
		for _, l := range p.lines {
			if l.block > b && together(l, foot) && l.y > foot.y {
				below++
			}
		}
		if below < 2 && !p.pictureBelow(foot) {
			p.fault(Stranded, foot, fmt.Sprintf("%d lines below", below))
		}
	}
}

// pictureBelow reports whether a picture of the article stands below the line in its column.
func (p *proof) pictureBelow(l *line) bool {
	for _, pic := range p.drawn() {
		if pic.page == l.page && pic.y0 > l.y && pic.x0 < l.left+l.style.Measure && pic.x1 > l.left {
			return true
		}
	}
	return false
}

// paragraphs looks for lines of a paragraph that stand alone in a column (CLREQ
// 3.5.6; JLREQ 3.2.3) and for last lines of one character, with or without marks
// (CLREQ 3.5.6, 孤字).
func (p *proof) paragraphs() {
	for b, lines := range p.byBlock {
		if !running(p.expected[b].Kind) || len(lines) < 2 {
			continue
		}
		first, last := lines[0], lines[len(lines)-1]
		if !together(first, lines[1]) {
			p.fault(Orphan, first, "")
		}
		if !together(last, lines[len(lines)-2]) {
			p.fault(Widow, last, "")
		}
		weighty := 0
		for i := range last.chars {
			if r := last.chars[i].r; !among(r, closing+commas+bangs) {
				weighty++
			}
		}
		if last.last && weighty <= 1 {
			p.fault(Runt, last, "")
		}
	}
}
