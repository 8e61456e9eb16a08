package main

import "math"

// hash gives a number from 0 to 1 that looks random but is fixed by its arguments.
func hash(x, y, seed uint32) float64 {
	h := x*374761393 + y*668265263 + seed*2246822519
	h = (h ^ h>>13) * 1274126177
	h ^= h >> 16
	return float64(h) / float64(math.MaxUint32)
}

// value is smooth noise from 0 to 1 with features one unit wide.
func value(x, y float64, seed uint32) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	tx, ty := ease(x-fx), ease(y-fy)
	ix, iy := uint32(int32(fx)), uint32(int32(fy))
	top := lerp(hash(ix, iy, seed), hash(ix+1, iy, seed), tx)
	foot := lerp(hash(ix, iy+1, seed), hash(ix+1, iy+1, seed), tx)
	return lerp(top, foot, ty)
}

// fbm sums octaves of value noise; the result is about 0 to 1.
func fbm(x, y float64, seed uint32, octaves int) float64 {
	sum, weight, total := 0.0, 1.0, 0.0
	for o := range octaves {
		sum += weight * value(x, y, seed+uint32(o))
		total += weight
		x, y, weight = x*2.03+17, y*2.03+9, weight*.5
	}
	return sum / total
}

func ease(t float64) float64 { return t * t * (3 - 2*t) }

func lerp(a, b, t float64) float64 { return a + (b-a)*t }

// stop is one colour of a gradient and where it stands, from 0 to 1.
type stop struct {
	at  float64
	col rgb
}

// gradient gives the colour at t of stops that are in order.
func gradient(t float64, stops ...stop) rgb {
	for i := 1; i < len(stops); i++ {
		if a, b := stops[i-1], stops[i]; t <= b.at {
			return a.col.mix(b.col, ease(min(max((t-a.at)/(b.at-a.at), 0), 1)))
		}
	}
	return stops[len(stops)-1].col
}
