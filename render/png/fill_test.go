package png

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"offprint/fonts/noto"
	"offprint/typeset"
)

// overlapping are characters whose outlines have contours that overlap, and
// some whose do not.
const overlapping = "永東国我的龍鬱書這灣&@QRk4"

// A glyph's pixels are covered as the non-zero rule says. The oracle counts how often
// the contours go round, exactly along each of 16 lines a pixel.
func TestGlyphsAreFilledNonZero(t *testing.T) {
	const size = 48
	pixels, dark, sum := 0, 0, 0.0
	for _, face := range []typeset.Face{noto.Face("Noto Sans SC", noto.Regular), noto.Face("Noto Sans SC", noto.Bold), noto.Face("Noto Sans HK", noto.Regular)} {
		for _, r := range overlapping {
			id, ok := face.Glyph(r)
			if !ok {
				t.Fatalf("%s has no %c", face.Name(), r)
			}
			p := newPainter(t.Context(), 1, size, size)
			run := &typeset.Run{Face: face, Size: typeset.Points(40), Glyphs: []typeset.Glyph{{ID: id, Text: string(r)}}}
			const x, y = 3.37, 39.61
			if err := p.run(run, typeset.Position{X: typeset.Points(x), Y: typeset.Points(y)}); err != nil {
				t.Fatal(err)
			}
			s, err := p.shape(run, id)
			if err != nil {
				t.Fatal(err)
			}
			want := s.covered(x, y, size)
			for py := range size {
				for px := range size {
					got := 1 - float64(p.page.RGBAAt(px, py).G)/255
					want := want[py*size+px]
					pixels++
					sum += math.Abs(got - want)
					if got-want > 0.08 {
						dark++
					}
					if want-got > 0.08 || got-want > 0.5 {
						t.Errorf("%s %c: pixel %d, %d is covered %.2f, want %.2f", face.Name(), r, px, py, got, want)
					}
				}
			}
		}
	}
	t.Logf("mean error %.5f; %d of %d pixels are darker than they should be, on edges of contours that overlap", sum/float64(pixels), dark, pixels)
	if dark > pixels/200 || sum/float64(pixels) > 0.005 {
		t.Errorf("%d of %d pixels are too dark, mean error %.5f", dark, pixels, sum/float64(pixels))
	}
}

// covered gives what share of each pixel of size × size the shape covers, its
// origin being at x, y.
func (s *shape) covered(x, y float64, size int) []float64 {
	const parts = 16 // of a row
	cover := make([]float64, size*size)
	for part := range parts * size {
		row := cover[part/parts*size:][:size]
		winding, from := 0, 0.0
		for _, c := range s.crossings((float64(part)+0.5)/parts - y) {
			if winding == 0 {
				from = c.x + x
			}
			if winding += c.turn; winding == 0 {
				for px := range row {
					row[px] += max(0, min(c.x+x, float64(px+1))-max(from, float64(px))) / parts
				}
			}
		}
	}
	return cover
}

// crossing is where an edge crosses a row, downwards (1) or upwards (−1).
type crossing struct {
	x    float64
	turn int
}

func (s *shape) crossings(y float64) []crossing {
	var list []crossing
	start := 0
	for _, end := range s.ends {
		a := s.points[end-1]
		for _, b := range s.points[start:end] {
			if (a.y <= y) != (b.y <= y) {
				c := crossing{x: a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), turn: 1}
				if a.y > b.y {
					c.turn = -1
				}
				list = append(list, c)
			}
			a = b
		}
		start = end
	}
	slices.SortFunc(list, func(a, b crossing) int { return cmp.Compare(a.x, b.x) })
	return list
}
