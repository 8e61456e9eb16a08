package main

import "math"

// glyphOutline shows 永 as a type designer sees it: outline, points, em square.
func glyphOutline(c *canvas) {
	w, h := c.size()
	paper(c, hex(0x12202e), hex(0x1d3245))
	for v := 0.0; v < w; v += 30 {
		c.rect(v, 0, v+1, h, hex(0x3c5a74), .28)
		if v < h {
			c.rect(0, v, w, v+1, hex(0x3c5a74), .28)
		}
	}
	glyph, _ := plainSC.text("永", 214, 476, 474, 0)
	c.flat(glyph, hex(0xe9eef2), .93)
	frame := func(x0, y0, x1, y1 float64, col rgb) {
		edges := [][4]float64{{x0, y0, x1, y0 + 2}, {x0, y1 - 2, x1, y1}, {x0, y0, x0 + 2, y1}, {x1 - 2, y0, x1, y1}}
		for _, r := range edges {
			c.rect(r[0], r[1], r[2], r[3], col, .9)
		}
	}
	frame(214, 59, 688, 533, hex(0x5fb0d8))
	c.rect(190, 475, 712, 477, hex(0xf0a03c), .9)
	for _, s := range glyph.segs {
		end := map[byte]int{'M': 0, 'L': 0, 'Q': 1, 'C': 2}[s.kind]
		for i := range end {
			c.flat(circle(s.pts[i][0], s.pts[i][1], 4), hex(0x6fd0a0), 1)
		}
		x, y := s.pts[end][0], s.pts[end][1]
		c.rect(x-5, y-5, x+5, y+5, hex(0xf2553d), 1)
		c.rect(x-2.5, y-2.5, x+2.5, y+2.5, hex(0x12202e), 1)
	}
	c.finish(.018, .45)
}

// glyphWeights sets one character in growing sizes on warm paper, as on a proof.
func glyphWeights(c *canvas) {
	w, h := c.size()
	paper(c, hex(0xf3ead8), hex(0xe2d3b6))
	rows := []struct {
		words      string
		size, base float64
		set        face
		ink        rgb
	}{
		{"字里行间", 150, 190, sansSC, hex(0x2a211a)},
		{"字里行间字里行间", 84, 306, plainSC, hex(0x3a2f26)},
		{"字里行间字里行间字里行间字", 50, 386, plainSC, hex(0x4a3e34)},
		{"字里行间字里行间字里行间字里行间字里行间", 32, 446, sansSC, hex(0x4a3e34)},
		{"字里行间字里行间字里行间字里行间字里行间字里行间字里行", 23, 494, plainSC, hex(0x564a40)},
		{"字里行间字里行间字里行间字里行间字里行间字里行间字里行间字里行间字里行间", 17, 530, plainSC, hex(0x564a40)},
	}
	for _, r := range rows {
		line, width := r.set.text(r.words, 0, 0, r.size, 0)
		line, _ = r.set.text(r.words, (w-width)/2, r.base, r.size, 0)
		c.flat(line, r.ink, .92)
	}
	c.rect(60, 548, w-60, 549.5, hex(0xa5432f), .8)
	c.rect(60, 52, 62, h-52, hex(0xa5432f), .5)
	c.rect(w-62, 52, w-60, h-52, hex(0xa5432f), .5)
	c.finish(.022, .5)
}

// paper lays a mottled ground from one colour to another.
func paper(c *canvas, from, to rgb) {
	w, h := c.size()
	c.each(func(x, y float64, _ rgb) rgb {
		return from.mix(to, math.Hypot(x/w, y/h)/1.42).scale(.97 + .06*fbm(x/5, y/5, 15, 4))
	})
}
