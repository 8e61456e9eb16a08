package fonts

import (
	"testing"

	"offprint/typeset"
)

func TestGlyph(t *testing.T) {
	format12 := mustParse(t, small())
	format4 := mustParse(t, with(map[string]string{"cmap": words(0, 1, 0, 3) + long(12) + smallCmap()[20:]}))
	cases := []struct {
		r         rune
		in12, in4 typeset.GlyphID
	}{
		{'a', gTriangle, gTriangle},
		{'b', gRing, gRing},
		{'a' + smallGlyphs - 2, smallGlyphs - 1, smallGlyphs - 1},
		{'a' + smallGlyphs - 1, 0, 0},
		{'`', 0, 0},
		{0, 0, 0},
		{-1, 0, 0},
		{0x20000, gTriangle, 0},
		{0x20001, gRing, 0},
		{0x20002, 0, 0},
		{0x10FFFF, 0, 0},
		{0xFFFF, 0, 0},
	}
	for _, c := range cases {
		for _, x := range []struct {
			name string
			face *Font
			want typeset.GlyphID
		}{{"format 12", format12, c.in12}, {"format 4", format4, c.in4}} {
			if id, ok := x.face.Glyph(c.r); id != x.want || ok != (x.want != 0) {
				t.Errorf("%s: U+%04X is glyph %d, %t; want %d", x.name, c.r, id, ok, x.want)
			}
		}
	}
}

// A segment of format 4 may point into a list of glyphs, here one with a hole,
// instead of counting on; a map may lead past the font's last glyph.
func TestGlyphByList(t *testing.T) {
	table := words(4, 48, 0, 6, 4, 1, 0) +
		words('c', 'z', 0xFFFF, 0, 'a', 'z', 0xFFFF, 1, 500, 1, 6, 0, 0) +
		words(gTriangle, 0, gPacked)
	f := mustParse(t, with(map[string]string{"cmap": words(0, 1, 0, 3) + long(12) + table}))
	for r, want := range map[rune]typeset.GlyphID{'a': gTriangle + 1, 'b': 0, 'c': gPacked + 1, 'z': 0} {
		if id, ok := f.Glyph(r); id != want || ok != (want != 0) {
			t.Errorf("%c is glyph %d, %t; want %d", r, id, ok, want)
		}
	}
}
