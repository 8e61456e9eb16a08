package picture

import "encoding/binary"

// inkTable is the table of a CMYK profile (lut8Type and lut16Type, ICC.1:2010 §10.8 and
// §10.9): curves of the four inks, a grid of Lab values, and curves of these.
type inkTable struct {
	in   [4][256]float64 // place on the grid, from 0 to its last line
	grid int
	lab  []float32 // three values from 0 to 1 for each crossing; black goes quickest
	out  [3][]float64
	wide bool // 16 bits: Lab as version 2 has it
}

// readInks reads a table of four channels to three, or gives nil.
func readInks(tag []byte) *inkTable {
	const head, channelsAt, gridAt = 48, 8, 10
	if len(tag) < head+4 || tag[channelsAt] != 4 || tag[channelsAt+1] != 3 || tag[gridAt] < 2 {
		return nil
	}
	t := &inkTable{grid: int(tag[gridAt])}
	inSize, outSize, width, body := 256, 256, 1, tag[head:]
	switch string(tag[:4]) {
	case "mft1":
	case "mft2":
		inSize, outSize = int(binary.BigEndian.Uint16(tag[head:])), int(binary.BigEndian.Uint16(tag[head+2:]))
		width, body, t.wide = 2, tag[head+4:], true
	default:
		return nil
	}
	const mostGrid, mostEntries = 33, 4096
	crossings := t.grid * t.grid * t.grid * t.grid
	tooLarge := t.grid > mostGrid || inSize > mostEntries || outSize > mostEntries
	if tooLarge || inSize < 2 || outSize < 2 || len(body) < width*(4*inSize+3*crossings+3*outSize) {
		return nil
	}
	value := func(i int) float64 {
		if width == 1 {
			return float64(body[i]) / 255
		}
		return float64(binary.BigEndian.Uint16(body[2*i:])) / 65535
	}
	for c := range t.in {
		for v := range t.in[c] {
			at := between(float64(v)/255, inSize, func(i int) float64 { return value(c*inSize + i) })
			t.in[c][v] = at * float64(t.grid-1)
		}
	}
	t.lab = make([]float32, 3*crossings)
	for i := range t.lab {
		t.lab[i] = float32(value(4*inSize + i))
	}
	for c := range t.out {
		t.out[c] = make([]float64, outSize)
		for i := range t.out[c] {
			t.out[c][i] = value(4*inSize + len(t.lab) + c*outSize + i)
		}
	}
	return t
}

// rgb gives what the inks look like as sRGB, 255 being all of an ink.
func (t *inkTable) rgb(ink [4]uint8) [3]uint8 {
	// The sixteen crossings round the place, and the share that each has.
	var share [16]float64
	var at [16]int
	share[0] = 1
	step := t.grid * t.grid * t.grid
	for c, v := range ink {
		place := t.in[c][v]
		line := min(int(place), t.grid-2)
		part := place - float64(line)
		for i := range 1 << c {
			at[i] += line * step
			at[i|1<<c], share[i|1<<c] = at[i]+step, share[i]*part
			share[i] *= 1 - part
		}
		step /= t.grid
	}
	var lab [3]float64
	for i, s := range share {
		crossing := t.lab[3*at[i]:][:3]
		lab[0] += float64(s * float64(crossing[0]))
		lab[1] += float64(s * float64(crossing[1]))
		lab[2] += float64(s * float64(crossing[2]))
	}
	for i, v := range lab {
		curve := t.out[i]
		place := v * float64(len(curve)-1)
		k := min(int(place), len(curve)-2)
		lab[i] = curve[k] + float64((place-float64(k))*(curve[k+1]-curve[k]))
	}
	return t.fromLab(lab)
}

// fromLab turns encoded Lab values, from 0 to 1, into sRGB (CIE 15, ICC.1:2010 §6.3.4).
func (t *inkTable) fromLab(v [3]float64) [3]uint8 {
	l, a, b := 100*v[0], 255*v[1]-128, 255*v[2]-128
	if t.wide { // FF00 is the end of version 2, not FFFF
		const end = 65535.0 / 65280
		l, a, b = 100*end*v[0], 255*end*v[1]-128, 255*end*v[2]-128
	}
	fy := (l + 16) / 116
	x, y, z := 0.9642*cube(fy+a/500), cube(fy), 0.8249*cube(fy-b/200)
	red, green, blue := times(&fromD50, x, y, z)
	return [3]uint8{encode(red), encode(green), encode(blue)}
}

// cube is the inverse of Lab's cube root, which is a line near black.
func cube(f float64) float64 {
	const bend = 6.0 / 29
	if f > bend {
		return f * f * f
	}
	return 3 * bend * bend * (f - 4.0/29)
}
