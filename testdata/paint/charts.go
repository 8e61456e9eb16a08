package main

import (
	"fmt"
	"math"
)

// plot is the area of a chart and the scales of its axes.
type plot struct {
	c              *canvas
	x0, y0, x1, y1 float64 // left, top, right, foot in pixels
	xMax, yMax     float64
}

var (
	chartPaper = hex(0xfbf8f2)
	chartInk   = hex(0x3a4652)
	chartGrid  = hex(0xd9d5cb)
)

func newPlot(c *canvas, xMax, yMax float64) plot {
	w, h := c.size()
	c.each(func(x, y float64, _ rgb) rgb { return chartPaper.scale(1 - .015*fbm(x/3, y/3, 5, 2)) })
	return plot{c, 84, 64, w - 44, h - 70, xMax, yMax}
}

func (p plot) at(x, y float64) (px, py float64) {
	return lerp(p.x0, p.x1, x/p.xMax), lerp(p.y1, p.y0, y/p.yMax)
}

// label sets a number or word with its middle at px.
func (p plot) label(s string, px, py, size float64, col rgb) {
	_, width := plainSC.text(s, 0, 0, size, 0)
	outline, _ := plainSC.text(s, px-width/2, py, size, 0)
	p.c.flat(outline, col, 1)
}

// rules draws the horizontals of the grid with their values.
func (p plot) rules(step float64, format string) {
	for v := 0.0; v <= p.yMax; v += step {
		_, y := p.at(0, v)
		p.c.rect(p.x0, y-.6, p.x1, y+.6, chartGrid, 1)
		p.label(fmt.Sprintf(format, v), p.x0-30, y+6, 18, chartInk)
	}
}

// priceCurve is a day's power price: a dip at noon and a needle at nightfall.
func priceCurve(c *canvas) {
	p := newPlot(c, 24, 6)
	price := func(t float64) float64 {
		bell := func(at, width, high float64) float64 { return high * math.Exp(-math.Pow((t-at)/width, 2)) }
		return .62 + bell(8, 1.5, .55) - bell(13, 2.6, .22) + bell(18.9, .70, 3.62) + bell(19.5, .42, 1.95) +
			.10*(fbm(t*3, 1, 8, 4)-.5)
	}
	x18, _ := p.at(18, 0)
	x20, _ := p.at(20, 0)
	c.rect(x18, p.y0, x20, p.y1, hex(0xf6d9c3), .75)
	p.rules(1, "%.1f")
	for t := 0.0; t <= 24; t += 3 {
		x, _ := p.at(t, 0)
		p.label(fmt.Sprintf("%02.0f:00", t), x, p.y1+30, 18, chartInk)
	}
	area := &path{}
	area.move(p.at(0, 0))
	for t := 0.0; t <= 24; t += .05 {
		area.line(p.at(t, price(t)))
	}
	area.line(p.at(24, 0))
	c.fill(area, .8, func(_, y float64) rgb {
		return gradient((y-p.y0)/(p.y1-p.y0), stop{0, hex(0xd2552b)}, stop{.6, hex(0x3f8fa8)}, stop{1, hex(0xcfe6ea)})
	})
	c.flat(p.curve(price, 2.2), hex(0x17495c), 1)
	c.rect(p.x0, p.y1-1, p.x1, p.y1+1, chartInk, 1)
	p.label("元／度", p.x0-20, p.y0-24, 18, chartInk)
}

// curve is the outline of a line along f, half the stroke to either side.
func (p plot) curve(f func(float64) float64, half float64) *path {
	const step = .05
	stroke := &path{}
	side := func(t, toward float64) (x, y float64) {
		x, y = p.at(t, f(t))
		nextX, nextY := p.at(t+step, f(t+step))
		k := toward * half / math.Hypot(nextX-x, nextY-y)
		return x - (nextY-y)*k, y + (nextX-x)*k
	}
	stroke.move(side(0, 1))
	for t := step; t < p.xMax; t += step {
		stroke.line(side(t, 1))
	}
	for t := p.xMax - step; t >= 0; t -= step {
		stroke.line(side(t, -1))
	}
	return stroke
}

// takingsChart compares a stall's takings by hour, cash beside wallets.
func takingsChart(c *canvas) {
	p := newPlot(c, 12, 4)
	p.rules(1, "%.0f")
	cash := []float64{1.9, 3.1, 3.4, 2.6, 1.7, 1.1, .8, .9, 1.3, 2.1, 2.4, 1.2}
	wallet := []float64{.3, .6, .9, 1.1, 1.0, .9, .6, .7, 1.4, 2.7, 3.3, 1.9}
	for i := range cash {
		x, y := p.at(float64(i)+.16, cash[i])
		c.rect(x, y, x+19, p.y1, hex(0xb8862f), .95)
		x, y = p.at(float64(i)+.52, wallet[i])
		c.rect(x, y, x+19, p.y1, hex(0x2b7a5b), .95)
		mid, _ := p.at(float64(i)+.5, 0)
		p.label(fmt.Sprint(7+i), mid, p.y1+30, 18, chartInk)
	}
	c.rect(p.x0, p.y1-1, p.x1, p.y1+1, chartInk, 1)
	c.rect(p.x1-240, 28, p.x1-222, 46, hex(0xb8862f), 1)
	p.label("現金", p.x1-196, 44, 19, chartInk)
	c.rect(p.x1-150, 28, p.x1-132, 46, hex(0x2b7a5b), 1)
	p.label("電子支付", p.x1-86, 44, 19, chartInk)
	p.label("千元", p.x0-28, 44, 18, chartInk)
}
