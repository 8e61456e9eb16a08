package main

import "math"

// skylineAtDusk is a harbour with towers along both the shore and the hillside.
func skylineAtDusk(c *canvas) {
	w, _ := c.size()
	const water = 402
	c.each(func(x, y float64, _ rgb) rgb {
		sky := gradient(y/water,
			stop{0, hex(0x14204a)}, stop{.45, hex(0x4a4680)}, stop{.78, hex(0xc8688a)}, stop{1, hex(0xffb27a)})
		cloud := fbm(x/150, y/34, 17, 5)
		return sky.mix(hex(0xf2a08e), .55*ease(min(max((cloud-.52)*4, 0), 1))*y/water)
	})
	peak := polygon(0, water)
	for x := 0.0; x <= w; x += 3 {
		swell := hill(x, 150, 390, 210) + hill(x, 105, 760, 170) + hill(x, 60, 90, 120)
		peak.line(x, water-30-swell-18*fbm(x/60, 2, 29, 4))
	}
	peak.line(w, water)
	c.fill(peak, 1, func(_, y float64) rgb { return hex(0x2a2450).mix(hex(0x6a3f68), ease((y-210)/200)) })
	for x := -10.0; x < w; {
		width := 14 + 16*hash(uint32(x+20), 1, 31)
		tower(c, x, water, width, 60+120*hash(uint32(x+20), 2, 31), hex(0x2d2a55), .30, uint32(x+40))
		x += width + 2 + 10*hash(uint32(x+20), 3, 31)
	}
	for x := -6.0; x < w; {
		width := 22 + 26*hash(uint32(x+20), 1, 37)
		high := 50 + 150*math.Pow(hash(uint32(x+20), 2, 37), 1.6)
		tower(c, x, water, width, high, hex(0x1a1b3c), .46, uint32(x+900))
		x += width + 3 + 16*hash(uint32(x+20), 3, 37)
	}
	tallTower(c, 606, water)
	c.rect(0, water-5, w, water, hex(0x14142c), 1)
	for x := 4.0; x < w; x += 13 {
		c.glow(x, water-4, 2.4, hex(0xffc070), .8)
	}
	c.reflect(water, hex(0x161c40), .38, 53)
	ferry(c, 250, 496)
	c.finish(.022, .5)
}

// hill is the height at x of a bell-shaped hill of the given height, centre and width.
func hill(x, height, centre, width float64) float64 {
	return height * math.Exp(-math.Pow((x-centre)/width, 2))
}

// tower is one building with rows of windows, some of them lit.
func tower(c *canvas, x, foot, width, high float64, wall rgb, lit float64, seed uint32) {
	c.fill(polygon(x, foot, x, foot-high, x+width, foot-high, x+width, foot), 1, func(px, py float64) rgb {
		return wall.mix(hex(0x8a5578), .35*(1-(px-x)/width)).mix(hex(0xc0708a), .2*(foot-py)/high)
	})
	for row := 0.0; row*6+8 < high; row++ {
		for col := 0.0; col*5+6 < width; col++ {
			if k := hash(uint32(row), uint32(col), seed); k < lit {
				lamp := gradient(k/lit, stop{0, hex(0xffd98a)}, stop{.7, hex(0xffb45c)}, stop{1, hex(0xcfe4ff)})
				c.rect(x+3+col*5, foot-high+5+row*6, x+5.6+col*5, foot-high+8+row*6, lamp, .85)
			}
		}
	}
	if hash(seed, 1, 2) > .7 {
		c.rect(x+width/2-.7, foot-high-16, x+width/2+.7, foot-high, wall, 1)
		c.glow(x+width/2, foot-high-16, 2, hex(0xff4040), 1)
	}
}

// tallTower is the landmark: it tapers in steps and its crown is lit.
func tallTower(c *canvas, x, foot float64) {
	for i, step := range []struct{ half, high float64 }{{30, 210}, {26, 262}, {20, 296}, {12, 318}} {
		tower(c, x-step.half, foot, 2*step.half, step.high, hex(0x20234a), .38, uint32(5000+i))
	}
	for _, half := range []float64{-10, -4, 2, 8} {
		c.rect(x+half, foot-334, x+half+2.4, foot-316, hex(0xfff2cf), .95)
	}
	c.glow(x, foot-322, 26, hex(0xffd9a0), .55)
}

// ferry is a double-ended boat with two lit decks.
func ferry(c *canvas, x, y float64) {
	hull := &path{}
	hull.move(x-86, y-10)
	hull.line(x+86, y-10)
	hull.quad(x+78, y+14, x+56, y+14)
	hull.line(x-56, y+14)
	hull.quad(x-78, y+14, x-86, y-10)
	c.flat(hull, hex(0x123a2c), 1)
	c.rect(x-70, y-26, x+70, y-10, hex(0xe9e3d2), 1)
	c.rect(x-58, y-44, x+58, y-28, hex(0xe9e3d2), 1)
	c.rect(x-74, y-29, x+74, y-26, hex(0x1c5a42), 1)
	c.rect(x-62, y-48, x+62, y-44, hex(0x1c5a42), 1)
	c.rect(x-7, y-70, x+7, y-48, hex(0x1a1a22), 1)
	for i := -6.0; i <= 6; i++ {
		c.rect(x+i*10-3.4, y-23, x+i*10+3.4, y-14, hex(0xffcf7a), 1)
		if math.Abs(i) < 6 {
			c.rect(x+i*10-3.4, y-41, x+i*10+3.4, y-33, hex(0xffdf9a), 1)
		}
	}
	c.glow(x, y-28, 70, hex(0xff9a40), .18)
	for i := range 14 {
		fy := y + 15 + float64(i)*4
		sway := 16 * (value(float64(i)*.7, 3, 61) - .5)
		c.rect(x-66+sway+float64(i), fy, x+66+sway-float64(i), fy+2, hex(0xffc070), .30-float64(i)*.02)
	}
}
