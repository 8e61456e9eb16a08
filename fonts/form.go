package fonts

import (
	"math"

	"offprint/typeset"
)

// form is a glyph that the file does not have and that is made of glyphs which it
// has. Its ID comes after the file's own.
type form struct {
	advance int
	record  view // a composite; empty where the face cannot make the form
}

// overlap is how far the two bars of —— reach into each other's em, in thousandths
// of an em: no seam shows between them at any size.
const overlap = 12

// Form gives the glyph of a form; ok is false where the face cannot make it, or
// needs none because its em dash is as wide as its em.
func (f *Font) Form(which typeset.Form) (id typeset.GlyphID, ok bool) {
	forms := f.forms()
	if int(which) >= len(forms) || forms[which].record == "" {
		return 0, false
	}
	return typeset.GlyphID(f.numGlyphs + int(which)), true
}

// makeForms makes the forms, in the order of [typeset.Form]; none where there is
// no number left for them.
func (f *Font) makeForms() []form {
	if f.numGlyphs+typeset.Forms > mostGlyphs {
		return nil
	}
	forms := make([]form, typeset.Forms)
	if dash, box, ok := f.plain('—'); ok && box.XMax-box.XMin < f.unitsPerEm {
		hair := f.unitsPerEm * overlap / 1000
		forms[typeset.DashStart] = f.bar(dash, box, max(box.XMin, 0), f.unitsPerEm+hair)
		forms[typeset.DashEnd] = f.bar(dash, box, -hair, f.unitsPerEm-max(box.XMin, 0))
	}
	if stop, box, ok := f.plain('.'); ok {
		forms[typeset.LowEllipsis] = f.threeOf(stop, box)
	}
	return forms
}

// plain gives the glyph of r where it has ink and is no composite.
func (f *Font) plain(r rune) (id typeset.GlyphID, box typeset.Bounds, ok bool) {
	id, ok = f.Glyph(r)
	if !ok {
		return 0, box, false
	}
	if box, ok = f.Bounds(id); !ok || box.XMax <= box.XMin {
		return 0, box, false
	}
	record, _ := f.record(id)
	return id, box, !isComposite(record)
}

// hanMiddle is the middle of the em box of Han, over the baseline, in thousandths
// of an em.
const hanMiddle = 380

// bar is a glyph of one em whose ink is that of dash, stretched from left to right
// and raised to the middle of the Han beside it.
func (f *Font) bar(dash typeset.GlyphID, box typeset.Bounds, left, right int) form {
	scale := (right - left) * one / (box.XMax - box.XMin)
	move := left - nearest(box.XMin*scale)
	rise := f.unitsPerEm*hanMiddle/1000 - (box.YMin+box.YMax)/2
	if scale >= 2*one || outsideWord(move) || outsideWord(right) || outsideWord(rise+box.YMax) {
		return form{}
	}
	const flags = argsAreWords | argsAreOffsets | haveTwoScales | unscaledOffsets
	record := header(left, box.YMin+rise, nearest(box.XMax*scale)+move, box.YMax+rise)
	record = words16(record, flags, int(dash), move, rise, scale, one)
	return form{advance: f.unitsPerEm, record: view(record)}
}

// threeOf is a glyph three times beside itself.
func (f *Font) threeOf(stop typeset.GlyphID, box typeset.Bounds) form {
	step := f.Advance(stop)
	right := box.XMax + 2*step
	if outsideWord(right) || 3*step > math.MaxUint16 {
		return form{}
	}
	const flags = argsAreWords | argsAreOffsets | unscaledOffsets
	record := header(box.XMin, box.YMin, right, box.YMax)
	for i := range 3 {
		more := moreComponents
		if i == 2 {
			more = 0
		}
		record = words16(record, flags|more, int(stop), i*step, 0)
	}
	return form{advance: 3 * step, record: view(record)}
}

// header opens the record of a composite with its ink box.
func header(xMin, yMin, xMax, yMax int) []byte { return words16(nil, -1, xMin, yMin, xMax, yMax) }

func words16(b []byte, words ...int) []byte {
	for _, w := range words {
		b = append(b, byte(w>>8), byte(w))
	}
	return b
}

func outsideWord(n int) bool { return n < math.MinInt16 || n > math.MaxInt16 }
