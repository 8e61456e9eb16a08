package pdf

import (
	"strconv"

	"offprint/typeset"
)

// slant is the tangent of 12°, in 1/10000, by which oblique text leans.
const slant = 2126

// run adds the operators that show a run whose origin is x, y in PDF
// co-ordinates.
//
// Every glyph's place is reckoned from the run's origin in thousandths of an em
// and the pen is followed in the same unit, so that what is rounded off one
// place is not carried to the next.
func (d *drawer) run(run *typeset.Run, x, y typeset.Length) error {
	if len(run.Glyphs) == 0 {
		return nil
	}
	f, err := d.font(run.Face)
	if err != nil {
		return err
	}
	d.fill(run.Colour)
	b := d.selectFont(append(d.content, "BT"...), f.number, run.Size)
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
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		text, rest := f.apart(g.Text)
		cid, err := f.code(g.ID, text)
		if err != nil {
			return err
		}
		show := func(cid uint16, want int64) {
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
			pen = want + int64(f.widths[cid-1])
		}
		show(cid, int64(g.X.Scale(1000, int64(run.Size))))
		for _, r := range rest {
			cid, err := f.unseen(r)
			if err != nil {
				return err
			}
			show(cid, pen)
		}
	}
	d.content = append(b, ">] TJ ET\n"...)
	return nil
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
