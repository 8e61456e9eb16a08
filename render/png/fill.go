package png

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// box is a rectangle of the page in pixels and fractions of them.
type box struct{ minX, minY, maxX, maxY float64 }

func (b box) join(c box) box {
	return box{min(b.minX, c.minX), min(b.minY, c.minY), max(b.maxX, c.maxX), max(b.maxY, c.maxY)}
}

// pixels gives the pixels that the box touches and that lie within bounds.
func (b box) pixels(bounds image.Rectangle) image.Rectangle {
	whole := func(v float64, most int) int { return int(max(0, min(v, float64(most)))) }
	return image.Rect(
		whole(math.Floor(b.minX), bounds.Max.X), whole(math.Floor(b.minY), bounds.Max.Y),
		whole(math.Ceil(b.maxX), bounds.Max.X), whole(math.Ceil(b.maxY), bounds.Max.Y))
}

// filler fills shapes on the page, given by their edges.
//
// The rasteriser adds up the signed area of each pixel that lies right of an
// edge and takes the sum's amount, at most 1, for its coverage: that is the
// non-zero rule, but for pixels on the very edge of two contours that overlap,
// which come out a little darker.
type filler struct {
	page   *image.RGBA
	region image.Rectangle // that is being filled
	raster vector.Rasterizer
}

// begin starts a shape that lies within b. It reports whether any of it can be
// seen; if not, edge and end must not be called.
func (f *filler) begin(b box) bool {
	f.region = b.pixels(f.page.Rect)
	if f.region.Empty() {
		return false
	}
	f.raster.Reset(f.region.Dx(), f.region.Dy())
	return true
}

// end fills what the edges since begin enclose.
func (f *filler) end(c color.RGBA) {
	f.raster.Draw(f.page, f.region, image.NewUniform(c), image.Point{})
}

// edge adds a straight edge, from a to b on the page. Contours must be closed.
func (f *filler) edge(ax, ay, bx, by float64) {
	left, top := float64(f.region.Min.X), float64(f.region.Min.Y)
	ax, ay, bx, by = ax-left, ay-top, bx-left, by-top
	w, h := float64(f.region.Dx()), float64(f.region.Dy())
	switch {
	case ay == by || max(ay, by) <= 0 || min(ay, by) >= h:
		return // it has no height here
	case min(ax, ay, bx, by) >= 0 && max(ax, bx) <= w && max(ay, by) <= h:
		f.line(ax, ay, bx, by)
	default:
		f.clipped(ax, ay, bx, by, w, h)
	}
}

// clipped adds the part of an edge that counts within w × h: nothing of it
// above and below, and only its height to the left and right.
func (f *filler) clipped(ax, ay, bx, by, w, h float64) {
	place := func(y float64) float64 { return ax + float64((bx-ax)*((y-ay)/(by-ay))) }
	crossing := func(x float64) float64 { return ay + float64((by-ay)*((x-ax)/(bx-ax))) }

	down := ay < by
	rows := []float64{max(0, min(ay, by)), min(h, max(ay, by))}
	if ax != bx {
		// Part it where it crosses the sides.
		a, b := crossing(0), crossing(w)
		a, b = min(a, b), max(a, b)
		first, last := rows[0], rows[1]
		rows = []float64{first, max(first, min(a, last)), max(first, min(b, last)), last}
	}
	for i := range len(rows) - 1 {
		y0, y1 := rows[i], rows[i+1]
		x0, x1 := max(0, min(place(y0), w)), max(0, min(place(y1), w))
		if down {
			f.line(x0, y0, x1, y1)
		} else {
			f.line(x1, y1, x0, y0)
		}
	}
}

// mostRows is how many rows one call of the rasteriser crosses: it drops up to
// 1/512 pixel in each, and starts anew with the next.
const mostRows = 8

// line hands an edge that lies within the region to the rasteriser.
func (f *filler) line(ax, ay, bx, by float64) {
	f.raster.MoveTo(float32(ax), float32(ay))
	if n := math.Ceil(math.Abs(by-ay) / mostRows); n > 1 {
		for i := 1.0; i < n; i++ {
			part := i / n
			f.raster.LineTo(float32(ax+float64(part*(bx-ax))), float32(ay+float64(part*(by-ay))))
		}
	}
	f.raster.LineTo(float32(bx), float32(by))
}
