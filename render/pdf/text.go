package pdf

import (
	"strconv"

	"offprint/typeset"
)

// slant is the tangent of 12°, in 1/10000, by which oblique text leans.
const slant = 2126

// run adds the operators that show item n, a run whose origin is x, y in PDF
// co-ordinates.
//
// Every glyph's place is reckoned from the run's origin in thousandths of an em
// and the pen is followed in the same unit, so that what is rounded off one
// place is not carried to the next.
func (d *drawer) run(items []typeset.Placed, n int, x, y typeset.Length) error {
	item := &items[n]
	run := item.Run
	if len(run.Glyphs) == 0 {
		return nil
	}
	pieces, err := d.takePieces(items, n)
	if err != nil || len(pieces) == 0 {
		return err
	}
	d.fill(run.Colour)
	b := d.selectFont(append(d.content, "BT"...), pieces[0].font.number, run.Size)
	if run.Oblique {
		b = append(b, " 1 0 "...)
		b = append(appendDecimal(b, slant, 4), " 1"...)
	}
	b = appendLength(append(b, ' '), x)
	b = appendLength(append(b, ' '), y)
	if run.Oblique {
		b = append(b, " Tm ["...)
	} else {
		b = append(b, " Td ["...)
	}
	pen, open := int64(0), false
	for i := range pieces {
		p := &pieces[i]
		p.bound()
		cid, err := p.font.code(p)
		if err != nil {
			return err
		}
		want := int64((p.x-item.At.X).Scale(1000, int64(run.Size))) - int64(p.font.thousandths(p.lead))
		if want != pen {
			if open {
				b, open = append(b, '>'), false
			}
			b = strconv.AppendInt(b, pen-want, 10)
		}
		if !open {
			b, open = append(b, '<'), true
		}
		b = appendHex16(b, cid)
		pen = want + int64(p.font.widths[cid-1])
	}
	d.content = append(b, ">] TJ ET\n"...)
	return nil
}

// takePieces gives the codes of the run that is item n, with the white beside them
// parted among them. Those of the run that goes on in the line are made, too: its
// first glyph may take the white between the two.
func (d *drawer) takePieces(items []typeset.Placed, n int) ([]piece, error) {
	item := &items[n]
	if d.aheadOf == item {
		d.pieces, d.ahead = d.ahead, d.pieces[:0]
	} else {
		var err error
		if d.pieces, err = d.piecesOf(d.pieces[:0], item); err != nil {
			return nil, err
		}
	}
	d.aheadOf = nextRun(items, n)
	if d.aheadOf != nil {
		var err error
		if d.ahead, err = d.piecesOf(d.ahead[:0], d.aheadOf); err != nil {
			return nil, err
		}
	}
	pieces := d.pieces
	for i := range pieces {
		pieces[i].fill()
		switch {
		case i+1 < len(pieces):
			part(&pieces[i], &pieces[i+1])
		case d.aheadOf != nil && len(d.ahead) > 0:
			part(&pieces[i], &d.ahead[0])
		}
	}
	return pieces, nil
}

// selectFont names font and size unless they are in force already.
func (d *drawer) selectFont(b []byte, number int, size typeset.Length) []byte {
	if d.state.font == number+1 && d.state.size == size {
		return b
	}
	d.state.font, d.state.size = number+1, size
	b = strconv.AppendInt(append(b, " /F"...), int64(number), 10)
	b = appendSize(append(b, ' '), size)
	return append(b, " Tf"...)
}

// fill sets the colour of text and rectangles unless it is in force already.
func (d *drawer) fill(c typeset.Colour) {
	if d.state.colour == c {
		return
	}
	d.state.colour = c
	for _, v := range [...]uint8{c.R, c.G, c.B} {
		d.content = append(appendDecimal(d.content, (int64(v)*1000+127)/255, 3), ' ')
	}
	d.content = append(d.content, "rg\n"...)
}
