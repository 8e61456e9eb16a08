package png

import (
	"image"
	"image/color"
	"math"
	"testing"

	xdraw "golang.org/x/image/draw"
)

// pattern has slopes, lines and noise.
func pattern(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(255 * x / w), uint8(40 * ((x/7 + y/5) % 7)), uint8((x*x + 3*y*x + y*131) % 251), 255})
		}
	}
	return m
}

// The result is that of x/image's kernel of the same name, but for rounding.
func TestScaleAgreesWithXImage(t *testing.T) {
	for _, c := range []struct{ w, h, toW, toH int }{
		{200, 150, 90, 60}, {200, 150, 200, 150}, {200, 150, 31, 140}, {50, 40, 160, 130}, {300, 200, 7, 3}, {3, 2, 40, 40}, {1, 1, 5, 5}, {90, 1, 1, 9},
	} {
		m := pattern(c.w, c.h)
		got, _ := scale(t.Context(), m, c.toW, c.toH)
		want := image.NewRGBA(got.Rect)
		xdraw.CatmullRom.Scale(want, want.Rect, m, m.Rect, xdraw.Src, nil)
		for i := range want.Pix {
			if off := math.Abs(float64(got.Pix[i]) - float64(want.Pix[i])); off > 2 {
				t.Errorf("%d × %d to %d × %d: byte %d is %d, want %d", c.w, c.h, c.toW, c.toH, i, got.Pix[i], want.Pix[i])
				break
			}
		}
	}
}

// A flat picture stays flat, in every kind of pixels that decoders give.
func TestScaleKeepsFlatColours(t *testing.T) {
	rect := image.Rect(3, 4, 103, 64) // a decoder's bounds may begin anywhere
	grey := image.NewGray(rect)
	for i := range grey.Pix {
		grey.Pix[i] = 77
	}
	ycc := image.NewYCbCr(rect, image.YCbCrSubsampleRatio420)
	for i := range ycc.Y {
		ycc.Y[i] = 77
	}
	for i := range ycc.Cb {
		ycc.Cb[i], ycc.Cr[i] = 128, 128
	}
	for _, m := range []image.Image{grey, ycc, image.NewUniform(color.Gray{77})} {
		if u, ok := m.(*image.Uniform); ok {
			all := image.NewNRGBA(rect)
			xdraw.Draw(all, rect, u, image.Point{}, xdraw.Src)
			m = all
		}
		got, err := scale(t.Context(), m, 33, 70)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got.Pix {
			want := uint8(77)
			if i%4 == 3 {
				want = 255
			}
			if v != want {
				t.Fatalf("%T: byte %d is %d, want %d", m, i, v, want)
			}
		}
	}
}

func BenchmarkScale(b *testing.B) {
	m := pattern(1600, 1200)
	b.ReportAllocs()
	for b.Loop() {
		scale(b.Context(), m, 720, 540)
	}
}
