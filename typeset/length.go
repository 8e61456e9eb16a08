package typeset

import (
	"math"
	"strconv"
)

// Length is a distance in 1/65536 pt (1 pt = 1/72 in).
type Length int64

// Point is one PDF point.
const Point Length = 1 << 16

// Points converts a design's or a user's number of points.
func Points(pt float64) Length { return Length(math.Round(pt * float64(Point))) }

// Millimetres converts a design's or a user's number of millimetres.
func Millimetres(mm float64) Length { return Points(mm * 72 / 25.4) }

// Points gives the length in points, for writing it out.
func (l Length) Points() float64 { return float64(l) / float64(Point) }

// Scale gives l × num / den, rounded to the nearest, halves away from zero.
// den must be positive.
func (l Length) Scale(num, den int64) Length {
	p := int64(l) * num
	if p < 0 {
		return Length(-((-p + den/2) / den))
	}
	return Length((p + den/2) / den)
}

// Em gives thousandths of an em at size l: l.Em(250) is a quarter em.
func (l Length) Em(thousandths int64) Length { return l.Scale(thousandths, 1000) }

// String writes the length in points with at most three decimals: "10.5".
func (l Length) String() string {
	return strconv.FormatFloat(math.Round(l.Points()*1000)/1000, 'f', -1, 64)
}

// PaperSize is the width and height of a page.
type PaperSize struct{ W, H Length }

// Position is a place on a page, from its top left corner, y downwards.
type Position struct{ X, Y Length }

// Colour is an sRGB colour, 8 bits a channel.
type Colour struct{ R, G, B uint8 }
