package picture_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"testing"

	"golang.org/x/image/bmp"
)

// The true colours of the four patches, from the top left row by row.
var (
	patches     = [4][3]uint8{{200, 60, 30}, {40, 150, 80}, {30, 60, 170}, {230, 180, 40}}
	greyPatches = [4][3]uint8{{220, 220, 220}, {160, 160, 160}, {100, 100, 100}, {40, 40, 40}}
)

const patchW, patchH = 32, 24

// patched is a picture of four patches whose colours a function gives.
func patched(colour func(i int) color.Color) *image.NRGBA64 {
	m := image.NewNRGBA64(image.Rect(0, 0, 2*patchW, 2*patchH))
	for y := range 2 * patchH {
		for x := range 2 * patchW {
			m.Set(x, y, colour(y/patchH*2+x/patchW))
		}
	}
	return m
}

func opaque(c [3]uint8) color.Color { return color.NRGBA{c[0], c[1], c[2], 255} }

// turnedAs stores a picture so that an orientation of EXIF turns it upright.
func turnedAs(m image.Image, orientation int) image.Image {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if orientation >= 5 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := x, y // of the upright picture
			switch orientation {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = h-1-y, x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = y, w-1-x
			}
			out.Set(x, y, m.At(u, v))
		}
	}
	return out
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func bmpOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := bmp.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts a segment behind a JPEG's first marker.
func withSegment(data []byte, marker byte, body string) []byte {
	n := len(body) + 2
	head := []byte{0xFF, marker, byte(n >> 8), byte(n)}
	return bytes.Join([][]byte{data[:2], head, []byte(body), data[2:]}, nil)
}

// inParts puts a profile into a JPEG, in as many parts as are asked for, the last first.
func inParts(data, icc []byte, parts int) []byte {
	size := (len(icc) + parts - 1) / parts
	for i := range parts {
		part := icc[i*size : min((i+1)*size, len(icc))]
		data = withSegment(data, 0xE2, fmt.Sprintf("ICC_PROFILE\x00%c%c%s", i+1, parts, part))
	}
	return data
}

// withProfile puts a profile into a PNG, behind its header.
func withProfile(t testing.TB, data, icc []byte) []byte {
	t.Helper()
	var body bytes.Buffer
	body.WriteString("iCCPan own profile\x00\x00")
	z := zlib.NewWriter(&body)
	if _, err := z.Write(icc); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	const header = 33
	chunk := binary.BigEndian.AppendUint32(nil, uint32(body.Len()-4))
	chunk = append(chunk, body.Bytes()...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(body.Bytes()))
	return bytes.Join([][]byte{data[:header], chunk, data[header:]}, nil)
}

type tag struct {
	name string
	body []byte
}

// profileOf is an ICC profile of some tags, with as much of a header as is read.
func profileOf(space, connection string, tags ...tag) []byte {
	head := make([]byte, 128)
	copy(head[8:], "\x02\x40\x00\x00mntr")
	copy(head[16:], space+connection)
	copy(head[36:], "acsp")
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	for _, one := range tags {
		table = append(table, one.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(128+4+12*len(tags)+len(data)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(one.body)))
		data = append(data, one.body...)
	}
	icc := bytes.Join([][]byte{head, table, data}, nil)
	binary.BigEndian.PutUint32(icc, uint32(len(icc)))
	return icc
}

func s15(values ...float64) (b []byte) {
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

func xyz(x, y, z float64) []byte { return append([]byte("XYZ \x00\x00\x00\x00"), s15(x, y, z)...) }

func power(g float64) []byte {
	v := int(math.Round(g * 256))
	return append([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01"), byte(v>>8), byte(v))
}

// formula is sRGB's curve as one of ICC's formulas; sampled, as 1,024 values.
func formula() []byte {
	return append([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), s15(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)...)
}

func sampled() []byte {
	b := []byte("curv\x00\x00\x00\x00\x00\x00\x04\x00")
	for i := range 1024 {
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(65535*light(float64(i)/1023))))
	}
	return b
}

// light is what a value of sRGB is in linear light, and value the inverse.
func light(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func value(l float64) float64 {
	if l <= 0.0031308 {
		return l * 12.92
	}
	return 1.055*math.Pow(l, 1/2.4) - 0.055
}

func rgbProfile(curve []byte, r, g, b [3]float64) []byte {
	return profileOf("RGB ", "XYZ ",
		tag{"rTRC", curve}, tag{"gTRC", curve}, tag{"bTRC", curve},
		tag{"rXYZ", xyz(r[0], r[1], r[2])}, tag{"gXYZ", xyz(g[0], g[1], g[2])}, tag{"bXYZ", xyz(b[0], b[1], b[2])})
}

// The primaries, under D50, of sRGB, Display P3 and Adobe RGB (1998), as their makers
// publish them, and what makes linear sRGB of the last two's linear light under D65.
func standardProfile() []byte {
	return rgbProfile(sampled(), [3]float64{.4360, .2225, .0139}, [3]float64{.3851, .7169, .0971}, [3]float64{.1431, .0606, .7141})
}

func displayP3() []byte {
	return rgbProfile(formula(), [3]float64{.5151, .2412, -.0011}, [3]float64{.2920, .6922, .0419}, [3]float64{.1571, .0666, .7841})
}

func adobeRGB() []byte {
	return rgbProfile(power(563./256), [3]float64{.6097, .3111, .0195}, [3]float64{.2053, .6257, .0609}, [3]float64{.1492, .0632, .7446})
}

// inP3 and inAdobe give the values that a colour of sRGB has in these spaces, by the
// matrices of CSS Color 4 §10, which do not go by D50.
func inP3(c [3]uint8) color.Color {
	return inSpace(c, [9]float64{
		0.8224619687, 0.1775380313, 0, 0.0331941989, 0.9668058011, 0, 0.0170826307, 0.0723974407, 0.9105199286,
	}, value)
}

func inAdobe(c [3]uint8) color.Color {
	return inSpace(c, [9]float64{
		0.7151627, 0.2848373, 0, 0, 1, 0, 0, 0.0411705, 0.9588295,
	}, func(l float64) float64 { return math.Pow(l, 256./563) })
}

func inSpace(c [3]uint8, m [9]float64, curve func(float64) float64) color.Color {
	r, g, b := light(float64(c[0])/255), light(float64(c[1])/255), light(float64(c[2])/255)
	channel := func(i int) uint16 {
		return uint16(math.Round(65535 * curve(m[3*i]*r+m[3*i+1]*g+m[3*i+2]*b)))
	}
	return color.NRGBA64{channel(0), channel(1), channel(2), 65535}
}

// lab is a colour of sRGB as CIE Lab under D50.
func lab(c [3]uint8) [3]float64 {
	r, g, b := light(float64(c[0])/255), light(float64(c[1])/255), light(float64(c[2])/255)
	root := func(v float64) float64 {
		if v > 216./24389 {
			return math.Cbrt(v)
		}
		return (24389./27*v + 16) / 116
	}
	x := root((0.4360747*r + 0.3850649*g + 0.1430804*b) / 0.9642)
	y := root(0.2225045*r + 0.7168786*g + 0.0606169*b)
	z := root((0.0139322*r + 0.0971045*g + 0.7141733*b) / 0.8249)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// inkProfile is a CMYK profile of strange inks: each alone has the colour of a patch,
// none is white, and all else is black. Its table has 8 bits or 16.
func inkProfile(wide bool) []byte {
	b := []byte("mft1\x00\x00\x00\x00\x04\x03\x02\x00")
	if wide {
		copy(b, "mft2")
	}
	b = append(b, make([]byte, 36)...)
	entries := 256
	if wide {
		entries = 2
		b = append(b, 0, 2, 0, 2)
	}
	put := func(v float64) {
		if wide {
			b = binary.BigEndian.AppendUint16(b, uint16(math.Round(65535*v)))
		} else {
			b = append(b, byte(math.Round(255*v)))
		}
	}
	line := func(channels int) {
		for range channels {
			for i := range entries {
				put(float64(i) / float64(entries-1))
			}
		}
	}
	line(4)
	of := map[int][3]float64{0: {100, 0, 0}}
	for i, c := range patches {
		of[8>>i] = lab(c) // the first ink has the highest place
	}
	for corner := range 16 {
		end := 1.0
		if wide {
			end = 65280. / 65535
		}
		put(end * of[corner][0] / 100)
		put(end * (of[corner][1] + 128) / 255)
		put(end * (of[corner][2] + 128) / 255)
	}
	line(3)
	return profileOf("CMYK", "Lab ", tag{"A2B0", b})
}

// flatJPEG is a baseline JPEG of four patches, of which each channel has one value: each
// block has a first coefficient alone. Adobe's segment names the transform; −1: none.
func flatJPEG(values [4][]uint8, transform int) []byte {
	channels := len(values[0])
	b := []byte("\xFF\xD8")
	if transform >= 0 {
		b = append(b, "\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00"...)
		b = append(b, byte(transform))
	}
	b = append(b, "\xFF\xDB\x00\x43\x00"...)
	b = append(b, bytes.Repeat([]byte{8}, 64)...) // so a coefficient is a value
	b = append(b, 0xFF, 0xC0, 0, byte(8+3*channels), 8, 0, 2*patchH, 0, 2*patchW, byte(channels))
	for c := range channels {
		b = append(b, byte(c+1), 0x11, 0)
	}
	// Codes of four bits for 0 to 8 bits of difference, and one of one bit: no more.
	b = append(b, "\xFF\xC4\x00\x1C\x00\x00\x00\x00\x09\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	b = append(b, 0, 1, 2, 3, 4, 5, 6, 7, 8)
	b = append(b, "\xFF\xC4\x00\x14\x10\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	b = append(b, 0xFF, 0xDA, 0, byte(6+2*channels), byte(channels))
	for c := range channels {
		b = append(b, byte(c+1), 0)
	}
	b = append(b, 0, 63, 0)

	var bits, count int
	write := func(v, n int) {
		for i := n - 1; i >= 0; i-- {
			bits, count = bits<<1|v>>i&1, count+1
			if count == 8 {
				b = append(b, byte(bits))
				if bits == 0xFF {
					b = append(b, 0)
				}
				bits, count = 0, 0
			}
		}
	}
	last := make([]int, channels)
	for y := 0; y < 2*patchH; y += 8 {
		for x := 0; x < 2*patchW; x += 8 {
			for c, v := range values[y/patchH*2+x/patchW] {
				d := int(v) - 128 - last[c]
				last[c] += d
				size := 0
				for rest := max(d, -d); rest > 0; rest >>= 1 {
					size++
				}
				write(size, 4)
				if d < 0 {
					d += 1<<size - 1
				}
				write(d, size)
				write(0, 1)
			}
		}
	}
	write(0x7F, 7)
	return append(b, 0xFF, 0xD9)
}

// inverted gives 255 less each value; channelsOf, what a function makes of each patch.
func inverted(values [4][]uint8) (out [4][]uint8) {
	for i, v := range values {
		for _, one := range v {
			out[i] = append(out[i], 255-one)
		}
	}
	return out
}

func channelsOf(make func(c [3]uint8) []uint8) (out [4][]uint8) {
	for i, c := range patches {
		out[i] = make(c)
	}
	return out
}
