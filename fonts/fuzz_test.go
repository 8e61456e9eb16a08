package fonts

import (
	"strings"
	"testing"

	"offprint/typeset"
)

// parseOrRefuse parses a font, and wants either a font or an error that says where
// it comes from.
func parseOrRefuse(t *testing.T, data string) (*Font, error) {
	t.Helper()
	f, err := Parse(data)
	if (f == nil) != (err != nil) || err != nil && !strings.HasPrefix(err.Error(), "parse font: ") {
		t.Fatalf("Parse gives %v and error %v", f, err)
	}
	return f, err
}

// holds asks a font, which may be damaged, for all that it has, and wants what
// must be so for every font that was read.
func holds(t *testing.T, f *Font) {
	t.Helper()
	n := f.NumGlyphs()
	if n < 1 || f.UnitsPerEm() < 16 || f.UnitsPerEm() > 16384 {
		t.Fatalf("%d glyphs, %d units an em", n, f.UnitsPerEm())
	}
	if name := f.Name(); name == "" || len(name) > 63 || plainName(view(name)) != name {
		t.Fatalf("its name %q is none that a PDF can hold", name)
	}
	if m := f.Metrics(); m.Descent > 0 {
		t.Fatalf("its descent is %d", m.Descent)
	}
	for _, r := range []rune{-1, 0, 'a', 'm', 0x4E00, 0xD800, 0xFFFF, 0x20000, 0x10FFFF} {
		if id, ok := f.Glyph(r); ok != (id != 0) || int(id) >= n {
			t.Fatalf("character %U has glyph %d of %d, %t", r, id, n, ok)
		}
	}
	var ids []typeset.GlyphID
	for id := range min(n+2, 64) {
		ids = append(ids, typeset.GlyphID(id))
	}
	for _, id := range append(ids, 0xFFFF) {
		glyphHolds(t, f, id)
	}
}

// glyphHolds wants what must be so for every glyph, also for one that the font
// does not have.
func glyphHolds(t *testing.T, f *Font, id typeset.GlyphID) {
	t.Helper()
	if there := int(id) < f.NumGlyphs(); !there {
		var p path
		_, ink := f.Bounds(id)
		_, err := f.Subset(asDrawn(f, []typeset.GlyphID{id}))
		if ink || f.Advance(id) != 0 || f.Outline(id, &p) == nil || err == nil {
			t.Fatalf("glyph %d is not there and has ink, an advance, an outline or a subset", id)
		}
	}
	for _, other := range []typeset.GlyphID{0, id} {
		before, after := f.Kern(id, other), f.Kern(other, id)
		if f.Kern(id, other) != before || f.Kern(other, id) != after {
			t.Fatalf("kerning of %d and %d is now this, now that", id, other)
		}
	}
	outline := strictPen{t: t}
	if err := f.Outline(id, &outline); outline.open || err != nil && outline.begun {
		t.Fatalf("glyph %d: a contour is left open, or drawn in spite of the error %v", id, err)
	}
	data, err := f.Subset(asDrawn(f, []typeset.GlyphID{id, id}))
	if err != nil {
		if !strings.HasPrefix(err.Error(), "subset font ") {
			t.Fatalf("subset of glyph %d: %v", id, err)
		}
		return
	}
	subset, err := Parse(dressed(data))
	if err != nil {
		t.Fatalf("the subset of glyph %d is no font: %v", id, err)
	}
	want := drawn(f, id)
	for _, n := range []typeset.GlyphID{1, 2} {
		if subset.Advance(n) != f.Advance(id) || subset.sideBearing(n) != f.sideBearing(id) {
			t.Fatalf("glyph %d has other metrics in the subset", id)
		}
		// What is cut short in the font may be drawn in the subset, which pads its records.
		if got := drawn(subset, n); got != want && want != "" {
			t.Fatalf("glyph %d is drawn %s, in the subset %s", id, want, got)
		}
	}
}

// strictPen wants every contour to be begun before it is drawn, and closed.
type strictPen struct {
	t           *testing.T
	open, begun bool
}

func (p *strictPen) MoveTo(int, int)           { p.want(false); p.open, p.begun = true, true }
func (p *strictPen) LineTo(int, int)           { p.want(true) }
func (p *strictPen) QuadTo(int, int, int, int) { p.want(true) }
func (p *strictPen) Close()                    { p.want(true); p.open = false }

func (p *strictPen) want(open bool) {
	if p.open != open {
		p.t.Fatal("a contour is drawn that was not begun, or begun in another")
	}
}

// drawn gives the glyph's outline; it is empty where the glyph has none or is damaged.
func drawn(f *Font, id typeset.GlyphID) string {
	var p path
	if err := f.Outline(id, &p); err != nil {
		return ""
	}
	return p.String()
}

// FuzzParse changes some bytes of the small font and cuts it off. It is refused
// with an error, or all that must hold of a font holds; nothing is without end.
func FuzzParse(f *testing.F) {
	whole := small()
	f.Add([]byte(whole))
	f.Add([]byte(whole[:len(whole)/2]))
	f.Add([]byte(with(map[string]string{"GPOS": "", "kern": words(0, 1, 0, 20, 1, 1, 6, 0, 0, 1, 2, -9)})))
	f.Add([]byte(with(map[string]string{"cmap": words(0, 1, 0, 3) + long(12) + smallCmap()[20:]})))
	f.Fuzz(func(t *testing.T, data []byte) {
		if font, err := parseOrRefuse(t, string(data)); err == nil {
			holds(t, font)
		}
	})
}

// TestDamage turns every byte of the small font, one at a time, to the values
// that most often break readers. What is read then still holds what a font must.
func TestDamage(t *testing.T) {
	whole := []byte(small())
	for at := range whole {
		was := whole[at]
		for _, value := range []byte{0x00, 0x7F, 0x80, 0xFF, was + 1, was ^ 1} {
			whole[at] = value
			if f, err := parseOrRefuse(t, string(whole)); err == nil {
				holds(t, f)
			}
		}
		whole[at] = was
	}
}
