package main

import "math"

// neonStreet is a row of shophouses at night after rain.
func neonStreet(c *canvas) {
	w, _ := c.size()
	const kerb = 372
	c.each(func(x, y float64, _ rgb) rgb {
		return hex(0x0d1226).mix(hex(0x3a2440), y/kerb).scale(.9 + .2*fbm(x/120, y/80, 3, 3))
	})
	for i, x := 0, -20.0; x < w; i++ {
		width := 150 + 60*hash(uint32(i), 1, 71)
		shophouse(c, x, width, kerb, uint32(i))
		x += width
	}
	signs := []sign{
		{"茶餐廳", 92, 96, 54, hex(0xff4f5e), true},
		{"大押", 262, 60, 60, hex(0x4fe08a), true},
		{"冰室", 432, 120, 58, hex(0x58c8ff), true},
		{"麵包西餅", 520, 268, 40, hex(0xffc24f), false},
		{"五金", 742, 86, 58, hex(0xffa03a), true},
		{"藥房", 884, 130, 52, hex(0x5cf0c0), true},
		{"書局", 1046, 70, 60, hex(0xff6fb0), true},
	}
	for _, s := range signs {
		s.draw(c)
	}
	for i := range 26 {
		x := 20 + w*hash(uint32(i), 5, 73)
		walker(c, x, kerb+2, 46+14*hash(uint32(i), 6, 73), i%4 == 1)
	}
	c.reflect(kerb, hex(0x120f20), .30, 79)
	c.rect(0, kerb-2, w, kerb+1, hex(0x0a0a12), .8)
	for i := range 40 {
		x, y := w*hash(uint32(i), 8, 83), kerb*.8*hash(uint32(i), 9, 83)
		c.glow(x, y, 2+4*hash(uint32(i), 7, 83), hex(0xffc890), .10)
	}
	c.finish(.020, .55)
}

// shophouse is a narrow building: a lit shop below, balconies and windows above.
func shophouse(c *canvas, x, width, kerb float64, n uint32) {
	wall := []rgb{hex(0x2f3a44), hex(0x453640), hex(0x2c4038), hex(0x4a4034)}[n%4]
	top := 20 + 70*hash(n, 2, 71)
	c.fill(polygon(x, kerb, x, top, x+width, top, x+width, kerb), 1, func(px, py float64) rgb {
		return wall.scale(.55 + .3*(py-top)/(kerb-top) + .15*fbm(px/30, py/9, 6, 3))
	})
	for fy := top + 18; fy < kerb-110; fy += 52 {
		for fx := x + 14; fx < x+width-26; fx += 38 {
			lit := hash(uint32(fx), uint32(fy), 75)
			pane := hex(0x141a24)
			if lit > .5 {
				pane = hex(0xffcf85).mix(hex(0xbfe0e8), hash(uint32(fx), 2, 4)).scale(.55 + .45*lit)
			}
			c.rect(fx, fy, fx+26, fy+30, pane, .95)
			c.rect(fx+12, fy, fx+14, fy+30, hex(0x15151c), 1)
			c.rect(fx-2, fy+30, fx+28, fy+33, wall.scale(1.2), 1)
		}
		c.rect(x, fy+42, x+width, fy+46, wall.scale(.45), 1)
	}
	glowing := hex(0xffe2ac).mix(hex(0xbfeaff), hash(n, 3, 71)*.7)
	c.fill(polygon(x+8, kerb, x+8, kerb-72, x+width-8, kerb-72, x+width-8, kerb), 1, func(px, py float64) rgb {
		shelf := .72 + .28*value(px/6, math.Floor(py/12)*3, 5+n)
		return glowing.scale(shelf)
	})
	c.rect(x+2, kerb-92, x+width-2, kerb-74, []rgb{hex(0x8c2030), hex(0x1f5a48), hex(0x7a5a20), hex(0x24406a)}[(n+1)%4], 1)
	c.rect(x, top, x+3, kerb, hex(0x0c0c12), .7)
	c.glow(x+width/2, kerb-40, 60, glowing, .14)
}

// sign is a shop name in neon tubes, down or across.
type sign struct {
	words      string
	x, y, size float64
	col        rgb
	down       bool
}

func (s sign) draw(c *canvas) {
	n := float64(len([]rune(s.words)))
	w, h := s.size*n+16, s.size+20
	if s.down {
		w, h = s.size+20, s.size*1.06*n+18
	}
	c.rect(s.x-3, s.y-3, s.x+w+3, s.y+h+3, s.col.scale(.9), .9)
	c.rect(s.x, s.y, s.x+w, s.y+h, hex(0x150d18), 1)
	for i, r := range []rune(s.words) {
		x, y := s.x+9, s.y+9+s.size*.86
		if s.down {
			y += float64(i) * s.size * 1.06
		} else {
			x += float64(i) * s.size
		}
		glyph, _ := sansHK.text(string(r), x, y, s.size, 0)
		c.flat(glyph, s.col.mix(rgb{1, 1, 1}, .55), 1)
	}
	c.glow(s.x+w/2, s.y+h/2, math.Max(w, h)*.52, s.col, .42)
}

// walker is a passer-by in silhouette, some under an umbrella.
func walker(c *canvas, x, foot, high float64, umbrella bool) {
	ink := hex(0x0b0b14)
	k := high / 60
	c.flat(circle(x, foot-high+6*k, 5*k), ink, 1)
	c.flat(polygon(x-8*k, foot-high+13*k, x+8*k, foot-high+13*k, x+7*k, foot-24*k, x-7*k, foot-24*k), ink, 1)
	c.flat(polygon(x-6*k, foot-25*k, x+1*k, foot-25*k, x-3*k, foot, x-8*k, foot), ink, 1)
	c.flat(polygon(x-1*k, foot-25*k, x+6*k, foot-25*k, x+9*k, foot, x+4*k, foot), ink, 1)
	if umbrella {
		p := &path{}
		p.move(x-26*k, foot-high-2*k)
		p.quad(x, foot-high-34*k, x+26*k, foot-high-2*k)
		c.flat(p, hex(0x5a1a2a), 1)
		c.rect(x-.8*k, foot-high-14*k, x+.8*k, foot-30*k, ink, 1)
	}
}
