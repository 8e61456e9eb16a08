package main

import "math"

// coldAisle looks down the aisle between two rows of racks, with a vanishing
// point a little above the middle.
func coldAisle(c *canvas) {
	w, h := c.size()
	vx, vy := w*.5, h*.44
	c.each(func(x, y float64, _ rgb) rgb {
		dx, dy := (x-vx)/(w*.5), (y-vy)/(h*.56)
		switch {
		case math.Abs(dx) > 1.15*math.Abs(dy) || math.Abs(dx) > .62 && dy > -.7:
			return rackSide(dx, dy)
		case dy < 0:
			return aisleRoof(dx, dy)
		default:
			return aisleFloor(dx, dy)
		}
	})
	c.glow(vx, vy, 60, hex(0x9fd4ff), .55)
	c.glow(vx, vy, 150, hex(0x3a78b8), .22)
	c.finish(.022, .75)
}

// rackSide paints the doors of the racks and their lamps. Depth along the aisle
// is the reciprocal of the distance from the vanishing point.
func rackSide(dx, dy float64) rgb {
	across := math.Abs(dx)
	depth := 1 / across
	high := dy / across // constant along a horizontal of the rack
	rack := math.Floor(depth * 3.1)
	inRack := depth*3.1 - rack
	side := uint32(0)
	if dx > 0 {
		side = 1
	}
	base := hex(0x10161f).mix(hex(0x2c3a4a), .35+.4*value(high*9, rack, 3+side))
	unit := math.Floor((high + 3) * 22)
	inUnit := (high+3)*22 - unit
	if inUnit < .12 || inRack < .05 {
		base = base.scale(.45)
	}
	mesh := .9 + .1*math.Sin(depth*900)*math.Sin(high*700)
	base = base.scale(mesh)
	for lamp := range uint32(3) {
		at := .18 + .12*float64(lamp) + .35*hash(uint32(rack), uint32(unit), 60+side)
		lit := hash(uint32(unit)*7+lamp, uint32(rack), 50+side)
		if lit > .62 && math.Abs(inRack-at) < .035 && math.Abs(inUnit-.55) < .22 {
			return gradient(lit,
				stop{.62, hex(0x35e08a)}, stop{.85, hex(0x4fc3ff)}, stop{.97, hex(0x9fe0ff)}, stop{1, hex(0xffb347)})
		}
	}
	return base.scale(1.45-.5*across).mix(hex(0x6fb4e8), .30*math.Pow(1-min(across, 1), 3))
}

// aisleRoof has a strip of light down its middle and cable trays beside it.
func aisleRoof(dx, dy float64) rgb {
	across := dx / math.Abs(dy)
	depth := 1 / math.Abs(dy)
	roof := hex(0x1b2430).scale(.8 + .3*value(across*6, depth*4, 9))
	if math.Abs(across) < .2 && math.Mod(depth*2.2, 1) > .12 {
		return hex(0xe8f6ff).scale(1.08 - .25*math.Abs(across)/.2)
	}
	if math.Abs(math.Abs(across)-.62) < .1 {
		roof = hex(0x39485a).scale(.7 + .3*math.Abs(math.Sin(depth*40)))
	}
	spill := math.Exp(-math.Abs(across) * 3)
	return roof.mix(hex(0xa9d4f5), .45*spill)
}

// aisleFloor is of tiles that mirror the strip of light.
func aisleFloor(dx, dy float64) rgb {
	across, depth := dx/dy, 1/dy
	tile := hex(0x5b6877)
	if math.Mod(math.Abs(across)*2.4+.5, 1) < .03 || math.Mod(depth*2.6, 1) < .04 {
		tile = tile.scale(.55)
	}
	if math.Mod(math.Abs(across)*2.4+.5, 1) > .45 && math.Abs(across) < .25 {
		hole := math.Sin(across*260) * math.Sin(depth*160)
		tile = tile.scale(.8 + .2*hole)
	}
	shine := math.Exp(-across * across * 14)
	return tile.mix(hex(0xdcefff), .55*shine*(.7+.3*value(across*5, depth*9, 4))).scale(.55 + .5/(1+depth*.4))
}
