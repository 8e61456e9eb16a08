package squareface

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"offprint/typeset"
)

// Face is a square face. The zero value has every character; it may be used by
// many goroutines at once and must not be copied.
type Face struct {
	// Lacks are the characters that the face does not have.
	Lacks string
	// Centred puts the ink of ，。、；：！？ in the middle of their em.
	Centred bool
	// Pairs is what Kern adds, in font units, for each pair of characters.
	Pairs map[string]int
	// ShortDash makes an em dash 800 units of ink, so that two do not touch, and
	// the two-em dash 1700 units wide, as in Noto Sans.
	ShortDash bool

	mu     sync.RWMutex
	glyphs map[rune]typeset.GlyphID
	runes  []rune
}

// upm is the size of the em, in font units.
const upm = 1000

// Name is "Square".
func (f *Face) Name() string { return "Square" }

// UnitsPerEm is 1000.
func (f *Face) UnitsPerEm() int { return upm }

// Metrics are those of the em box: 880 up and 120 down.
func (f *Face) Metrics() typeset.FaceMetrics {
	return typeset.FaceMetrics{
		Ascent: 880, Descent: -120, CapHeight: 700, XHeight: 500, Weight: 400,
		BBox: typeset.Bounds{XMin: 0, YMin: -120, XMax: 2 * upm, YMax: 880},
	}
}

// Glyph gives IDs in the order in which characters are first asked for.
func (f *Face) Glyph(r rune) (typeset.GlyphID, bool) {
	if strings.ContainsRune(f.Lacks, r) {
		return 0, false
	}
	f.mu.RLock()
	id, ok := f.glyphs[r]
	f.mu.RUnlock()
	if ok {
		return id, true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if id, ok := f.glyphs[r]; ok {
		return id, true
	}
	if len(f.runes) >= 0xfffe {
		return 0, false
	}
	if f.glyphs == nil {
		f.glyphs = make(map[rune]typeset.GlyphID)
	}
	f.runes = append(f.runes, r)
	id = typeset.GlyphID(len(f.runes))
	f.glyphs[r] = id
	return id, true
}

// formRune and those after it stand for the forms.
const formRune = '\U0010FFF0'

// Form gives the forms' glyphs; the halves of —— only where ShortDash is set.
func (f *Face) Form(form typeset.Form) (typeset.GlyphID, bool) {
	if form != typeset.LowEllipsis && !f.ShortDash {
		return 0, false
	}
	return f.Glyph(formRune + rune(form))
}

// Rune is the character that the glyph draws; 0 for .notdef.
func (f *Face) Rune(id typeset.GlyphID) rune {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if id == 0 || int(id) > len(f.runes) {
		return 0
	}
	return f.runes[id-1]
}

// Advance is 1000 for a wide character, 0 for a combining mark, 2000 for the
// two-em dash (see ShortDash), 1500 for an ellipsis on the baseline and 500 for
// all others.
func (f *Face) Advance(id typeset.GlyphID) int {
	r := f.Rune(id)
	switch {
	case r == '⸺' && f.ShortDash:
		return 1700
	case r == '⸺':
		return 2 * upm
	case r == formRune+rune(typeset.LowEllipsis):
		return 3 * upm / 2
	case r >= formRune:
		return upm
	case unicode.Is(unicode.Mn, r):
		return 0
	case wide(r):
		return upm
	}
	return upm / 2
}

func wide(r rune) bool {
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return true
	case r >= 0x2e80 && r <= 0xa4cf, r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f,
		r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6:
		return true
	}
	return r != 0 && strings.ContainsRune("“”‘’—…·‧―①★●■▲", r)
}

// Kern is what Pairs says.
func (f *Face) Kern(left, right typeset.GlyphID) int {
	return f.Pairs[string([]rune{f.Rune(left), f.Rune(right)})]
}

const (
	inkLeft  = "，。、；：．！？）〕］｝》〉」』】〗｠”’〞〟"
	inkRight = "（〔［｛《〈「『【〖｟“‘〝"
	stops    = "，。、；：．！？"
)

// Bounds is the ink of a glyph.
func (f *Face) Bounds(id typeset.GlyphID) (typeset.Bounds, bool) {
	r := f.Rune(id)
	if r == 0 || unicode.IsSpace(r) {
		return typeset.Bounds{}, false
	}
	box := typeset.Bounds{XMin: 50, YMin: -50, XMax: f.Advance(id) - 50, YMax: 750}
	switch {
	case strings.ContainsRune(stops, r) && f.Centred, r == '·', r == '・', r == '‧':
		box.XMin, box.XMax = 350, 650
	case strings.ContainsRune(inkLeft, r):
		box.XMin, box.XMax = 50, 350
	case strings.ContainsRune(inkRight, r):
		box.XMin, box.XMax = 650, 950
	case r == '—' && f.ShortDash:
		box.XMin, box.XMax = 100, 900
	case r == formRune+rune(typeset.DashStart):
		box.XMin, box.XMax = 100, upm+10
	case r == formRune+rune(typeset.DashEnd):
		box.XMin, box.XMax = -10, 900
	case r == formRune+rune(typeset.LowEllipsis):
		box.YMin, box.YMax = 0, 100
	case r == '—', r == '⸺':
		box.XMin, box.XMax = 0, f.Advance(id)
	case box.XMax <= box.XMin:
		box.XMin, box.XMax = -400, -100
	}
	return box, true
}

// Outline draws the glyph's ink box.
func (f *Face) Outline(id typeset.GlyphID, pen typeset.Pen) error {
	b, ok := f.Bounds(id)
	if !ok {
		return nil
	}
	pen.MoveTo(b.XMin, b.YMin)
	pen.LineTo(b.XMin, b.YMax)
	pen.LineTo(b.XMax, b.YMax)
	pen.LineTo(b.XMax, b.YMin)
	pen.Close()
	return nil
}

// Subset is not to be had: a square face is not a font file.
func (f *Face) Subset(glyphs []typeset.Variant) ([]byte, error) {
	return nil, fmt.Errorf("subset square face: %d glyphs asked of a face that is no font file", len(glyphs))
}
