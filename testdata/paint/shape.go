package main

import (
	"image"
	"log"
	"os"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// path is an outline that can be filled.
type path struct{ segs []segment }

// segment is one step of a path: a move, line, or curve with 1 or 2 controls.
type segment struct {
	kind byte // 'M', 'L', 'Q', 'C'
	pts  [3][2]float64
}

func (p *path) move(x, y float64) { p.segs = append(p.segs, segment{'M', [3][2]float64{{x, y}}}) }
func (p *path) line(x, y float64) { p.segs = append(p.segs, segment{'L', [3][2]float64{{x, y}}}) }
func (p *path) quad(bx, by, x, y float64) {
	p.segs = append(p.segs, segment{'Q', [3][2]float64{{bx, by}, {x, y}}})
}

func (p *path) cube(bx, by, cx, cy, x, y float64) {
	p.segs = append(p.segs, segment{'C', [3][2]float64{{bx, by}, {cx, cy}, {x, y}}})
}

// polygon is the closed path through points given as x, y, x, y, …
func polygon(xy ...float64) *path {
	p := &path{}
	p.move(xy[0], xy[1])
	for i := 2; i+1 < len(xy); i += 2 {
		p.line(xy[i], xy[i+1])
	}
	return p
}

// circle is close enough to one for a picture.
func circle(cx, cy, r float64) *path { return ellipse(cx, cy, r, r) }

func ellipse(cx, cy, rx, ry float64) *path {
	const k = .5523
	p := &path{}
	p.move(cx+rx, cy)
	p.cube(cx+rx, cy+ry*k, cx+rx*k, cy+ry, cx, cy+ry)
	p.cube(cx-rx*k, cy+ry, cx-rx, cy+ry*k, cx-rx, cy)
	p.cube(cx-rx, cy-ry*k, cx-rx*k, cy-ry, cx, cy-ry)
	p.cube(cx+rx*k, cy-ry, cx+rx, cy-ry*k, cx+rx, cy)
	return p
}

// fill lays the path on the canvas; paint gives the colour at each pixel.
func (c *canvas) fill(p *path, a float64, paint func(x, y float64) rgb) {
	z := vector.NewRasterizer(c.w, c.h)
	f := func(v [2]float64) (float32, float32) { return float32(v[0]), float32(v[1]) }
	for _, s := range p.segs {
		ax, ay := f(s.pts[0])
		bx, by := f(s.pts[1])
		cx, cy := f(s.pts[2])
		switch s.kind {
		case 'M':
			z.ClosePath()
			z.MoveTo(ax, ay)
		case 'L':
			z.LineTo(ax, ay)
		case 'Q':
			z.QuadTo(ax, ay, bx, by)
		case 'C':
			z.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	z.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, c.w, c.h))
	z.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	for i, m := range mask.Pix {
		if m != 0 {
			x, y := i%c.w, i/c.w
			c.over(x, y, paint(float64(x)+.5, float64(y)+.5), a*float64(m)/255)
		}
	}
}

// flat fills the path with one colour.
func (c *canvas) flat(p *path, col rgb, a float64) {
	c.fill(p, a, func(float64, float64) rgb { return col })
}

// face is a font file, relative to the repository's root.
type face string

const (
	sansSC  face = "fonts/noto/NotoSansSC_700Bold.ttf"
	sansHK  face = "fonts/noto/NotoSansHK_700Bold.ttf"
	plainSC face = "fonts/noto/NotoSansSC_400Regular.ttf"
)

var parsed sync.Map

func (f face) font() *sfnt.Font {
	if known, ok := parsed.Load(f); ok {
		return known.(*sfnt.Font)
	}
	data, err := os.ReadFile(string(f))
	if err != nil {
		log.Fatalf("read face: %v; run this from the repository's root after `make fonts`", err)
	}
	font, err := sfnt.Parse(data)
	if err != nil {
		log.Fatalf("parse face %s: %v", f, err)
	}
	parsed.Store(f, font)
	return font
}

// text gives the outline of a string with its baseline at x, y and its width.
// Tracking is white after each character, in pixels.
func (f face) text(s string, x, y, size, tracking float64) (*path, float64) {
	var buf sfnt.Buffer
	ppem := fixed.Int26_6(size * 64)
	p, start := &path{}, x
	for _, r := range s {
		glyph, err := f.font().GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			log.Fatalf("letter %q: face %s has no glyph", s, f)
		}
		outline, err := f.font().LoadGlyph(&buf, glyph, ppem, nil)
		if err != nil {
			log.Fatalf("load glyph of %q: %v", r, err)
		}
		p.add(outline, x, y)
		advance, err := f.font().GlyphAdvance(&buf, glyph, ppem, 0)
		if err != nil {
			log.Fatalf("advance of %q: %v", r, err)
		}
		x += float64(advance)/64 + tracking
	}
	return p, x - start - tracking
}

// add appends a glyph's outline, moved to x, y.
func (p *path) add(outline sfnt.Segments, x, y float64) {
	at := func(v fixed.Point26_6) (float64, float64) { return x + float64(v.X)/64, y + float64(v.Y)/64 }
	for _, s := range outline {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		cx, cy := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.move(ax, ay)
		case sfnt.SegmentOpLineTo:
			p.line(ax, ay)
		case sfnt.SegmentOpQuadTo:
			p.quad(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			p.cube(ax, ay, bx, by, cx, cy)
		}
	}
}
