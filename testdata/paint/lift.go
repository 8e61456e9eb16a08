package main

import "math"

// oldLift is the lobby of an old block: mosaic tiles, steel doors, a dial of
// floors above them with one floor lit.
func oldLift(c *canvas) {
	w, h := c.size()
	const floor = 690
	c.each(func(x, y float64, _ rgb) rgb {
		if y > floor {
			return terrazzo(x, y, floor)
		}
		return mosaic(x, y)
	})
	c.rect(136, 214, w-136, floor, hex(0x5a4a34), 1)
	c.rect(148, 226, w-148, floor, hex(0x8b7650), 1)
	liftDoors(c, 160, 238, w-160, floor)
	floorDial(c, w/2, 176)
	callPanel(c, w-112, 452)
	c.glow(w/2, 40, 190, hex(0xffcf8a), .34)
	c.glow(w/2, floor+40, 120, hex(0xffd8a0), .10)
	c.each(func(x, y float64, was rgb) rgb {
		dark := .55 + .45*math.Exp(-math.Pow((x-w/2)/(w*.52), 2)-math.Pow((y-h*.36)/(h*.62), 2))
		return was.scale(dark)
	})
	c.finish(.024, .45)
}

// mosaic is a wall of small tiles, green below a cream band.
func mosaic(x, y float64) rgb {
	const tile = 13
	col, row := uint32(x/tile), uint32(y/tile)
	joint := math.Mod(x, tile) < 1.4 || math.Mod(y, tile) < 1.4
	base := hex(0x4f8b78).mix(hex(0x2f6a5c), hash(col, row, 5))
	if y < 300 {
		base = hex(0xe6dcc0).mix(hex(0xcabd9c), hash(col, row, 6))
	} else if y < 326 {
		base = hex(0x8a3b2c).mix(hex(0x6f2c22), hash(col, row, 7))
	}
	if joint {
		return base.mix(hex(0xb9b19a), .55)
	}
	return base.scale(.93 + .1*fbm(x/40, y/40, 8, 3))
}

// terrazzo is a speckled floor seen at a slant.
func terrazzo(x, y, top float64) rgb {
	depth := (y - top) / 110
	base := hex(0x9a8f80).scale(.6 + .35*depth)
	speck := value(x/3.1, y/1.7, 12)
	if speck > .78 {
		base = base.mix(hex(0x4c3d36), .7)
	} else if speck < .2 {
		base = base.mix(hex(0xe6dccb), .6)
	}
	return base
}

// liftDoors are two leaves of brushed steel with a narrow window each.
func liftDoors(c *canvas, x0, y0, x1, y1 float64) {
	mid := (x0 + x1) / 2
	c.fill(polygon(x0, y0, x1, y0, x1, y1, x0, y1), 1, func(x, y float64) rgb {
		brushed := .88 + .14*fbm(x*1.7, y/90, 21, 3)
		sheen := .75 + .25*math.Sin((x-x0)/(x1-x0)*math.Pi*2.2+.6)
		return hex(0xb4b6b2).scale(brushed * sheen)
	})
	c.rect(mid-1.5, y0, mid+1.5, y1, hex(0x22221f), 1)
	for _, x := range []float64{mid - 46, mid + 28} {
		c.rect(x-4, y0+76, x+22, y0+226, hex(0x6a6a66), 1)
		c.fill(polygon(x, y0+80, x+18, y0+80, x+18, y0+222, x, y0+222), 1, func(px, py float64) rgb {
			wire := math.Mod(px+py, 9) < 1.2 || math.Mod(px-py+900, 9) < 1.2
			if wire {
				return hex(0x3a3830)
			}
			return hex(0xffdf9e).scale(.95 - .3*(py-y0-80)/140)
		})
	}
	notice := polygon(x0+18, y0+118, x0+86, y0+114, x0+89, y0+206, x0+21, y0+210)
	c.flat(notice, hex(0xf4efe2), .96)
	for i := range 6 {
		y := y0 + 136 + float64(i)*11
		c.rect(x0+30, y, x0+78-14*hash(uint32(i), 1, 3), y+3, hex(0x7a7468), .8)
	}
	c.rect(x0+30, y0+122, x0+62, y0+129, hex(0xa32626), .9)
}

// floorDial shows the floors from G to 14 on brass, the seventh lit.
func floorDial(c *canvas, cx, y float64) {
	c.rect(cx-168, y-30, cx+168, y+22, hex(0x4c3a1c), 1)
	c.fill(polygon(cx-164, y-26, cx+164, y-26, cx+164, y+18, cx-164, y+18), 1, func(x, _ float64) rgb {
		return hex(0xc9a552).scale(.8 + .2*math.Sin((x-cx)/60+1))
	})
	for i, name := range []string{"G", "2", "4", "6", "7", "8", "10", "12", "14"} {
		x := cx - 140 + float64(i)*35
		c.flat(circle(x, y-4, 14), hex(0x2c2110), 1)
		ink := hex(0x9a8452)
		if name == "7" {
			c.flat(circle(x, y-4, 12), hex(0xffb545), 1)
			ink = hex(0x3a1c00)
		}
		_, width := sansHK.text(name, 0, 0, 15, 0)
		glyph, _ := sansHK.text(name, x-width/2, y+1.5, 15, 0)
		c.flat(glyph, ink, 1)
		if name == "7" {
			c.glow(x, y-4, 18, hex(0xff9a30), .6)
		}
	}
}

// callPanel has two buttons, the upper one pressed.
func callPanel(c *canvas, x, y float64) {
	c.rect(x-22, y-50, x+22, y+50, hex(0x54431f), 1)
	c.rect(x-19, y-47, x+19, y+47, hex(0xb8964a), 1)
	for i, dy := range []float64{-20, 20} {
		c.flat(circle(x, y+dy, 13), hex(0x2d2412), 1)
		face := hex(0xe8e2d0)
		if i == 0 {
			face = hex(0xffc25a)
		}
		c.flat(circle(x, y+dy, 10.5), face, 1)
		up := -1.0 + 2*float64(i)
		c.flat(polygon(x-5, y+dy-up*2.5, x+5, y+dy-up*2.5, x, y+dy+up*4), hex(0x3a2a10), 1)
	}
	c.glow(x, y-20, 16, hex(0xff9a30), .5)
}
