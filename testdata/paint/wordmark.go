package main

import "math"

// drawLogo sets a wordmark of 600 × 160 pixels on a clear ground: emblem, name,
// and the Latin name letter-spaced to the name's width.
func drawLogo(l logo) *canvas {
	c := newCanvas(600, 160)
	const box, gap, height = 128.0, 26.0, 84.0
	l.emblem(c, box, l)
	left := 8 + box + gap
	_, natural := l.face.text(l.name, 0, 0, height, 0)
	n := float64(len([]rune(l.name)))
	tracking := math.Min((600-8-left-natural)/(n-1), 8)
	name, width := l.face.text(l.name, left, 100, height, tracking)
	c.flat(name, l.ink, 1)
	const small = 19.0
	_, natural = l.face.text(l.latin, 0, 0, small, 0)
	spread := (width - natural - 6) / float64(len(l.latin)-1)
	latin, _ := l.face.text(l.latin, left+3, 140, small, spread)
	c.flat(latin, l.accent, 1)
	return c
}

// waves: three swells under a sun, in a disc.
func waves(c *canvas, box float64, l logo) {
	cx, cy, r := 8+box/2, 80.0, box/2
	c.flat(circle(cx, cy, r), l.ink, 1)
	c.flat(circle(cx+16, cy-18, 17), hex(0xf4b860), 1)
	for i := range 3 {
		y := cy + 8 + float64(i)*17
		half := math.Sqrt(r*r-math.Pow(y-cy+4, 2)) - 6
		p := &path{}
		crest := func(x, back float64) float64 { return y + back + 5*math.Sin((x-cx)/11+float64(i)*1.7) }
		p.move(cx-half, crest(cx-half, 0))
		for x := cx - half; x <= cx+half; x++ {
			p.line(x, crest(x, 0))
		}
		for x := cx + half; x >= cx-half; x-- {
			p.line(x, crest(x, 7))
		}
		c.flat(p, l.accent.mix(rgb{1, 1, 1}, .25+.25*float64(i)), 1)
	}
}

// junk: three battened sails over a hull.
func junk(c *canvas, box float64, l logo) {
	x := 8.0
	sail := func(ax, ay, bx, by, foot float64) {
		p := &path{}
		p.move(ax, foot)
		p.quad(ax-6, (ay+foot)/2, ax+6, ay)
		p.quad(bx+8, (by+foot)/2.1, bx, foot)
		c.flat(p, l.ink, 1)
	}
	sail(x+8, 56, x+34, 60, 112)
	sail(x+40, 16, x+84, 30, 112)
	sail(x+90, 44, x+122, 60, 112)
	for i := range 3 {
		y := 62 + float64(i)*16
		c.rect(x, y, x+box, y+2, hex(0xffffff), 1)
	}
	hull := &path{}
	hull.move(x, 114)
	hull.quad(x+box/2, 128, x+box, 108)
	hull.quad(x+box-14, 142, x+box-30, 144)
	hull.line(x+26, 144)
	hull.quad(x+8, 138, x, 114)
	c.flat(hull, l.accent, 1)
}

// bars: lines of text, one of them marked.
func bars(c *canvas, box float64, l logo) {
	for i, width := range []float64{1, .82, 1, .58} {
		col := l.ink
		if i == 1 {
			col = l.accent
		}
		y := 22 + float64(i)*32
		c.rect(8, y, 8+box*width, y+20, col, 1)
	}
}

// abacus: a frame, three rods and their beads.
func abacus(c *canvas, box float64, l logo) {
	x0, y0, x1, y1 := 8.0, 22.0, 8+box, 138.0
	c.rect(x0, y0, x1, y0+9, l.ink, 1)
	c.rect(x0, y1-9, x1, y1, l.ink, 1)
	c.rect(x0, y0, x0+9, y1, l.ink, 1)
	c.rect(x1-9, y0, x1, y1, l.ink, 1)
	c.rect(x0, 56, x1, 62, l.ink, 1)
	for i := range 3 {
		x := x0 + 32 + float64(i)*32
		c.rect(x-1.5, y0, x+1.5, y1, l.ink, 1)
		for j, y := range []float64{44, 78, 95, 117} {
			if (i+j)%4 != 3 {
				c.flat(ellipse(x, y, 13, 7.6), l.accent, 1)
			}
		}
	}
}
