package pdf

import (
	"unicode"
	"unicode/utf8"

	"offprint/typeset"
)

// A reader takes the white that the pen leaves between two codes for a space, and
// a pull to the left for the end of a word or of a line. So what a line opens or
// squeezes stands in the glyphs: a gap between Han and Latin widens the letter
// beside it, and a mark that is set in half an em is half an em wide. The pen
// keeps what is too little for any reader to see: in thousandths of an em, it
// opens by mostOpen and pulls back by mostPulled at the most. The readers'
// thresholds are in docs/decisions/0015-white-in-the-glyphs.md.
//
// What goes into a glyph is a whole number of grades, so that few different
// glyphs come of it: what is left lies within one grade of mostOpen.
const (
	grade      = 250
	mostOpen   = 90
	mostPulled = grade - mostOpen
)

// leastWidth is the narrowest that a code is, in thousandths of an em: some
// readers drop a code without width.
const leastWidth = 40

// piece is a code of a line on its way to the page.
type piece struct {
	font  *font
	id    typeset.GlyphID
	text  string
	x     typeset.Length // of the outline's origin, on the page
	size  typeset.Length
	own   int // the glyph's own advance, in font units; 0 for an unseen character
	lead  int // what is added to it on the left, in font units
	trail int // and on the right

	space bool           // it is a space that is seen
	from  typeset.Length // where what stands before that space ends
}

// piecesOf adds the codes of a run to list.
func (d *drawer) piecesOf(list []piece, item *typeset.Placed) ([]piece, error) {
	run := item.Run
	f, err := d.font(run.Face)
	if err != nil {
		return nil, err
	}
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		text, rest := g.Text, ""
		if r, n := utf8.DecodeRuneInString(text); n < len(text) || isUndrawn(r) {
			if text, rest = f.apart(g); text == "" {
				continue
			}
		}
		x := item.At.X + g.X
		for k := len(list) - 1; k >= 0 && list[k].own == 0 && list[k].id == f.blank; k-- {
			list[k].x = min(list[k].x, x)
		}
		list = append(list, piece{font: f, id: g.ID, text: text, x: x, size: run.Size, own: f.face.Advance(g.ID)})
		p := &list[len(list)-1]
		if p.space = g.ID == f.blank; p.space {
			p.from = x - p.size // as long as nothing stands before it
		}
		end := x + p.length(p.own)
		for _, r := range rest {
			list = append(list, piece{font: f, id: f.blank, text: string(r), x: end, size: run.Size})
		}
	}
	return list, nil
}

// length turns font units into a length at the piece's size.
func (p *piece) length(units int) typeset.Length {
	switch int64(units) {
	case 0:
		return 0
	case p.font.upem: // of most Han, which are most of a page
		return p.size
	}
	return p.size.Scale(int64(units), p.font.upem)
}

// units turns thousandths of an em of another size into font units at the piece's.
func (p *piece) units(thousandths int, em typeset.Length) int {
	return int(em.Scale(int64(thousandths)*p.font.upem, 1000*int64(p.size)))
}

// begin and end are where the code begins and ends.
func (p *piece) begin() typeset.Length { return p.x - p.length(p.lead) }
func (p *piece) end() typeset.Length   { return p.x + p.length(p.own+p.trail) }

// part gives the white between two neighbours to their glyphs, but for what the
// pen may keep.
func part(left, right *piece) {
	if left.space {
		leaveSpace(left, right)
	}
	shareWhite(left, right)
	if right.space && !left.space {
		right.from = left.end()
	}
}

// leastSpace is how wide a space must be for every reader to see it, in thousandths
// of an em: Poppler does not read a space's code, but the white that it leaves.
const leastSpace = 170

// leaveSpace makes what follows a space narrower on its left where the space is
// set so narrow, or the mark behind it squeezed so far, that it would not be seen.
func leaveSpace(space, next *piece) {
	if next.space {
		next.from = space.from
		return
	}
	const step = 50
	em := min(space.size, next.size)
	short := leastSpace - int((next.begin()-space.from).Scale(1000, int64(em)))
	if short > 0 {
		next.lead -= next.units((short+step-1)/step*step, em)
	}
}

func shareWhite(left, right *piece) {
	white := right.begin() - left.end()
	if white == 0 {
		return
	}
	em := min(left.size, right.size)
	gap := int(white.Scale(1000, int64(em)))
	if -mostPulled <= gap && gap <= mostOpen {
		return
	}
	give := upToGrade(gap - mostOpen)
	if give > 0 {
		if right.widens() < left.widens() {
			right.lead += right.units(give, em)
		} else {
			left.trail += left.units(give, em)
		}
		return
	}
	// The left one is squeezed first where it has more white, by its white and no
	// further; then the right one by its own. What is left over is ink upon ink.
	most := -left.thousandths(left.own+left.lead+left.trail, em) + leastWidth
	fromLeft := max(give, min(most, 0))
	after, before := left.whiteAfter(), right.whiteBefore()
	switch {
	case right.combines():
		fromLeft = 0
	case after >= before:
		rest := max(give-max(give, -gradesOf(after)), -gradesOf(before))
		fromLeft = max(fromLeft, give-rest)
	default:
		fromLeft = max(fromLeft, give-max(give, -gradesOf(before)))
	}
	left.trail += left.units(fromLeft, em)
	right.lead += right.units(give-fromLeft, em)
}

// upToGrade takes thousandths of an em up to the next whole grade.
func upToGrade(n int) int {
	if n > 0 {
		n += grade - 1
	}
	return n / grade * grade
}

// gradesOf is the whole grades of a mark's white: what is left may be a little
// less than nothing, for a mark's ink seldom begins quite at the half of its em.
func gradesOf(white int) int { return max(0, (white+100)/grade*grade) }

// widens orders glyphs by which of two is widened: a space first, then what there
// are few of, letters, digits and marks; Han, of which there are many, after them;
// a mark over a letter last, since readers take white behind it for a space.
func (p *piece) widens() int {
	r, _ := utf8.DecodeRuneInString(p.text)
	switch {
	case p.id == p.font.blank:
		return 0
	case p.combines():
		return 3
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
		return 2
	}
	return 1
}

// combines reports whether the piece is a mark that is set over the one before it.
func (p *piece) combines() bool {
	r, _ := utf8.DecodeRuneInString(p.text)
	return unicode.In(r, unicode.Mn, unicode.Me)
}

// whiteBefore is the white left of the glyph's ink, in thousandths of an em.
func (p *piece) whiteBefore() int {
	box, ok := p.font.face.Bounds(p.id)
	if !ok {
		return p.font.thousandths(p.own)
	}
	return p.font.thousandths(box.XMin)
}

// whiteAfter is the white right of it.
func (p *piece) whiteAfter() int {
	box, ok := p.font.face.Bounds(p.id)
	if !ok {
		return p.font.thousandths(p.own)
	}
	return p.font.thousandths(p.own - box.XMax)
}

// thousandths turns font units into thousandths of an em of another size.
func (p *piece) thousandths(units int, em typeset.Length) int {
	return int(p.length(units).Scale(1000, int64(em)))
}

// fill gives the piece the least width. A mark that is set over the letter before it
// has it on the left, within that letter: PDFBox sets a mark over the letter that it
// lies in.
func (p *piece) fill() {
	short := int(leastWidth*p.font.upem/1000) - p.own - p.lead - p.trail
	switch {
	case short <= 0:
	case p.combines() && p.lead == 0:
		p.lead = short
	default:
		p.trail += short
	}
}

// mostAdvance and mostMove are how wide a glyph of a font file can be, and how far
// its outline is moved at the most, in font units.
const (
	mostAdvance = 1<<16 - 1
	mostMove    = 1 << 14
)

// bound leaves to the pen what no glyph can hold: a gap of dozens of ems.
func (p *piece) bound() {
	p.lead = min(max(p.lead, -mostMove), mostMove)
	p.trail = min(p.trail, mostAdvance-p.own-p.lead)
}

// runsOn reports whether b goes on in the line of a, right where a ends.
func runsOn(a, b *typeset.Placed) bool {
	sameLine := a.Block == b.Block && a.Line == b.Line && a.Artifact == b.Artifact
	sameOrigin := a.At.X-a.Run.X == b.At.X-b.Run.X && a.At.Y-a.Run.Y == b.At.Y-b.Run.Y
	return sameLine && sameOrigin && b.Run.X == a.Run.X+a.Run.Width
}

// nextRun is the run that goes on in the line of item i; nil for none.
func nextRun(items []typeset.Placed, i int) *typeset.Placed {
	for k := i + 1; k < len(items); k++ {
		switch next := &items[k]; next.Kind {
		case typeset.PlacedRun:
			if len(next.Run.Glyphs) == 0 {
				continue
			}
			if runsOn(&items[i], next) {
				return next
			}
			return nil
		case typeset.PlacedLink:
		default:
			return nil
		}
	}
	return nil
}
