package picture

import (
	"bytes"
	"testing"
)

// tiff is EXIF data with one field.
func tiff(big bool, tag, kind, value byte) []byte {
	if big {
		return []byte{'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, tag, 0, kind, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0}
	}
	return []byte{'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, tag, 1, kind, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0}
}

func TestOrientation(t *testing.T) {
	const tag, short = 0x12, 3
	type test struct {
		name string
		exif []byte
		want int
	}
	cases := []test{
		{"none", nil, 1},
		{"another tag", tiff(true, 0x13, short, 6), 1},
		{"another type", tiff(true, tag, 4, 6), 1},
		{"nought", tiff(true, tag, short, 0), 1},
		{"nine", tiff(false, tag, short, 9), 1},
		{"another byte order", append([]byte("XX"), tiff(true, tag, short, 6)[2:]...), 1},
		{"directory beyond the end", with(tiff(true, tag, short, 6), 4, 0xFF, 0xFF, 0xFF, 0xFF), 1},
		{"more fields than there are", with(tiff(true, tag, short, 6), 8, 0xFF, 0xFF), 6},
		{"cut off in its field", tiff(true, tag, short, 6)[:18], 1},
		{"cut off in its header", tiff(true, tag, short, 6)[:6], 1},
	}
	for v := byte(1); v <= 8; v++ {
		cases = append(cases,
			test{"big-endian", tiff(true, tag, short, v), int(v)},
			test{"little-endian", tiff(false, tag, short, v), int(v)})
	}
	for _, c := range cases {
		if got := orientation(c.exif); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

// XMP stands in an APP1 segment too, and may come first.
func TestOrientationBehindXMP(t *testing.T) {
	data := read(t, "progressive.jpg")
	segment := func(body []byte) []byte {
		n := len(body) + 2
		return append([]byte{0xFF, markAPP1, byte(n >> 8), byte(n)}, body...)
	}
	data = bytes.Join([][]byte{
		data[:2], segment([]byte("http://ns.adobe.com/xap/1.0/\x00<x/>")),
		segment(append([]byte("Exif\x00\x00"), tiff(false, 0x12, 3, 8)...)), data[2:],
	}, nil)
	p, err := Decode(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Orientation != 8 {
		t.Errorf("orientation %d, want 8", p.Orientation)
	}
	if w, h := p.Upright(); w != 32 || h != 48 {
		t.Errorf("upright %d × %d, want 32 × 48", w, h)
	}
}
