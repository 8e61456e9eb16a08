package noto_test

import (
	"strings"
	"testing"

	"offprint/fonts"
	"offprint/fonts/noto"
)

// embeddedFace is a face that comes with the program.
type embeddedFace struct {
	family string
	name   string
	weight int
	glyphs int
	space  int // advance of a word space
}

var embedded = []embeddedFace{
	{"Noto Sans SC", "NotoSansSC-Regular", 400, 30898, 224},
	{"Noto Sans SC", "NotoSansSC-Bold", 700, 30898, 227},
	{"Noto Sans HK", "NotoSansHK-Regular", 400, 20804, 224},
	{"Noto Sans HK", "NotoSansHK-Bold", 700, 20804, 227},
}

// face opens the face of a line of the table.
func (e *embeddedFace) face() *fonts.Font { return noto.Face(e.family, e.weight) }

func TestEmbeddedFacesSayWhatTheyAre(t *testing.T) {
	for _, e := range embedded {
		f := e.face()
		if f.Name() != e.name || f.UnitsPerEm() != 1000 || f.NumGlyphs() != e.glyphs {
			t.Errorf("%s is %s with %d units an em and %d glyphs; want %s, 1000, %d",
				e.name, f.Name(), f.UnitsPerEm(), f.NumGlyphs(), e.name, e.glyphs)
		}
		m := f.Metrics()
		if m.Ascent != 880 || m.Descent != -120 || m.Weight != e.weight || m.ItalicAngle != 0 {
			t.Errorf("%s: metrics %+v; want ascent 880, descent −120, weight %d, upright", e.name, m, e.weight)
		}
	}
}

// Which face has which characters decides about fallback.
func TestCoverage(t *testing.T) {
	both := map[string]bool{"Noto Sans SC": true, "Noto Sans HK": true}
	hongKong := map[string]bool{"Noto Sans HK": true}
	cases := []struct {
		name string
		text string
		in   map[string]bool
	}{
		{"replacement marks geta and box", "〓□", both},
		{"slash of two halves and small full stop", "╱﹒", both},
		{"Cantonese beyond the BMP", "𨋢𠝹", hongKong},
		{"dots", "•·‧・", both},
		{"dash and ellipsis", "—…", both},
		{"Latin, digits, kana", "Az09éあア", both},
		{"joined dash", "⸺", both},
		{"no emoji, Hangul, invisible marks or Japan's 吉", "🎉가\u200b\u2060\ufe0f𠮷", nil},
	}
	for _, c := range cases {
		for _, e := range embedded {
			for _, r := range c.text {
				if _, ok := e.face().Glyph(r); ok != c.in[e.family] {
					t.Errorf("%s: %s has %c (%U): %t", c.name, e.name, r, r, ok)
				}
			}
		}
	}
}

// Characters that share a glyph can only be told apart in a PDF by what each use
// of it stands for.
func TestDotsShareAGlyph(t *testing.T) {
	for _, e := range embedded {
		bullet, _ := e.face().Glyph('•')
		for _, r := range "·‧・" {
			if id, _ := e.face().Glyph(r); id != bullet {
				t.Errorf("%s draws %c with glyph %d, • with %d", e.name, r, id, bullet)
			}
		}
	}
}

// A mainland full stop stands in the lower left of its em, in Hong Kong and
// Taiwan in the middle (CLREQ §3.1.2). So the face has to fit the region.
func TestStopsStandWhereTheRegionWantsThem(t *testing.T) {
	for _, e := range embedded {
		for _, r := range "，。、" {
			id, _ := e.face().Glyph(r)
			box, _ := e.face().Bounds(id)
			x, y := (box.XMin+box.XMax)/2, (box.YMin+box.YMax)/2
			centred := x > 450 && x < 550 && y > 300 && y < 450
			left := x < 300 && y < 150
			if hongKong := strings.HasSuffix(e.family, "HK"); centred != hongKong || left == hongKong {
				t.Errorf("%s has %c at %d,%d", e.name, r, x, y)
			}
		}
	}
}

// Where the faces have no ink there is none to trim or to draw.
func TestSpacesHaveNoInk(t *testing.T) {
	for _, e := range embedded {
		for r, advance := range map[rune]int{' ': e.space, '\u00a0': e.space, '　': 1000} {
			id, ok := e.face().Glyph(r)
			if _, ink := e.face().Bounds(id); !ok || ink || e.face().Advance(id) != advance {
				t.Errorf("%s: %U there %t, ink %t, advance %d; want %d", e.name, r, ok, ink, e.face().Advance(id), advance)
			}
		}
	}
}

func TestFaceIsTheSameEachTime(t *testing.T) {
	for _, e := range embedded {
		if first, second := e.face(), e.face(); first != second {
			t.Errorf("%s opens its file twice", e.name)
		}
	}
}
