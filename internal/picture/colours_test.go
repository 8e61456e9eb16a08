package picture_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"offprint/internal/golden"
	"offprint/internal/picture"
	"offprint/render/pdf"
	"offprint/render/png"
	"offprint/typeset"
)

// A variety is a picture of four patches in one of the forms that pages have.
type variety struct {
	name      string
	data      []byte
	want      [4][3]uint8
	untouched bool // it comes into the PDF as it is
}

func toolMade(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "colours", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func varieties(t testing.TB) []variety {
	straight := patched(func(i int) color.Color { return opaque(patches[i]) })
	grey := image.NewGray(straight.Rect)
	for y := range 2 * patchH {
		for x := range 2 * patchW {
			grey.SetGray(x, y, color.Gray{greyPatches[y/patchH*2+x/patchW][0]})
		}
	}
	// Under a curve of 1.8, the same greys.
	greyLight := image.NewGray(grey.Rect)
	for i, v := range grey.Pix {
		greyLight.Pix[i] = uint8(255*math.Pow(light(float64(v)/255), 1/1.8) + 0.5)
	}
	greyIcc := profileOf("GRAY", "XYZ ", tag{"kTRC", power(1.8)})
	// Half of black over white is half of it, whatever space the colours are in.
	clear := patched(func(i int) color.Color {
		c := patches[i]
		return color.NRGBA64{uint16(c[0]) * 257, uint16(c[1]) * 257, uint16(c[2]) * 257, 0x8000}
	})
	var half [4][3]uint8
	for i, c := range patches {
		for k, v := range c {
			half[i][k] = uint8((int(v) + 255) / 2)
		}
	}
	cmyk := channelsOf(func(c [3]uint8) []uint8 {
		k, m, y, b := color.RGBToCMYK(c[0], c[1], c[2])
		return []uint8{k, m, y, b}
	})
	rgb := channelsOf(func(c [3]uint8) []uint8 { return c[:] })
	ycck := channelsOf(func(c [3]uint8) []uint8 {
		y, cb, cr := color.RGBToYCbCr(255-c[0], 255-c[1], 255-c[2]) // of the inks
		return []uint8{y, cb, cr, 255}
	})
	inks := inverted([4][]uint8{{255, 0, 0, 0}, {0, 255, 0, 0}, {0, 0, 255, 0}, {0, 0, 0, 255}})
	p3 := patched(func(i int) color.Color { return inP3(patches[i]) })
	adobe := patched(func(i int) color.Color { return inAdobe(patches[i]) })
	thumbnail := jpegOf(t, patched(func(int) color.Color { return color.Black }))
	all := []variety{
		{"baseline JPEG", jpegOf(t, straight), patches, true},
		{"progressive JPEG", toolMade(t, "progressive.jpg"), patches, true},
		{"progressive JPEG with a thumbnail", withSegment(toolMade(t, "progressive.jpg"), 0xE1, "Exif\x00\x00II*\x00"+string(thumbnail)), patches, true},
		{"JPEG with fewer chroma samples", toolMade(t, "sampled.jpg"), patches, true},
		{"grey JPEG", jpegOf(t, grey), greyPatches, true},
		{"CMYK JPEG by Adobe", flatJPEG(inverted(cmyk), 0), patches, false},
		{"CMYK JPEG, not inverted", flatJPEG(cmyk, -1), patches, false},
		{"YCCK JPEG", flatJPEG(ycck, 2), patches, false},
		{"YCCK JPEG by a library", toolMade(t, "ycck.jpg"), patches, false},
		{"RGB JPEG", flatJPEG(rgb, 0), patches, false},
		{"CMYK JPEG with a profile", inParts(flatJPEG(inks, 0), inkProfile(false), 3), patches, false},
		{"CMYK JPEG with a profile of 16 bits", inParts(flatJPEG(inks, 0), inkProfile(true), 1), patches, false},
		{"JPEG that says it is sRGB", inParts(jpegOf(t, straight), standardProfile(), 1), patches, true},
		{"JPEG in Display P3", inParts(jpegOf(t, p3), displayP3(), 2), patches, false},
		{"JPEG in Adobe RGB", inParts(jpegOf(t, adobe), adobeRGB(), 1), patches, false},
		{"grey JPEG under a curve of 1.8", inParts(jpegOf(t, greyLight), greyIcc, 1), greyPatches, false},
		{"PNG of 16 bits", pngOf(t, straight), patches, false},
		{"interlaced PNG of 16 bits", toolMade(t, "interlaced16.png"), patches, false},
		{"PNG half clear", pngOf(t, clear), half, false},
		{"grey PNG", pngOf(t, grey), greyPatches, false},
		{"PNG in Display P3", withProfile(t, pngOf(t, p3), displayP3()), patches, false},
		{"PNG in Adobe RGB", withProfile(t, pngOf(t, adobe), adobeRGB()), patches, false},
		{"grey PNG under a curve of 1.8", withProfile(t, pngOf(t, greyLight), greyIcc), greyPatches, false},
		{"animated GIF", toolMade(t, "animated.gif"), patches, false},
		{"lossy WebP", toolMade(t, "lossy.webp"), patches, false},
		{"lossy WebP with alpha", toolMade(t, "alpha.webp"), patches, false},
		{"animated WebP", toolMade(t, "animated.webp"), patches, false},
		{"BMP", bmpOf(t, straight), patches, false},
		{"BMP with a palette", toolMade(t, "palette.bmp"), patches, false},
	}
	for i := 1; i <= 8; i++ {
		data := jpegOf(t, turnedAs(straight, i))
		exif := fmt.Sprintf("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00%c\x00\x00\x00\x00\x00\x00", i)
		all = append(all, variety{fmt.Sprintf("JPEG turned by EXIF, %d", i), withSegment(data, 0xE1, exif), patches, true})
	}
	return all
}

// Each variety has its true colours, each patch at its place, as a page that is drawn
// here and as the PDF is drawn by Poppler.
func TestColours(t *testing.T) {
	all := varieties(t)
	doc := &typeset.Document{Lang: "en", Title: "Colours"}
	for _, v := range all {
		p, err := picture.Decode(v.data, picture.Limits{})
		if err != nil {
			t.Errorf("%s: %v", v.name, err)
			p = &typeset.Picture{}
		} else if bytes.Equal(p.Bytes, v.data) != v.untouched {
			t.Errorf("%s: it comes into the PDF as it is: %v, want %v", v.name, !v.untouched, v.untouched)
		}
		size := typeset.PaperSize{W: typeset.Points(2 * patchW), H: typeset.Points(2 * patchH)}
		item := typeset.Placed{Kind: typeset.PlacedImage, Image: p, W: size.W, H: size.H, Block: -1, Artifact: true}
		doc.Pages = append(doc.Pages, typeset.Page{Size: size, Folio: len(doc.Pages) + 1, Items: []typeset.Placed{item}})
	}
	if t.Failed() {
		return
	}
	const dpi = 72 // a pixel of the picture for each of the page
	for i, v := range all {
		ours, err := png.Draw(t.Context(), doc, i, dpi)
		if err != nil {
			t.Fatal(err)
		}
		v.check(t, "here", ours)
	}
	program, err := exec.LookPath("pdftoppm")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("pdftoppm is needed, install poppler-utils: %v", err)
		}
		t.Skipf("skipped, the colours are not compared with Poppler's: install poppler-utils: %v", err)
	}
	file, err := pdf.File(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "colours.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-r", fmt.Sprint(dpi), path).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		var m image.Image
		m, out = pixmap(t, out)
		v.check(t, "by Poppler", m)
	}
}

// pixmap reads the first of some binary portable pixmaps, and gives the rest.
func pixmap(t *testing.T, data []byte) (image.Image, []byte) {
	t.Helper()
	var w, h, most int
	if _, err := fmt.Sscanf(string(data[:min(len(data), 30)]), "P6\n%d %d\n%d", &w, &h, &most); err != nil || most != 255 {
		t.Fatalf("not a pixmap: %v", err)
	}
	data = data[len(fmt.Sprintf("P6\n%d %d\n%d\n", w, h, most)):]
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(m.Pix[4*i:], data[3*i:3*i+3])
		m.Pix[4*i+3] = 255
	}
	return m, data[3*w*h:]
}

// check compares the middle of each patch.
func (v *variety) check(t *testing.T, where string, m image.Image) {
	t.Helper()
	const tolerance = 4 // of 255: JPEGs round, and profiles of 8 bits
	for i, want := range v.want {
		x, y := m.Bounds().Min.X+i%2*patchW+patchW/2, m.Bounds().Min.Y+i/2*patchH+patchH/2
		c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
		for k, got := range [3]uint8{c.R, c.G, c.B} {
			if d := int(got) - int(want[k]); d > tolerance || d < -tolerance {
				t.Errorf("%s, drawn %s: patch %d is %v, want %v", v.name, where, i, c, want)
				break
			}
		}
	}
}

// Whoever no longer wants the picture does not wait until its colours are turned.
func TestColoursEnd(t *testing.T) {
	ended := picture.Limits{Ended: func() error { return context.Canceled }}
	for _, v := range varieties(t) {
		if v.name != "PNG in Display P3" && v.name != "JPEG in Adobe RGB" {
			continue
		}
		if _, err := picture.Decode(v.data, ended); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want %v", v.name, err, context.Canceled)
		}
	}
}

// The profiles that the fuzzer begins with are those of the pictures above.
func TestProfileSeeds(t *testing.T) {
	folder := golden.Open(t, filepath.Join("testdata", "profiles"))
	for name, icc := range map[string][]byte{
		"srgb.icc": standardProfile(), "p3.icc": displayP3(), "adobe.icc": adobeRGB(),
		"grey.icc": profileOf("GRAY", "XYZ ", tag{"kTRC", power(1.8)}),
		"ink8.icc": inkProfile(false), "ink16.icc": inkProfile(true),
	} {
		folder.Check(t, name, icc)
	}
}
