package fonts_test

import (
	"testing"

	"offprint/fonts"
	"offprint/fonts/notosanshk"
	"offprint/fonts/notosanshkbold"
	"offprint/fonts/notosanssc"
	"offprint/fonts/notosansscbold"
	"offprint/typeset"
)

// embedded are the faces that come with the program.
var embedded = []struct {
	folder string
	face   func() *fonts.Font
	name   string
	weight int
	glyphs int
}{
	{"notosanssc", notosanssc.Face, "NotoSansSC-Regular", 400, 30898},
	{"notosansscbold", notosansscbold.Face, "NotoSansSC-Bold", 700, 30898},
	{"notosanshk", notosanshk.Face, "NotoSansHK-Regular", 400, 20804},
	{"notosanshkbold", notosanshkbold.Face, "NotoSansHK-Bold", 700, 20804},
}

func TestEmbeddedFacesSayWhatTheyAre(t *testing.T) {
	for _, e := range embedded {
		f := e.face()
		if f.Name() != e.name || f.UnitsPerEm() != 1000 || f.NumGlyphs() != e.glyphs {
			t.Errorf("%s is %s with %d units an em and %d glyphs; want %s, 1000, %d",
				e.folder, f.Name(), f.UnitsPerEm(), f.NumGlyphs(), e.name, e.glyphs)
		}
		m := f.Metrics()
		if m.Ascent != 880 || m.Descent != -120 || m.Weight != e.weight || m.ItalicAngle != 0 {
			t.Errorf("%s: metrics %+v; want ascent 880, descent −120, weight %d, upright", e.folder, m, e.weight)
		}
		t.Logf("%s %+v", e.folder, m)
	}
}

// Which face has which characters decides about fallback.
func TestCoverage(t *testing.T) {
	both := map[string]bool{"notosanssc": true, "notosansscbold": true, "notosanshk": true, "notosanshkbold": true}
	hongKong := map[string]bool{"notosanshk": true, "notosanshkbold": true}
	cases := []struct {
		name string
		text string
		in   map[string]bool
	}{
		{"replacement marks geta and box", "〓□", both},
		{"slash of two halves and small full stop", "╱﹒", both},
		{"Cantonese beyond the BMP", "𨋢𠝹", hongKong},
		{"dots", "•·‧・", both},
		{"dashes, joined dash, ellipsis", "—⸺…", both},
		{"Latin, digits, kana", "Az09éあア", both},
		{"nobody has emoji", "🎉", nil},
	}
	for _, c := range cases {
		for _, e := range embedded {
			for _, r := range c.text {
				if _, ok := e.face().Glyph(r); ok != c.in[e.folder] {
					t.Errorf("%s: %s has %c (%U): %t", c.name, e.folder, r, r, ok)
				}
			}
		}
	}
}

var _ typeset.Face = (*fonts.Font)(nil)
