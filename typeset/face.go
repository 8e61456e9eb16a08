package typeset

// GlyphID is the index of a glyph in its face. 0 is .notdef and is never drawn.
type GlyphID uint16

// Face is one font file, at no particular size. Lengths are in font units, y
// upwards. A Face is safe for use by many goroutines at once.
type Face interface {
	// Name is the PostScript name, such as "NotoSansSC-Regular".
	Name() string
	UnitsPerEm() int
	Metrics() FaceMetrics

	// Glyph gives the glyph that draws r; ok is false when the face has none.
	Glyph(r rune) (id GlyphID, ok bool)
	// Advance is the glyph's advance width.
	Advance(id GlyphID) int
	// Kern is what the face adds between two neighbours, mostly negative. The
	// caller decides where kerning applies (never between CJK characters).
	Kern(left, right GlyphID) int
	// Bounds is the glyph's ink box; ok is false for a glyph without ink.
	Bounds(id GlyphID) (box Bounds, ok bool)
	// Outline hands the glyph's contours to the pen, in font units.
	Outline(id GlyphID, pen Pen) error

	// Form gives a glyph that no character has, made of those of the face: its
	// advance, ink and outline are asked for as any glyph's. ok is false where the
	// face cannot make it or has no need of it.
	Form(form Form) (id GlyphID, ok bool)

	// Subset gives a TrueType font whose glyph 0 is .notdef and whose glyph
	// i+1 is glyphs[i]; a glyph may stand more than once. The result depends on
	// nothing but the face and glyphs.
	Subset(glyphs []Variant) ([]byte, error)
}

// Form names a glyph that is made of a face's glyphs.
type Form uint8

// The forms. Each half of —— is one em wide, and its bar reaches a little over
// the edge at which the two meet.
const (
	DashStart   Form = iota // the left half of ——
	DashEnd                 // its right half
	LowEllipsis             // … on the baseline, as three full stops
)

// Forms is how many forms there are.
const Forms = 3

// Variant is a glyph with an advance width of its own, and with its outline moved
// to the right (Shift > 0) or left, in font units.
type Variant struct {
	ID             GlyphID
	Advance, Shift int
}

// FaceMetrics are a face's overall measures, in font units.
type FaceMetrics struct {
	Ascent, Descent    int // typographic; Descent is negative
	CapHeight, XHeight int
	ItalicAngle        float64
	Weight             int    // 400, 700
	BBox               Bounds // of all glyphs
}

// Bounds is a box in font units.
type Bounds struct{ XMin, YMin, XMax, YMax int }

// Pen takes a glyph's contours as quadratic curves.
type Pen interface {
	MoveTo(x, y int)
	LineTo(x, y int)
	QuadTo(cx, cy, x, y int)
	Close()
}

// Chain is a list of faces in order of preference: a character is set in the
// first face that has it.
type Chain []Face

// Find gives the first face of the chain that has r.
func (c Chain) Find(r rune) (Face, GlyphID, bool) {
	for _, f := range c {
		if id, ok := f.Glyph(r); ok {
			return f, id, true
		}
	}
	return nil, 0, false
}
