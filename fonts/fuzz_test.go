package fonts

import (
	"testing"

	"offprint/typeset"
)

// exercise calls everything that a font can do.
func exercise(f *Font) {
	var ids []typeset.GlyphID
	for id := range min(f.NumGlyphs()+2, 64) {
		ids = append(ids, typeset.GlyphID(id))
	}
	ids = append(ids, 0xFFFF)
	for _, id := range ids {
		f.Advance(id)
		f.Bounds(id)
		_ = f.Outline(id, &path{})
		f.Kern(id, ids[0])
		f.Kern(ids[0], id)
		if subset, err := f.Subset([]typeset.GlyphID{id, id}); err == nil {
			if _, err := Parse(dressed(subset)); err != nil {
				panic("the subset is no font: " + err.Error())
			}
		}
	}
	for _, r := range []rune{-1, 0, 'a', 'm', 0x4E00, 0xD800, 0xFFFF, 0x20000, 0x10FFFF} {
		if id, ok := f.Glyph(r); ok && (id == 0 || int(id) >= f.NumGlyphs()) {
			panic("a character has a glyph that is not there")
		}
	}
}

// FuzzParse changes some bytes of the small font, cuts it off, and uses all of
// what can still be read. Nothing may panic, nothing may be without end.
func FuzzParse(f *testing.F) {
	whole := small()
	f.Add([]byte(whole))
	f.Add([]byte(whole[:len(whole)/2]))
	f.Add([]byte(with(map[string]string{"GPOS": "", "kern": words(0, 1, 0, 20, 1, 1, 6, 0, 0, 1, 2, -9)})))
	f.Add([]byte(with(map[string]string{"cmap": words(0, 1, 0, 3) + long(12) + smallCmap()[20:]})))
	f.Fuzz(func(t *testing.T, data []byte) {
		if font, err := Parse(string(data)); err == nil {
			exercise(font)
		}
	})
}

// TestDamage turns every byte of the small font, one at a time, to the values
// that most often break readers.
func TestDamage(t *testing.T) {
	whole := []byte(small())
	for at := range whole {
		was := whole[at]
		for _, value := range []byte{0x00, 0x7F, 0x80, 0xFF, was + 1, was ^ 1} {
			whole[at] = value
			if f, err := Parse(string(whole)); err == nil {
				exercise(f)
			}
		}
		whole[at] = was
	}
}
