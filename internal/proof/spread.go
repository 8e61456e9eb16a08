package proof

// spread looks for white inside what is one sign to the reader: a two-em dash, an
// ellipsis, a number, a number with its unit (CLREQ 3.5.4, where nothing is
// added). Digits of an address are no number.
func (p *proof) spread() {
	for _, l := range p.lines {
		if !composed(p.kind(l)) {
			continue
		}
		for i := 1; i < len(l.chars); i++ {
			a, b := &l.chars[i-1], &l.chars[i]
			if b.spaced || b.first >= 0 && p.address(b.first) {
				continue
			}
			most := a.em(flushTolerance)
			switch {
			case among(a.r, dashes) && among(b.r, dashes), among(a.r, ellipses) && among(b.r, ellipses):
			case digit(a.r) && (digit(b.r) || among(b.r, ".,%")):
			case among(a.r, ".,") && digit(b.r) && i > 1 && digit(l.chars[i-2].r):
			case wideDigit(a.r) && wideDigit(b.r):
			case digit(a.r) && among(b.r, units):
				most += a.em(250) // the gap between Han and digits
			default:
				continue
			}
			if white := b.x - a.x - a.advance; white > most {
				p.fault(Spread, l, a.text+b.text+" "+ems(white, a.size))
			}
		}
	}
}
