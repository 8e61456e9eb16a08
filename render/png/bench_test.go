package png_test

import (
	"fmt"
	"io"
	"testing"

	"offprint/demo"
	"offprint/render/png"
)

// BenchmarkDraw draws the first page of the Simplified Chinese demo, which has
// text, a logo and a picture, and its second.
func BenchmarkDraw(b *testing.B) {
	doc := laidOut(b, demo.Articles()[0])
	for _, dpi := range []float64{40, 110, 220} {
		for page := range 2 {
			b.Run(fmt.Sprintf("page=%d/dpi=%.0f", page+1, dpi), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := png.Draw(b.Context(), doc, page, dpi); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	doc := laidOut(b, demo.Articles()[0])
	b.ReportAllocs()
	for b.Loop() {
		if err := png.Write(b.Context(), io.Discard, doc, 0, 110); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThumbnail(b *testing.B) {
	doc := laidOut(b, demo.Articles()[0])
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		file, err := png.Thumbnail(b.Context(), doc, 330) // A4 at 40 dpi
		if err != nil {
			b.Fatal(err)
		}
		size = len(file)
	}
	b.ReportMetric(float64(size), "file-bytes")
}
