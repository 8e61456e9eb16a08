package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/imageformat"
	"offprint/typeset"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The files show red, green, blue and white corners, clockwise from the top
// left, in 48 × 32 pixels as stored.
func TestDecodeFiles(t *testing.T) {
	const red, green, blue, white = "red", "green", "blue", "white"
	for _, c := range []struct {
		file        string
		encoding    typeset.Encoding
		untouched   bool
		orientation int
		corners     [4]string // "" is not looked at
	}{
		{"progressive.jpg", typeset.JPEG, true, 1, [4]string{red, green, blue, white}},
		{"restart.jpg", typeset.JPEG, true, 1, [4]string{red, green, blue, white}},
		{"turned.jpg", typeset.JPEG, true, 6, [4]string{red, green, blue, white}},
		{"grey.jpg", typeset.JPEG, true, 1, [4]string{"", "", "", white}},
		{"cmyk.jpg", typeset.PNG, false, 1, [4]string{red, green, blue, white}},
		{"rgb.jpg", typeset.PNG, false, 1, [4]string{red, green, blue, white}},
		{"interlaced.png", typeset.PNG, false, 1, [4]string{red, green, blue, white}},
		{"turned.png", typeset.PNG, false, 6, [4]string{red, green, blue, white}},
		{"corners.webp", typeset.PNG, false, 1, [4]string{red, green, blue, white}},
		{"turned.webp", typeset.PNG, false, 6, [4]string{red, green, blue, white}},
		{"alpha.webp", typeset.PNG, false, 1, [4]string{red, white, "", white}},
		{"animated.gif", typeset.PNG, false, 1, [4]string{red, green, blue, white}},
		{"animated.webp", typeset.PNG, false, 1, [4]string{red, green, blue, white}},
	} {
		t.Run(c.file, func(t *testing.T) {
			data := read(t, c.file)
			p, err := Decode(data, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if p.Encoding != c.encoding || p.W != 48 || p.H != 32 || p.Orientation != c.orientation {
				t.Errorf("got %s, %d × %d, orientation %d", p.Encoding, p.W, p.H, p.Orientation)
			}
			if bytes.Equal(p.Bytes, data) != c.untouched {
				t.Errorf("bytes untouched: %v, want %v", !c.untouched, c.untouched)
			}
			m, err := pixels(p)
			if err != nil {
				t.Fatal(err)
			}
			for i, at := range []image.Point{{4, 4}, {43, 4}, {43, 27}, {4, 27}} {
				if want := c.corners[i]; want != "" && name(m.At(at.X, at.Y)) != want {
					t.Errorf("at %v: %s, want %s", at, name(m.At(at.X, at.Y)), want)
				}
			}
		})
	}
}

// name tells one of four colours, however a JPEG has dulled it.
func name(c color.Color) string {
	r, g, b, _ := c.RGBA()
	switch full := func(v uint32) bool { return v > 0x8000 }; {
	case full(r) && full(g) && full(b):
		return "white"
	case full(r) && !full(g) && !full(b):
		return "red"
	case full(g) && !full(r) && !full(b):
		return "green"
	case full(b) && !full(r) && !full(g):
		return "blue"
	}
	return "another colour"
}

func TestDecodeRefuses(t *testing.T) {
	good := read(t, "progressive.jpg")
	frame := bytes.Index(good, []byte{0xFF, markSOF2})
	scan := bytes.Index(good, []byte{0xFF, markSOS})
	bigPNG := encodePNG(t, image.NewGray(image.Rect(0, 0, 8, 8)))
	binary.BigEndian.PutUint32(bigPNG[16:], 65535)
	binary.BigEndian.PutUint32(bigPNG[20:], 65535)
	binary.BigEndian.PutUint32(bigPNG[29:], crc32.ChecksumIEEE(bigPNG[12:29]))
	longChunk := encodePNG(t, image.NewGray(image.Rect(0, 0, 8, 8)))
	binary.BigEndian.PutUint32(longChunk[33:], 0x7FFFFFFF)

	for _, c := range []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"empty", nil, ErrNotPicture, "empty"},
		{"SVG", []byte("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), ErrNotPicture, "SVG"},
		{"HTML", []byte("\uFEFF\n<!DOCTYPE html><title>404</title>"), ErrNotPicture, "HTML"},
		{"AVIF", []byte("\x00\x00\x00\x20ftypavif\x00\x00\x00\x00"), ErrNotPicture, "AVIF"},
		{"HEIC", []byte("\x00\x00\x00\x20ftypheic\x00\x00\x00\x00"), ErrNotPicture, "HEIC"},
		{"text", []byte("not found"), ErrNotPicture, "unknown"},
		{"arithmetic", read(t, "arithmetic.jpg"), ErrNotPicture, "rare kind"},
		{"12 bits", with(good, frame+4, 12), ErrNotPicture, "12 bits"},
		{"two channels", append(append(bytes.Clone(good[:frame]), 0xFF, markSOF0, 0, 14, 8, 0, 32, 0, 48, 2, 1, 17, 0, 2, 17, 0), good[scan:]...), ErrNotPicture, "2 channels"},
		{"BMP bomb", bmpOf(50_000, 50_000, 24), ErrTooLarge, "50000"},
		{"BMP with fewer rows than it says", bmpOf(5000, 5000, 24), ErrDamaged, "cut off"},
		{"BMP of a rare kind", with(bmpOf(1, 1, 24), 30, 1), ErrNotPicture, "rare kind"},
		{"animated WebP, frame beyond its canvas", with(read(t, "animated.webp"), frameAt(t), 9), ErrDamaged, "beyond"},
		{"animated WebP, frame of another size", with(read(t, "animated.webp"), frameAt(t)+6, 3), ErrDamaged, "beyond"},
		{"animated WebP cut in its frame", read(t, "animated.webp")[:frameAt(t)+20], ErrDamaged, "WebP"},
		{"BMP cut off", []byte("BM....\x00\x00\x00\x00"), ErrDamaged, "BMP"},
		{"PNG bomb", bigPNG, ErrTooLarge, "65535"},
		{"JPEG bomb", with(good, frame+5, 0xFF, 0xFF, 0xFF, 0xFF), ErrTooLarge, "65535"},
		{"JPEG too big for its data", with(good, frame+5, 0x10, 0, 0x10, 0), ErrDamaged, "too few"},
		{"JPEG without height", with(good, frame+5, 0, 0), ErrDamaged, ""},
		{"JPEG cut in its scan", good[:scan+40], ErrDamaged, ""},
		{"JPEG cut in its header", good[:frame+6], ErrDamaged, ""},
		{"JPEG with text in its scan", append(append(bytes.Clone(good[:scan+30]), "\xFF\x41<html>"...), good[scan+30:]...), ErrDamaged, ""},
		{"PNG cut off", bigPNG[:40], ErrTooLarge, ""},
		{"PNG with an endless chunk", longChunk, ErrDamaged, ""},
		{"GIF cut off", read(t, "animated.gif")[:60], ErrDamaged, "GIF"},
		{"WebP cut off", read(t, "corners.webp")[:40], ErrDamaged, "WebP"},
		{"one byte", []byte{0xFF}, ErrNotPicture, "unknown"},
		{"JPEG start alone", []byte{0xFF, 0xD8, 0xFF}, ErrDamaged, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Decode(c.data, Limits{})
			if !errors.Is(err, c.want) {
				t.Fatalf("got picture %v, error %v; want %v", p != nil, err, c.want)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %q does not say %q", err, c.says)
			}
		})
	}
}

// bmpOf is the header of a BMP, and one row of four bytes; frameAt is the place of the
// first frame's head in the animated WebP.
func bmpOf(w, h uint32, bits byte) []byte {
	b := append([]byte("BM"), make([]byte, 56)...)
	b[10], b[14], b[26], b[28] = 54, 40, 1, bits
	binary.LittleEndian.PutUint32(b[18:], w)
	binary.LittleEndian.PutUint32(b[22:], h)
	return b
}

func frameAt(t *testing.T) int {
	t.Helper()
	at := bytes.Index(read(t, "animated.webp"), []byte("ANMF"))
	if at < 0 {
		t.Fatal("no frame")
	}
	return at + 8
}

func with(data []byte, at int, b ...byte) []byte {
	data = bytes.Clone(data)
	copy(data[at:], b)
	return data
}

func TestDecodeLimits(t *testing.T) {
	data := encodePNG(t, image.NewGray(image.Rect(0, 0, 100, 100)))
	if _, err := Decode(data, Limits{Bytes: len(data), Pixels: 10_000}); err != nil {
		t.Errorf("a picture at its limits: %v", err)
	}
	for _, l := range []Limits{{Bytes: len(data) - 1}, {Pixels: 9_999}} {
		if _, err := Decode(data, l); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%+v: error %v, want %v", l, err, ErrTooLarge)
		}
	}
}

// A profile that cannot be read changes nothing: colours are taken as sRGB.
func TestDecodePassesBadProfilesOver(t *testing.T) {
	good, err := os.ReadFile(filepath.Join("testdata", "profiles", "p3.icc"))
	if err != nil {
		t.Fatal(err)
	}
	for name, icc := range map[string][]byte{
		"empty": nil, "cut off": good[:140], "no signature": with(good, 36, 0), "another space": with(good, 16, 'L', 'a', 'b'),
		"a tag beyond the end": with(good, 136, 0xFF, 0xFF, 0xFF, 0xFF), "a curve of no kind": bytes.ReplaceAll(good, []byte("para"), []byte("none")),
	} {
		if readProfile(icc) != nil {
			t.Errorf("%s: it is read", name)
		}
		part := append([]byte("ICC_PROFILE\x00\x01\x01"), icc...)
		head := []byte{0xFF, markAPP2, byte((len(part) + 2) >> 8), byte(len(part) + 2)}
		jpg := read(t, "progressive.jpg")
		data := bytes.Join([][]byte{jpg[:2], head, part, jpg[2:]}, nil)
		p, err := Decode(data, Limits{})
		if err != nil || !bytes.Equal(p.Bytes, data) {
			t.Errorf("%s: it does not pass through: %v", name, err)
		}
	}
}

// A JPEG that lacks nothing but its last marker can be saved.
func TestDecodeSavesJPEGWithoutEnd(t *testing.T) {
	data := read(t, "progressive.jpg")
	p, err := Decode(data[:len(data)-2], Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if p.W != 48 || p.H != 32 {
		t.Errorf("got %d × %d", p.W, p.H)
	}
}

func TestDecodeChoosesEncoding(t *testing.T) {
	for _, c := range []struct {
		name string
		m    image.Image
		want typeset.Encoding
		grey bool
	}{
		{"photograph", noise(64, 64), typeset.JPEG, false},
		{"grey photograph", luminance(noise(64, 64)), typeset.JPEG, true},
		{"grey logo", image.NewGray(image.Rect(0, 0, 64, 64)), typeset.PNG, true},
		{"16 bits and half transparent", halfBlack(), typeset.PNG, true},
		{"letters on white", chart(), typeset.PNG, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Decode(encodePNG(t, c.m), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			m, err := pixels(p)
			if err != nil {
				t.Fatal(err)
			}
			if _, grey := m.(*image.Gray); p.Encoding != c.want || grey != c.grey {
				t.Errorf("got %s, grey %v; want %s, %v", p.Encoding, grey, c.want, c.grey)
			}
			if p.Encoding == typeset.PNG {
				ihdr := p.Bytes[16:]
				if depth, kind, interlace := ihdr[8], ihdr[9], ihdr[12]; depth != 8 || kind != 0 && kind != 2 || interlace != 0 {
					t.Errorf("PNG of %d bits, colour type %d, interlace %d", depth, kind, interlace)
				}
			}
		})
	}
	p, err := Decode(encodePNG(t, halfBlack()), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	m, _ := pixels(p)
	if y := m.(*image.Gray).GrayAt(1, 1).Y; y < 126 || y > 129 {
		t.Errorf("half-transparent black on white is %d, want half of 255", y)
	}
}

func noise(w, h int) image.Image {
	r := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = byte(r.Uint32())
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

// chart is a white ground with some 500 colours on a fifth of it.
func chart() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for i := range 500 {
		m.Set(i%10, i/10, color.RGBA{byte(i), byte(i / 2), byte(i % 7), 255})
	}
	return m
}

func halfBlack() image.Image {
	m := image.NewNRGBA64(image.Rect(0, 0, 8, 8))
	for y := range 8 {
		for x := range 8 {
			m.SetNRGBA64(x, y, color.NRGBA64{A: 0x8000})
		}
	}
	return m
}

func encodePNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Only what is unpacked waits for its turn, and gives it back.
func TestDecodeTakesItsTurn(t *testing.T) {
	refused := errors.New("not now")
	for _, c := range []struct {
		file  string
		turns int
	}{{"progressive.jpg", 0}, {"cmyk.jpg", 1}, {"interlaced.png", 1}, {"corners.webp", 1}} {
		turns, open := 0, 0
		limits := Limits{AcquirePixels: func(pixels int) (func(), error) {
			if pixels != 48*32 {
				t.Errorf("%s: %d pixels", c.file, pixels)
			}
			turns++
			open++
			return func() { open-- }, nil
		}}
		if _, err := Decode(read(t, c.file), limits); err != nil || turns != c.turns || open != 0 {
			t.Errorf("%s: %d turns, %d not given back (%v)", c.file, turns, open, err)
		}
		limits.AcquirePixels = func(int) (func(), error) { return nil, refused }
		if _, err := Decode(read(t, c.file), limits); (c.turns > 0) != errors.Is(err, refused) {
			t.Errorf("%s: %v", c.file, err)
		}
	}
}

// Each format that is printed can be decoded.
func TestFormatsHaveDecoders(t *testing.T) {
	for _, f := range imageformat.All() {
		if _, ok := codecs[f.Name]; !ok && f.Name != imageformat.JPEG {
			t.Errorf("%s is in the table of formats and has no decoder", f.Name)
		}
	}
	if len(codecs) != len(imageformat.All())-1 {
		t.Error("a decoder is for a format that is not in the table")
	}
}
