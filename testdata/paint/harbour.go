package main

import "math"

// fishingHarbour is a small port at dawn, with white halls behind the cranes.
func fishingHarbour(c *canvas) {
	w, _ := c.size()
	const water = 318
	dawnSky(c, water)
	hills(c, water, 70, hex(0x6d7f98), 11)
	hills(c, water, 34, hex(0x4f6580), 23)
	whiteHalls(c, 660, water)
	c.rect(0, water-7, w, water, hex(0x2c3a4e), 1)
	for x := 60.0; x < w; x += 28 + 40*hash(uint32(x), 3, 5) {
		height := 8 + 16*hash(uint32(x), 1, 5)
		c.rect(x, water-5-height, x+18+20*hash(uint32(x), 2, 5), water-5, hex(0x37475c), 1)
	}
	for _, x := range []float64{150, 262, 430} {
		crane(c, x, water, 150)
	}
	c.reflect(water, hex(0x20405a), .42, 41)
	for i, x := range []float64{210, 420, 560, 800, 1010} {
		boat(c, x, water+34+float64(i*37%5)*16, 1+float64(i%3)*.35)
	}
	c.finish(.020, .35)
}

// dawnSky goes from night blue to peach, with streaks of cloud.
func dawnSky(c *canvas, horizon float64) {
	w, _ := c.size()
	c.each(func(x, y float64, _ rgb) rgb {
		sky := gradient(y/horizon,
			stop{0, hex(0x2b4a72)}, stop{.45, hex(0x8b93ab)}, stop{.75, hex(0xf0b48a)}, stop{1, hex(0xffdca8)})
		cloud := fbm(x/170, y/26+fbm(x/300, y/90, 3, 2)*3, 7, 5)
		cover := ease(min(max((cloud-.5)*4, 0), 1)) * (.75 - .35*y/horizon)
		return sky.mix(gradient(y/horizon, stop{0, hex(0x55688c)}, stop{1, hex(0xffc9a0)}), cover)
	})
	c.glow(w*.36, horizon-6, 90, hex(0xff9a4a), .55)
	c.glow(w*.36, horizon-6, 18, hex(0xfff0c8), .9)
}

// hills is one ridge of noise, height pixels high.
func hills(c *canvas, foot, height float64, col rgb, seed uint32) {
	w, _ := c.size()
	ridge := polygon(0, foot)
	for x := 0.0; x <= w; x += 3 {
		ridge.line(x, foot-height*(.25+fbm(x/210, 1, seed, 5)))
	}
	ridge.line(w, foot)
	c.fill(ridge, 1, func(_, y float64) rgb { return col.mix(hex(0xf3c9a6), .5*(1-(foot-y)/height)) })
}

// whiteHalls are the windowless buildings, with cooling plant on their roofs.
func whiteHalls(c *canvas, x0, foot float64) {
	for i := range 4 {
		x, high := x0+float64(i)*126, 58+float64(i%2)*10
		c.fill(polygon(x, foot, x, foot-high, x+112, foot-high, x+112, foot), 1, func(px, py float64) rgb {
			panel := .96 + .04*math.Floor(math.Mod(px-x, 14)/13)
			return hex(0xf6ece2).mix(hex(0xb9b3b6), (px-x)/150).scale(panel - .12*(foot-py)/high)
		})
		for f := range 6 {
			c.rect(x+8+float64(f)*17, foot-high-8, x+19+float64(f)*17, foot-high, hex(0x8f9aa8), 1)
		}
		plume := x + 56
		c.glow(plume, foot-high-24, 20, hex(0x302c2a), .35)
		c.rect(x+6, foot-8, x+20, foot, hex(0x64707f), 1)
	}
}

// crane is a quay crane in silhouette.
func crane(c *canvas, x, foot, high float64) {
	ink := hex(0x243247)
	bar := func(x0, y0, x1, y1, thick float64) {
		dx, dy := x1-x0, y1-y0
		n := thick / 2 / math.Hypot(dx, dy)
		c.flat(polygon(x0-dy*n, y0+dx*n, x1-dy*n, y1+dx*n, x1+dy*n, y1-dx*n, x0+dy*n, y0-dx*n), ink, 1)
	}
	top := foot - high
	bar(x, foot, x+8, top+30, 4)
	bar(x+46, foot, x+38, top+30, 4)
	bar(x+4, foot-40, x+42, foot-40, 3)
	bar(x+4, foot-40, x+38, top+34, 2)
	bar(x-62, top+32, x+92, top+32, 5)
	bar(x+23, top, x+8, top+32, 3)
	bar(x+23, top, x+38, top+32, 3)
	bar(x+23, top, x-60, top+31, 1.6)
	bar(x+23, top, x+90, top+31, 1.6)
	bar(x-34, top+32, x-34, foot-62, 1.2)
	c.rect(x-42, foot-64, x-26, foot-56, ink, 1)
	c.glow(x+23, top+2, 3, hex(0xff5030), .9)
}

// boat is a small fishing boat with a cabin, a mast and its mirror image.
func boat(c *canvas, x, y, k float64) {
	hull, cabin := hex(0x1c3550), hex(0xe9e2d6)
	p := &path{}
	p.move(x-44*k, y-10*k)
	p.quad(x-34*k, y+7*k, x-20*k, y+7*k)
	p.line(x+30*k, y+7*k)
	p.quad(x+44*k, y+4*k, x+52*k, y-15*k)
	p.line(x+28*k, y-9*k)
	c.fill(p, 1, func(_, py float64) rgb { return hull.mix(hex(0x9c3b2e), ease(min(max((py-y)/(8*k), 0), 1))) })
	c.rect(x-30*k, y-28*k, x-6*k, y-8*k, cabin.scale(.92), 1)
	c.rect(x-27*k, y-24*k, x-10*k, y-17*k, hex(0x33495e), 1)
	c.rect(x-33*k, y-31*k, x-3*k, y-28*k, hex(0xb9562f), 1)
	c.rect(x+14*k, y-52*k, x+15.6*k, y-9*k, hex(0x2a2f38), 1)
	c.flat(polygon(x+15*k, y-50*k, x+49*k, y-14*k, x+48*k, y-13*k, x+14*k, y-48*k), hex(0x2a2f38), .8)
	c.glow(x+15*k, y-53*k, 4*k, hex(0xffe0a0), .9)
	for i := range 9 {
		fy := y + (8+float64(i)*3)*k
		sway := 5 * k * (value(float64(i), x, 77) - .5)
		c.rect(x-(38-float64(i)*2)*k+sway, fy, x+(40-float64(i)*3)*k+sway, fy+1.8*k, hull, .42-float64(i)*.04)
	}
}
