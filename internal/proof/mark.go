package proof

// squeezed is how far apart, in thousandths of an em, the origins of two
// neighbouring marks may be that have one white between them.
const squeezed = 800

// marks looks for neighbouring full-width marks that were not set closer: between
// two of them stands one white of half an em at most (CLREQ 3.1.6.3; JLREQ 3.1.4).
// Where the stops stand in the middle of their em, in Hong Kong and Taiwan, they
// keep it.
func (p *proof) marks() {
	for _, l := range p.lines {
		if !running(p.kind(l)) && p.kind(l) != Figure {
			continue
		}
		open := hanGap(l)
		for i := 1; i < len(l.chars); i++ {
			a, b := &l.chars[i-1], &l.chars[i]
			if !a.wide() || !b.wide() || !p.squeezable(a.r, b.r) {
				continue
			}
			p.report.Marks++
			if d := b.x - a.x - open; d > a.em(squeezed) {
				p.fault(Unsqueezed, l, a.text+b.text+" "+ems(d, a.size))
			}
		}
	}
}

// squeezable reports whether a and b share one white.
func (p *proof) squeezable(a, b rune) bool {
	closes := func(r rune) bool {
		return among(r, closing) || among(r, commas) && p.region != traditional
	}
	switch {
	case among(a, opening):
		return among(b, opening)
	case closes(a):
		return among(b, opening+closing+commas)
	}
	return false
}
