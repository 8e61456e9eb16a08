package proof

// Marks that may not begin a line: GB/T 15834-2011 5.1.1–5.1.9; CLREQ 3.1.3,
// level "GB-style"; JLREQ 3.1.7.
const notAtStart = closing + commas + bangs + interdots + "％℃℉‰／～–々ー,.;:?!)]}%/"

// Marks that may not end a line: GB/T 15834-2011 5.1.3; CLREQ 3.1.3; JLREQ 3.1.8.
// The solidus may end one outside the mainland (GB/T 15834-2011 5.1.9).
const (
	notAtEnd           = opening + "([{＄￥£$¥"
	notAtEndOfMainland = "／"
)

// kinsoku looks at the first and the last mark of each line, where the line is
// not the first or the last of its block.
func (p *proof) kinsoku() {
	for b, lines := range p.byBlock {
		if !composed(p.expected[b].Kind) {
			continue
		}
		for i, l := range lines {
			if i > 0 && among(l.start().r, notAtStart) {
				p.fault(LineStart, l, l.start().text)
			}
			if i < len(lines)-1 && (among(l.end().r, notAtEnd) || p.region == mainland && among(l.end().r, notAtEndOfMainland)) {
				p.fault(LineEnd, l, l.end().text)
			}
		}
	}
}
