package main

import (
	"image"
	"image/color"
	"math"
)

// rgb is a colour with components from 0 to 1, display-referred.
type rgb struct{ r, g, b float64 }

func hex(v uint32) rgb {
	return rgb{float64(v>>16&255) / 255, float64(v>>8&255) / 255, float64(v&255) / 255}
}

func (c rgb) mix(d rgb, t float64) rgb {
	return rgb{c.r + (d.r-c.r)*t, c.g + (d.g-c.g)*t, c.b + (d.b-c.b)*t}
}

func (c rgb) scale(k float64) rgb { return rgb{c.r * k, c.g * k, c.b * k} }

// canvas is a picture in the making. Alpha matters for logos only.
type canvas struct {
	w, h  int
	pix   []rgb
	alpha []float64
}

func newCanvas(w, h int) *canvas {
	return &canvas{w: w, h: h, pix: make([]rgb, w*h), alpha: make([]float64, w*h)}
}

// size gives width and height as numbers to reckon with.
func (c *canvas) size() (w, h float64) { return float64(c.w), float64(c.h) }

// each replaces every pixel by what f makes of it, and makes it opaque.
func (c *canvas) each(f func(x, y float64, was rgb) rgb) {
	for y := range c.h {
		for x := range c.w {
			i := y*c.w + x
			c.pix[i] = f(float64(x)+.5, float64(y)+.5, c.pix[i])
			c.alpha[i] = 1
		}
	}
}

// over lays a colour on one pixel.
func (c *canvas) over(x, y int, col rgb, a float64) {
	if x < 0 || y < 0 || x >= c.w || y >= c.h || a <= 0 {
		return
	}
	i := y*c.w + x
	c.alpha[i] += (1 - c.alpha[i]) * a
	c.pix[i] = c.pix[i].mix(col, a/c.alpha[i])
}

// rect fills a rectangle; its edges are antialiased.
func (c *canvas) rect(x0, y0, x1, y1 float64, col rgb, a float64) {
	for y := int(math.Floor(y0)); float64(y) < y1; y++ {
		cy := math.Min(y1, float64(y+1)) - math.Max(y0, float64(y))
		for x := int(math.Floor(x0)); float64(x) < x1; x++ {
			cx := math.Min(x1, float64(x+1)) - math.Max(x0, float64(x))
			c.over(x, y, col, a*cx*cy)
		}
	}
}

// glow adds light round a point, falling off over the radius.
func (c *canvas) glow(cx, cy, radius float64, col rgb, strength float64) {
	for y := int(cy - 3*radius); float64(y) < cy+3*radius; y++ {
		for x := int(cx - 3*radius); float64(x) < cx+3*radius; x++ {
			if x < 0 || y < 0 || x >= c.w || y >= c.h {
				continue
			}
			d2 := (math.Pow(float64(x)+.5-cx, 2) + math.Pow(float64(y)+.5-cy, 2)) / (radius * radius)
			k := strength * math.Exp(-d2)
			p := &c.pix[y*c.w+x]
			p.r, p.g, p.b = p.r+col.r*k, p.g+col.g*k, p.b+col.b*k
		}
	}
}

// at reads a pixel; outside the canvas the nearest one counts.
func (c *canvas) at(x, y float64) rgb {
	ix := min(max(int(x), 0), c.w-1)
	iy := min(max(int(y), 0), c.h-1)
	return c.pix[iy*c.w+ix]
}

// reflect turns everything below the waterline into rippled water that mirrors
// what stands above it.
func (c *canvas) reflect(waterline float64, tint rgb, tinted float64, seed uint32) {
	_, h := c.size()
	above := &canvas{w: c.w, h: c.h, pix: append([]rgb(nil), c.pix...)}
	c.each(func(x, y float64, was rgb) rgb {
		if y < waterline {
			return was
		}
		depth := (y - waterline) / (h - waterline)
		wave := fbm(x/(40+140*depth), y/(2.2+9*depth), seed, 4) - .5
		sx := x + wave*(10+70*depth)
		sy := waterline - (y-waterline)*.92 + wave*(8+60*depth)
		seen := above.at(sx, math.Min(sy, waterline-1))
		light := 1 + .5*wave
		return seen.mix(tint, tinted*(.55+.45*depth)).scale(light)
	})
}

// finish adds film grain and a slight vignette.
func (c *canvas) finish(grain, vignette float64) {
	w, h := c.size()
	c.each(func(x, y float64, was rgb) rgb {
		n := (hash(uint32(x), uint32(y), 991) - .5) * grain
		dx, dy := x/w-.5, y/h-.5
		k := 1 - vignette*(dx*dx+dy*dy)*2
		return rgb{was.r*k + n, was.g*k + n, was.b*k + n}
	})
}

// grey8 turns a component into a byte.
func grey8(v float64) uint8 { return uint8(math.Round(255 * min(max(v, 0), 1))) }

// opaque gives the picture without its alpha.
func (c *canvas) opaque() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, c.w, c.h))
	for i, p := range c.pix {
		img.SetRGBA(i%c.w, i/c.w, color.RGBA{grey8(p.r), grey8(p.g), grey8(p.b), 255})
	}
	return img
}

// transparent gives the picture with its alpha.
func (c *canvas) transparent() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, c.w, c.h))
	for i, p := range c.pix {
		img.SetNRGBA(i%c.w, i/c.w, color.NRGBA{grey8(p.r), grey8(p.g), grey8(p.b), grey8(c.alpha[i])})
	}
	return img
}
