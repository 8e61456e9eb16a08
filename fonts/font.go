package fonts

import "offprint/typeset"

// Font is one TrueType face, read in place. It implements [typeset.Face] and is
// safe for use by many goroutines at once. Glyph, Advance, Kern and Bounds
// allocate nothing.
type Font struct {
	name        string
	unitsPerEm  int
	numGlyphs   int
	longMetrics int  // glyphs from here on have the last advance
	longLoca    bool // loca holds bytes, not halves of them
	metrics     typeset.FaceMetrics
	chars       charmap
	pairs       func() kerning // read on first use
	forms       func() []form  // made on first use

	head, hhea, maxp, hmtx, loca, glyf view
	cvt, fpgm, prep                    view // hinting; empty if the font has none
	gpos, kern                         view
}

var _ typeset.Face = (*Font)(nil)

// Name is the PostScript name, of letters, digits and marks that a PDF name may
// hold as they are.
func (f *Font) Name() string { return f.name }

// UnitsPerEm is 16 to 16384; 1000 in the embedded faces.
func (f *Font) UnitsPerEm() int { return f.unitsPerEm }

// NumGlyphs counts the face's glyphs, .notdef included.
func (f *Font) NumGlyphs() int { return f.numGlyphs }

// Metrics are the face's overall measures in font units; ascent and descent are
// those of the em box (OS/2 sTypoAscender, sTypoDescender).
func (f *Font) Metrics() typeset.FaceMetrics { return f.metrics }

// Glyph gives the glyph that draws r; ok is false when the face has none.
func (f *Font) Glyph(r rune) (id typeset.GlyphID, ok bool) {
	g := f.chars.lookup(r)
	if g <= 0 || g >= f.numGlyphs {
		return 0, false
	}
	return typeset.GlyphID(g), true
}

// Advance is the glyph's advance width in font units; 0 for an id that the face
// does not have.
func (f *Font) Advance(id typeset.GlyphID) int {
	if form := int(id) - f.numGlyphs; form >= 0 {
		if forms := f.forms(); form < len(forms) {
			return forms[form].advance
		}
		return 0
	}
	return f.hmtx.u16(4 * min(int(id), f.longMetrics-1))
}

// sideBearing is the white to the left of the glyph's ink.
func (f *Font) sideBearing(id typeset.GlyphID) int {
	if int(id) >= f.numGlyphs {
		record, _ := f.record(id)
		return record.i16(2)
	}
	if beyond := int(id) - f.longMetrics; beyond >= 0 {
		return f.hmtx.i16(4*f.longMetrics + 2*beyond)
	}
	return f.hmtx.i16(4*int(id) + 2)
}

// Kern is what the face adds between two neighbours, in font units, mostly
// negative: the pair adjustments of its GPOS table's kern feature for the Latin
// or the default script, else its old kern table.
func (f *Font) Kern(left, right typeset.GlyphID) int {
	k := f.pairs()
	return k.between(int(left), int(right))
}

// Bounds is the glyph's ink box in font units; ok is false for a glyph without
// ink and for an id that the face does not have.
func (f *Font) Bounds(id typeset.GlyphID) (box typeset.Bounds, ok bool) {
	record, ok := f.record(id)
	if !ok || record.i16(0) == 0 || len(record) < glyphHeader {
		return typeset.Bounds{}, false
	}
	return typeset.Bounds{
		XMin: record.i16(2), YMin: record.i16(4),
		XMax: record.i16(6), YMax: record.i16(8),
	}, true
}

// glyphHeader is the size of what every glyph record starts with: the number of
// contours (−1 for a composite) and the ink box.
const glyphHeader = 10

// record is the glyph's stretch of the glyf table, empty for a glyph without
// ink; ok is false when the font has no such glyph or loca leads outside glyf.
func (f *Font) record(id typeset.GlyphID) (record view, ok bool) {
	i := int(id)
	if form := i - f.numGlyphs; form >= 0 {
		if forms := f.forms(); form < len(forms) {
			return forms[form].record, forms[form].record != ""
		}
		return "", false
	}
	var start, end int
	if f.longLoca {
		start, end = f.loca.u32(4*i), f.loca.u32(4*i+4)
	} else {
		start, end = 2*f.loca.u16(2*i), 2*f.loca.u16(2*i+2)
	}
	return f.glyf.part(start, end-start)
}
