package fonts

import (
	"errors"
	"fmt"
	"slices"

	"offprint/typeset"
)

// What an outline may take, so that a hostile font whose composites draw each
// other costs neither the stack nor time. Real faces stay far below.
const (
	mostDepth  = 8       // composites within composites
	mostParts  = 512     // components of a glyph, of all depths
	mostPoints = 1 << 17 // points of a glyph
)

// Outline hands the glyph's contours to the pen, in font units. Where the font
// leaves out the point between two curves, it is taken to the nearest unit. A
// glyph without ink draws nothing. The error says how the record is damaged;
// the pen has not been touched then.
func (f *Font) Outline(id typeset.GlyphID, pen typeset.Pen) error {
	var o outline
	if err := o.add(f, id, 0); err != nil {
		return fmt.Errorf("draw glyph %d of %s: %w", id, f.name, err)
	}
	start := 0
	for _, end := range o.ends {
		drawContour(o.points[start:end], pen)
		start = end
	}
	return nil
}

// outline is a glyph's contours, each a closed row of points.
type outline struct {
	points []point
	ends   []int // for each contour the index after its last point
	parts  int   // components seen so far
}

// point is on the contour or steers a quadratic curve.
type point struct {
	x, y int
	on   bool
}

// add appends a glyph's contours.
func (o *outline) add(f *Font, id typeset.GlyphID, depth int) error {
	record, ok := f.record(id)
	switch {
	case !ok && int(id) >= f.numGlyphs:
		return fmt.Errorf("the font has %d glyphs", f.numGlyphs)
	case !ok:
		return errors.New("table \"loca\" leads outside the glyphs")
	case len(record) == 0:
		return nil
	case len(record) < glyphHeader:
		return errCutShort
	case isComposite(record):
		return o.addComposite(f, record, depth)
	default:
		return o.addSimple(record)
	}
}

var errCutShort = errors.New("its outline is cut short")

// addSimple reads the points of a glyph that is not a composite: ends of
// contours, instructions (skipped), then all flags, all x and all y.
func (o *outline) addSimple(record view) error {
	contours := record.i16(0)
	first, count := len(o.points), 0
	for i := range contours {
		end := record.u16(glyphHeader+2*i) + 1
		if end < count {
			return errors.New("its contours are out of order")
		}
		count = end
		o.ends = append(o.ends, first+count)
	}
	if first+count > mostPoints {
		return fmt.Errorf("it has more than %d points", mostPoints)
	}
	at := glyphHeader + 2*contours
	at += 2 + record.u16(at)
	flags, at := readFlags(record, at, count)

	const shortX, plusX, shortY, plusY, onCurve = 0x02, 0x10, 0x04, 0x20, 0x01
	o.points = slices.Grow(o.points, count)[:first+count]
	points := o.points[first:]
	x, y := 0, 0
	for i, flag := range flags {
		x, at = readCoordinate(record, at, x, flag&shortX != 0, flag&plusX != 0)
		points[i] = point{x: x, on: flag&onCurve != 0}
	}
	for i, flag := range flags {
		y, at = readCoordinate(record, at, y, flag&shortY != 0, flag&plusY != 0)
		points[i].y = y
	}
	if at > len(record) {
		return errCutShort
	}
	return nil
}

// readFlags reads a flag for each of count points; one that is marked so is
// followed by how often it is repeated.
func readFlags(record view, at, count int) (flags []uint8, next int) {
	const repeated = 0x08
	flags = make([]uint8, 0, count)
	for len(flags) < count {
		flag := uint8(record.u8(at))
		at++
		times := 1
		if flag&repeated != 0 {
			times += record.u8(at)
			at++
		}
		for range min(times, count-len(flags)) {
			flags = append(flags, flag)
		}
	}
	return flags, at
}

// readCoordinate reads what a coordinate adds to the one before: a byte whose
// sign stands in the flag, a word, or nothing where it is the same.
func readCoordinate(record view, at, before int, short, plus bool) (value, next int) {
	switch {
	case short && plus:
		return before + record.u8(at), at + 1
	case short:
		return before - record.u8(at), at + 1
	case plus:
		return before, at
	default:
		return before + record.i16(at), at + 2
	}
}

// addComposite adds each part and puts it into its place.
func (o *outline) addComposite(f *Font, record view, depth int) error {
	parts, err := components(record)
	if err != nil {
		return err
	}
	o.parts += len(parts)
	if depth == mostDepth || o.parts > mostParts {
		return errors.New("its composites are nested too deeply or have too many parts")
	}
	whole := len(o.points)
	for _, part := range parts {
		first := len(o.points)
		if err := o.add(f, part.glyph, depth+1); err != nil {
			return fmt.Errorf("part %d: %w", part.glyph, err)
		}
		if err := part.place(o.points[whole:first], o.points[first:]); err != nil {
			return err
		}
	}
	return nil
}

// drawContour hands one contour to the pen. Two steering points in a row have a
// point on the contour half-way between them.
func drawContour(points []point, pen typeset.Pen) {
	if len(points) < 2 {
		return // an anchor, not ink
	}
	start, rest := points[0], points[1:]
	if last := len(points) - 1; !start.on {
		if points[last].on {
			start, rest = points[last], points[:last]
		} else {
			start, rest = halfway(points[last], start), points
		}
	}
	pen.MoveTo(start.x, start.y)
	var steer point
	steered := false
	for _, p := range rest {
		switch {
		case p.on && steered:
			pen.QuadTo(steer.x, steer.y, p.x, p.y)
			steered = false
		case p.on:
			pen.LineTo(p.x, p.y)
		case steered:
			m := halfway(steer, p)
			pen.QuadTo(steer.x, steer.y, m.x, m.y)
			steer = p
		default:
			steer, steered = p, true
		}
	}
	if steered {
		pen.QuadTo(steer.x, steer.y, start.x, start.y)
	}
	pen.Close()
}

// halfway rounds halves up.
func halfway(a, b point) point {
	return point{x: (a.x + b.x + 1) >> 1, y: (a.y + b.y + 1) >> 1, on: true}
}
