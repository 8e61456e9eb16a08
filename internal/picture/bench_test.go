package picture

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"testing"
)

// photo is about what a news photograph is: 1000 × 667 pixels, 130 kB.
func photo(b *testing.B) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 1000, 667))
	rough := noise(1000, 667).(*image.RGBA)
	for i := range m.Pix {
		x, y := i/4%1000, i/4000
		m.Pix[i] = byte(110 + 60*math.Sin(float64(x+40*(i%4))/90) + 40*math.Cos(float64(y)/60) + float64(rough.Pix[i])/10)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 80}); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkDecode(b *testing.B) {
	data := photo(b)
	b.Run("JPEG passed through", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Decode(data, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("the same decoded in full", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
