package fonts

import (
	"fmt"
	"math"

	"offprint/typeset"
)

// component is one part of a composite glyph: another glyph, moved and scaled.
type component struct {
	glyph typeset.GlyphID
	at    int // of the glyph's id in the record
	flags int
	// Where it goes: a distance, or (unless offsets is set) a point of what has
	// been drawn so far that a point of the component comes to lie upon.
	arg1, arg2 int
	// The matrix, in 1/16384: x' = xx·x + yx·y, y' = xy·x + yy·y.
	xx, xy, yx, yy int
}

// The flags of a component that are read here (glyf table, component flags).
const (
	argsAreWords    = 0x0001
	argsAreOffsets  = 0x0002
	haveScale       = 0x0008
	moreComponents  = 0x0020
	haveTwoScales   = 0x0040
	haveMatrix      = 0x0080
	scaledOffsets   = 0x0800
	unscaledOffsets = 0x1000
)

// one is 1 in the 2.14 fixed point of component matrices.
const one = 1 << 14

// isComposite reports whether the glyph is made of other glyphs: its record has a negative
// number of contours.
func isComposite(record view) bool { return record.i16(0) < 0 }

// components reads the parts of a composite glyph's record, in order.
func components(record view) ([]component, error) {
	var parts []component
	for at := glyphHeader; ; {
		part, next := readComponent(record, at)
		if next > len(record) {
			return nil, fmt.Errorf("part %d of the composite is cut short", len(parts)+1)
		}
		parts = append(parts, part)
		if part.flags&moreComponents == 0 {
			return parts, nil
		}
		at = next
	}
}

// readComponent reads the part at a place of the record and says where the next
// one starts, which may be past the end.
func readComponent(record view, at int) (part component, next int) {
	part = component{
		flags: record.u16(at),
		at:    at + 2,
		glyph: typeset.GlyphID(record.u16(at + 2)),
		xx:    one, yy: one,
	}
	at += 4
	part.arg1, part.arg2, at = readArguments(record, at, part.flags)
	switch {
	case part.flags&haveScale != 0:
		part.xx = record.i16(at)
		part.yy = part.xx
		at += 2
	case part.flags&haveTwoScales != 0:
		part.xx, part.yy = record.i16(at), record.i16(at+2)
		at += 4
	case part.flags&haveMatrix != 0:
		part.xx, part.xy = record.i16(at), record.i16(at+2)
		part.yx, part.yy = record.i16(at+4), record.i16(at+6)
		at += 8
	}
	return part, at
}

// readArguments reads two words or bytes, signed where they are distances and
// unsigned where they number points.
func readArguments(record view, at, flags int) (arg1, arg2, next int) {
	words, signed := flags&argsAreWords != 0, flags&argsAreOffsets != 0
	switch {
	case words && signed:
		return record.i16(at), record.i16(at + 2), at + 4
	case words:
		return record.u16(at), record.u16(at + 2), at + 4
	case signed:
		return int(int8(record.u8(at))), int(int8(record.u8(at + 1))), at + 2
	default:
		return record.u8(at), record.u8(at + 1), at + 2
	}
}

// place moves the part's points to where they belong beside the points that the
// composite has already.
func (c *component) place(before, points []point) error {
	if c.xx != one || c.yy != one || c.xy != 0 || c.yx != 0 {
		for i := range points {
			p := &points[i]
			p.x, p.y = nearest(p.x*c.xx+p.y*c.yx), nearest(p.x*c.xy+p.y*c.yy)
		}
	}
	dx, dy := c.arg1, c.arg2
	if c.flags&argsAreOffsets == 0 {
		if dx >= len(before) || dy >= len(points) {
			return fmt.Errorf("part %d: it is to meet a point that is not there", c.glyph)
		}
		dx, dy = before[c.arg1].x-points[c.arg2].x, before[c.arg1].y-points[c.arg2].y
	} else if c.flags&scaledOffsets != 0 && c.flags&unscaledOffsets == 0 {
		dx, dy = scaled(dx, c.xx, c.xy), scaled(dy, c.yx, c.yy)
	}
	for i := range points {
		points[i].x += dx
		points[i].y += dy
	}
	return nil
}

// scaled multiplies a distance by the length of the matrix's row, as Apple's
// rasteriser does where a font asks for scaled offsets.
func scaled(distance, a, b int) int {
	return nearest(distance * int(math.Round(math.Sqrt(float64(a*a+b*b)))))
}

// nearest takes a number in 1/16384 to the nearest whole, halves up.
func nearest(n int) int { return (n + one/2) >> 14 }
