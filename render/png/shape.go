package png

import (
	"image/color"
	"math"
)

// slant is the tangent of 12°, by which oblique text leans, as in render/pdf.
const slant = 0.2126

// shape is a glyph's outline as closed polygons, in pixels from its origin, y
// downwards.
type shape struct {
	points []vertex
	ends   []int // for each polygon the index after its last point
	bounds box
}

type vertex struct{ x, y float64 }

// drawShape fills a shape whose origin is at x, y of the page.
func (p *painter) drawShape(s *shape, x, y float64, c color.RGBA) {
	b := s.bounds
	if len(s.ends) == 0 || !p.fill.begin(box{b.minX + x, b.minY + y, b.maxX + x, b.maxY + y}) {
		return
	}
	start := 0
	for _, end := range s.ends {
		polygon := s.points[start:end]
		before := polygon[len(polygon)-1]
		for _, v := range polygon {
			p.fill.edge(before.x+x, before.y+y, v.x+x, v.y+y)
			before = v
		}
		start = end
	}
	p.fill.end(c)
}

// tracer takes an outline in font units and flattens it: it is a [typeset.Pen].
//
// Products are converted before they are added, so that no compiler fuses the
// two and every machine draws the same pixels.
type tracer struct {
	shape
	unit  float64 // pixels a font unit
	slant float64
	pen   vertex
}

func (t *tracer) vertex(x, y int) vertex {
	lean := float64(float64(y) * t.slant)
	return vertex{x: (float64(x) + lean) * t.unit, y: -float64(y) * t.unit}
}

// MoveTo begins a contour.
func (t *tracer) MoveTo(x, y int) { t.add(t.vertex(x, y)) }

// LineTo adds a straight line.
func (t *tracer) LineTo(x, y int) { t.add(t.vertex(x, y)) }

// A curve is drawn as straight lines that leave it by at most tolerance
// pixels, and at most mostLines of them.
const (
	tolerance = 0.02
	mostLines = 64
)

// QuadTo adds a quadratic curve. Parted into n, it leaves its chords by at most
// |a − 2b + c| / 4n².
func (t *tracer) QuadTo(cx, cy, x, y int) {
	a, b, c := t.pen, t.vertex(cx, cy), t.vertex(x, y)
	bendX, bendY := a.x-2*b.x+c.x, a.y-2*b.y+c.y
	n := int(min(mostLines, math.Ceil(math.Sqrt(max(math.Abs(bendX), math.Abs(bendY))/(4*tolerance)))))
	for i := 1; i < n; i++ {
		f := float64(i) / float64(n)
		t.add(vertex{
			x: a.x + float64(2*f*(b.x-a.x)) + float64(f*f*bendX),
			y: a.y + float64(2*f*(b.y-a.y)) + float64(f*f*bendY),
		})
	}
	t.add(c)
}

// Close ends the contour.
func (t *tracer) Close() { t.ends = append(t.ends, len(t.points)) }

func (t *tracer) add(v vertex) {
	dot := box{v.x, v.y, v.x, v.y}
	if len(t.points) == 0 {
		t.bounds = dot
	} else {
		t.bounds = t.bounds.join(dot)
	}
	t.points = append(t.points, v)
	t.pen = v
}
