package main

import "math"

// marketStall is a greengrocer's counter under the red lampshades of a wet market.
func marketStall(c *canvas) {
	w, _ := c.size()
	c.each(func(x, y float64, _ rgb) rgb {
		return hex(0x2a1a18).mix(hex(0x5a3a2c), y/600).scale(.85 + .3*fbm(x/60, y/50, 4, 4))
	})
	for i := range 5 {
		x := 20 + float64(i)*180
		c.rect(x, 96, x+168, 250, hex(0x31463c).scale(.7+.1*float64(i%3)), .9)
		for s := range 5 {
			c.rect(x+4, 112+float64(s)*28, x+164, 116+float64(s)*28, hex(0x1a1512), .8)
		}
	}
	boxes := []struct {
		a, b rgb
		r    float64
	}{
		{hex(0xd8402a), hex(0x8f1f18), 19},
		{hex(0x5aa03a), hex(0x2a6424), 22},
		{hex(0xf2a52c), hex(0xc0661a), 20},
		{hex(0x8fbf4a), hex(0x4a7a28), 17},
		{hex(0x7a3a78), hex(0x40204a), 19},
		{hex(0xf0dc7a), hex(0xc09a38), 21},
	}
	for row := range 2 {
		for i, b := range boxes {
			x, y := -10+float64(i)*156+float64(row)*-38, 330+float64(row)*132
			crate(c, x, y, 150, 124, boxes[(i+row*2)%len(boxes)].a, boxes[(i+row*2)%len(boxes)].b, b.r, uint32(i+row*9))
		}
	}
	for _, x := range []float64{120, 340, 560, 780} {
		lampshade(c, x, 120)
	}
	c.each(func(x, y float64, was rgb) rgb {
		light := 0.0
		for _, lx := range []float64{120, 340, 560, 780} {
			light += math.Exp(-math.Pow((x-lx)/130, 2) - math.Pow((y-360)/230, 2))
		}
		warm := rgb{1.15, 1.0, .84}
		k := .42 + .75*min(light, 1.2)
		return rgb{was.r * k * warm.r, was.g * k * warm.g, was.b * k * warm.b}
	})
	priceTags(c, w)
	c.finish(.024, .5)
}

// crate is a box heaped with round things.
func crate(c *canvas, x, y, w, h float64, light, dark rgb, r float64, seed uint32) {
	c.rect(x, y+8, x+w, y+h, hex(0x6a4a2c), 1)
	for row := range 5 {
		for col := 0.0; col*r*1.5 < w-r; col++ {
			n := uint32(row)*31 + uint32(col)
			cx := x + r*.8 + col*r*1.5 + r*.5*(hash(n, 1, seed)-.5) + float64(row%2)*r*.5
			cy := y + 6 + float64(row)*r*.72 + r*.4*(hash(n, 2, seed)-.5)
			c.fill(circle(cx, cy, r), 1, func(px, py float64) rgb {
				d := math.Hypot(px-cx+r*.35, py-cy+r*.4) / (r * 1.5)
				return light.mix(dark, min(d+.25*(hash(n, 3, seed)-.3), 1)).mix(rgb{1, 1, 1}, .45*math.Exp(-d*d*22))
			})
		}
	}
	c.rect(x, y+h-34, x+w, y+h, hex(0x7d5a36), 1)
	c.rect(x, y+h-34, x+w, y+h-31, hex(0xa27a4c), 1)
	c.rect(x, y+h-4, x+w, y+h, hex(0x3a2818), 1)
}

// lampshade is the market's red plastic lamp on its wire.
func lampshade(c *canvas, x, y float64) {
	c.rect(x-1, 0, x+1, y-50, hex(0x181010), 1)
	shade := &path{}
	shade.move(x-14, y-52)
	shade.line(x+14, y-52)
	shade.quad(x+22, y-14, x+56, y+10)
	shade.line(x-56, y+10)
	shade.quad(x-22, y-14, x-14, y-52)
	c.fill(shade, 1, func(px, py float64) rgb {
		return hex(0xff3a22).mix(hex(0x9a1410), min(math.Abs(px-x)/60+.3*(y-py)/60, 1))
	})
	c.flat(ellipse(x, y+10, 56, 7), hex(0xffe9b8), 1)
	c.glow(x, y+14, 48, hex(0xffc060), .7)
}

// priceTags are the cards stuck in the heaps.
func priceTags(c *canvas, w float64) {
	for i, price := range []string{"8.5", "12", "6.8", "10", "15"} {
		x := 44 + float64(i)*(w-60)/5.2
		y := 318.0 + 6*hash(uint32(i), 1, 2)
		c.rect(x+26, y, x+29, y+46, hex(0x2a2018), 1)
		c.rect(x, y-26, x+58, y+10, hex(0xf7f0dc), 1)
		c.rect(x, y-26, x+58, y-21, hex(0xc8281e), 1)
		_, width := sansHK.text("$"+price, 0, 0, 21, 0)
		words, _ := sansHK.text("$"+price, x+29-width/2, y+3, 21, 0)
		c.flat(words, hex(0xb01a14), 1)
	}
}
