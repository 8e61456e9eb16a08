package picture

import (
	"bytes"
	"encoding/binary"
	"math"
)

// profile is what is read of an ICC profile (ICC.1:2010, and version 2 alike): how a
// picture's colours come to be those of the connection space, CIE XYZ or Lab under D50.
type profile struct {
	// Of RGB and grey: a curve for each channel, and a matrix to XYZ; grey has none.
	curves [3]*[256]float64
	matrix [9]float64
	grey   bool
	inks   *inkTable // of CMYK
}

// readProfile reads a profile as far as it is of use here: RGB by matrix, grey by a
// curve, CMYK by a table. It gives nil for any other, and for one that is damaged: the
// colours are then taken as sRGB, as a browser takes them.
func readProfile(icc []byte) *profile {
	const head, signature = 132, 36
	if len(icc) < head || string(icc[signature:signature+4]) != "acsp" {
		return nil
	}
	space, connection := string(icc[16:20]), string(icc[20:24])
	tags := profileTags(icc)
	switch {
	case space == "RGB " && connection == "XYZ ":
		return readMatrix(tags)
	case space == "GRAY":
		if curve := readCurve(tags["kTRC"]); curve != nil {
			return &profile{curves: [3]*[256]float64{curve, curve, curve}, grey: true}
		}
	case space == "CMYK" && connection == "Lab ":
		if inks := readInks(tags["A2B0"]); inks != nil {
			return &profile{inks: inks}
		}
	}
	return nil
}

// profileTags lists a profile's tags by their names (§7.3).
func profileTags(icc []byte) map[string][]byte {
	const countAt, entry, mostTags = 128, 12, 200
	tags := map[string][]byte{}
	count := min(binary.BigEndian.Uint32(icc[countAt:]), mostTags)
	for i := range int(count) {
		at := countAt + 4 + entry*i
		if at+entry > len(icc) {
			break
		}
		start, size := uint64(binary.BigEndian.Uint32(icc[at+4:])), uint64(binary.BigEndian.Uint32(icc[at+8:]))
		if start+size <= uint64(len(icc)) {
			tags[string(icc[at:at+4])] = icc[start : start+size]
		}
	}
	return tags
}

func readMatrix(tags map[string][]byte) *profile {
	p := &profile{}
	for i, name := range []string{"r", "g", "b"} {
		if p.curves[i] = readCurve(tags[name+"TRC"]); p.curves[i] == nil {
			return nil
		}
		xyz := tags[name+"XYZ"]
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " {
			return nil
		}
		for j := range 3 {
			p.matrix[3*j+i] = fixed(xyz[8+4*j:])
		}
	}
	return p
}

// fixed reads a number with 16 binary places (s15Fixed16Number).
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// readCurve reads a tone curve (§10.5, §10.15) as its values at the 256 steps of a channel.
func readCurve(tag []byte) *[256]float64 {
	if len(tag) < 12 {
		return nil
	}
	var at func(v float64) float64
	switch string(tag[:4]) {
	case "curv":
		at = sampledCurve(int64(binary.BigEndian.Uint32(tag[8:])), tag[12:])
	case "para":
		at = formulaCurve(int(binary.BigEndian.Uint16(tag[8:])), tag[12:])
	}
	if at == nil {
		return nil
	}
	curve := &[256]float64{}
	for i := range curve {
		v := at(float64(i) / 255)
		if math.IsNaN(v) {
			return nil
		}
		curve[i] = min(max(v, 0), 1)
	}
	return curve
}

// sampledCurve is a curve by its samples; of one sample, a power; of none, the line.
func sampledCurve(count int64, data []byte) func(float64) float64 {
	switch {
	case count < 0 || 2*count > int64(len(data)):
		return nil
	case count == 0:
		return func(v float64) float64 { return v }
	case count == 1:
		power := float64(binary.BigEndian.Uint16(data)) / 256
		return func(v float64) float64 { return math.Pow(v, power) }
	}
	sample := func(i int) float64 { return float64(binary.BigEndian.Uint16(data[2*i:])) / 65535 }
	return func(v float64) float64 { return between(v, int(count), sample) }
}

// between is a value between samples that stand at even distances from 0 to 1.
func between(v float64, count int, sample func(i int) float64) float64 {
	place := v * float64(count-1)
	i := min(int(place), count-2)
	part := place - float64(i)
	return float64(sample(i)*(1-part)) + float64(sample(i+1)*part)
}

// formulaCurve is a curve by one of the five formulas of §10.15 table 65.
func formulaCurve(kind int, data []byte) func(float64) float64 {
	counts := []int{1, 3, 4, 5, 7}
	if kind >= len(counts) || len(data) < 4*counts[kind] {
		return nil
	}
	// Y = (aX + b)^g + e from d on, cX + f below it.
	n := make([]float64, counts[kind])
	for i := range n {
		n[i] = fixed(data[4*i:])
	}
	g, a, b, c, d, e, f := n[0], 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
	if kind > 0 {
		a, b = n[1], n[2]
	}
	switch kind {
	case 1:
		d = -b / a
	case 2:
		d, e, f = -b/a, n[3], n[3]
	case 3:
		c, d = n[3], n[4]
	case 4:
		c, d, e, f = n[3], n[4], n[5], n[6]
	}
	return func(v float64) float64 {
		if v >= d {
			return math.Pow(max(a*v+b, 0), g) + e
		}
		return c*v + f
	}
}

// fromD50 turns XYZ under D50 into linear sRGB: the inverse of the matrix of sRGB's
// profile (IEC 61966-2-1, adapted by Bradford's matrix).
var fromD50 = [9]float64{
	3.1341358529, -1.6173862710, -0.4906621772,
	-0.9787955163, 1.9162543577, 0.0334425410,
	0.0719553890, -0.2289786909, 1.4053860351,
}

// times multiplies a matrix and a vector. Each product is rounded by itself: fused with
// the sum, as some processors do, it would give other bytes there.
func times(m *[9]float64, x, y, z float64) (float64, float64, float64) {
	return float64(m[0]*x) + float64(m[1]*y) + float64(m[2]*z),
		float64(m[3]*x) + float64(m[4]*y) + float64(m[5]*z),
		float64(m[6]*x) + float64(m[7]*y) + float64(m[8]*z)
}

// encoded has sRGB's values for linear light from 0 to 1 in even steps.
var encoded = func() (table [1 << 14]uint8) {
	for i := range table {
		v := float64(i) / float64(len(table)-1)
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		table[i] = uint8(math.Round(255 * v))
	}
	return table
}()

func encode(linear float64) uint8 {
	return encoded[int(min(max(linear, 0), 1)*float64(len(encoded)-1)+0.5)]
}

// rgb gives a colour of the picture as sRGB.
func (p *profile) rgb(c [3]uint8) [3]uint8 {
	r, g, b := p.curves[0][c[0]], p.curves[1][c[1]], p.curves[2][c[2]]
	if !p.grey {
		x, y, z := times(&p.matrix, r, g, b)
		r, g, b = times(&fromD50, x, y, z)
	}
	return [3]uint8{encode(r), encode(g), encode(b)}
}

// plain reports whether the colours are sRGB's as well as anybody can tell: profiles of
// sRGB differ from each other by their rounding.
func (p *profile) plain() bool {
	const alike, step = 3, 17
	if p.inks != nil {
		return false
	}
	for r := 0; r < 256; r += step {
		for g := 0; g < 256; g += step {
			for b := 0; b < 256; b += step {
				c := [3]uint8{uint8(r), uint8(g), uint8(b)}
				if p.grey && (g != r || b != r) {
					continue
				}
				for i, v := range p.rgb(c) {
					if d := int(v) - int(c[i]); d > alike || d < -alike {
						return false
					}
				}
			}
		}
	}
	return true
}

// jpegProfile joins the parts of a profile (ICC.1:2010 annex B.4), each with its number,
// counted from 1, and how many there are. It gives nil where one is missing.
func jpegProfile(parts [][]byte) []byte {
	const numbers = 2
	joined := make([][]byte, len(parts))
	for _, part := range parts {
		if len(part) < numbers || int(part[1]) != len(parts) || part[0] < 1 || int(part[0]) > len(parts) {
			return nil
		}
		joined[part[0]-1] = part[numbers:]
	}
	return bytes.Join(joined, nil)
}
