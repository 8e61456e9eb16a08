package png_test

import (
	"image"
	"image/draw"
	"math"
	"testing"

	"offprint/demo"
	"offprint/render/png"
	"offprint/typeset"
)

// A glyph stands where the layout says, to a fraction of a pixel: between the
// page and the same page with its glyphs on whole pixels, the middle of each
// glyph's ink moves by as much as the glyph's origin. Where it stands on whole
// pixels is held by TestAgainstPdftoppm.
func TestGlyphsStandAtFractionsOfAPixel(t *testing.T) {
	// The rasteriser counts in 1/512 pixel and drops what is less in each row
	// that an edge crosses; pixels have 256 levels.
	const tolerance = 0.15
	glyphs, worst := 0, 0.0
	for _, sample := range demo.Articles() {
		doc := laidOut(t, sample)
		whole := onWholePixels(doc)
		for n := range doc.Pages {
			from, to := middles(t, whole, n), middles(t, doc, n)
			for key, a := range from {
				b, ok := to[key]
				if !ok {
					continue // a neighbour has come close
				}
				glyphs++
				far := max(math.Abs(b.x-a.x), math.Abs(b.y-a.y))
				worst = max(worst, far)
				if far > tolerance {
					t.Errorf("%s page %d: the ink of %q is %.3f, %.3f from its origin, on whole pixels %.3f, %.3f",
						sample.Name, n+1, b.text, b.x, b.y, a.x, a.y)
				}
			}
		}
	}
	t.Logf("%d isolated glyphs, at most %.3f pixels off", glyphs, worst)
	if glyphs < 3000 {
		t.Errorf("%d isolated glyphs, want at least 3000", glyphs)
	}
}

// middle is the centre of gravity of a glyph's ink, in pixels from its origin.
type middle struct {
	text string
	x, y float64
}

// middles gives those of the isolated glyphs of a page.
func middles(t *testing.T, doc *typeset.Document, n int) map[[2]int]middle {
	t.Helper()
	drawn, err := png.Draw(t.Context(), doc, n, dpi)
	if err != nil {
		t.Fatal(err)
	}
	m := grey(drawn)
	found := map[[2]int]middle{}
	for _, g := range isolated(&doc.Pages[n], 1) {
		x, y, sum := 0.0, 0.0, 0.0
		for py := g.window.Min.Y; py < g.window.Max.Y; py++ {
			for px := g.window.Min.X; px < g.window.Max.X; px++ {
				dark := float64(255 - m.GrayAt(px, py).Y)
				x, y, sum = x+dark*(float64(px)+0.5), y+dark*(float64(py)+0.5), sum+dark
			}
		}
		found[g.key] = middle{g.text, x/sum - g.x, y/sum - g.y}
	}
	return found
}

// place is a box in pixels: left, top, right, bottom.
type place [4]float64

// farthest is how far apart the two are at the side where that is most.
func (p place) farthest(q place) float64 {
	far := 0.0
	for i := range p {
		far = max(far, math.Abs(p[i]-q[i]))
	}
	return far
}

func (p place) moved(x, y float64) place { return place{p[0] + x, p[1] + y, p[2] + x, p[3] + y} }

func (p place) meets(q place) bool { return p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3] }

// mark is a glyph that touches nothing else.
type mark struct {
	text   string
	key    [2]int          // index of the item and of the glyph in it
	x, y   float64         // of its origin
	em     float64         // of its type
	ink    place           // of its outline, in whole pixels
	window image.Rectangle // that holds its ink and nothing else's
}

// isolated gives the glyphs of a page round which so many pixels are white.
func isolated(page *typeset.Page, white float64) []mark {
	const scale = dpi / 72.0
	var marks []mark
	var all []place
	for i := range page.Items {
		item := &page.Items[i]
		x, y := item.At.X.Points()*scale, item.At.Y.Points()*scale
		switch item.Kind {
		case typeset.PlacedRule, typeset.PlacedImage:
			all = append(all, touched(x, y, x+item.W.Points()*scale, y+item.H.Points()*scale))
		case typeset.PlacedRun:
			em := item.Run.Size.Points() * scale / float64(item.Run.Face.UnitsPerEm())
			for k, g := range item.Run.Glyphs {
				b, ok := item.Run.Face.Bounds(g.ID)
				if !ok {
					continue
				}
				gx := x + g.X.Points()*scale
				ink := touched(gx+float64(b.XMin)*em, y-float64(b.YMax)*em, gx+float64(b.XMax)*em, y-float64(b.YMin)*em)
				all = append(all, ink)
				if !item.Run.Oblique {
					marks = append(marks, mark{text: g.Text, key: [2]int{i, k}, x: gx, y: y, em: item.Run.Size.Points() * scale, ink: ink})
				}
			}
		}
	}
	var alone []mark
	for _, m := range marks {
		wide := place{m.ink[0] - white, m.ink[1] - white, m.ink[2] + white, m.ink[3] + white}
		neighbours := -1 // itself
		for _, other := range all {
			if wide.meets(other) {
				neighbours++
			}
		}
		if neighbours == 0 {
			m.window = image.Rect(int(m.ink[0])-1, int(m.ink[1])-1, int(m.ink[2])+1, int(m.ink[3])+1)
			alone = append(alone, m)
		}
	}
	return alone
}

// touched gives the whole pixels of a box.
func touched(left, top, right, bottom float64) place {
	return place{math.Floor(left), math.Floor(top), math.Ceil(right), math.Ceil(bottom)}
}

// inkBox measures the box of the ink in a window to a fraction of a pixel: the
// outermost row or column with ink counts for as much as its darkest pixel is
// covered.
func inkBox(m *image.Gray, window image.Rectangle) (place, bool) {
	columns, rows := make([]float64, window.Dx()), make([]float64, window.Dy())
	darkest := 0.0
	for y := range rows {
		for x := range columns {
			dark := float64(255 - m.GrayAt(window.Min.X+x, window.Min.Y+y).Y)
			columns[x], rows[y] = max(columns[x], dark), max(rows[y], dark)
			darkest = max(darkest, dark)
		}
	}
	if darkest < 32 {
		return place{}, false
	}
	left, right := ends(columns, darkest)
	top, bottom := ends(rows, darkest)
	x, y := float64(window.Min.X), float64(window.Min.Y)
	return place{x + left, y + top, x + right, y + bottom}, true
}

func ends(dark []float64, darkest float64) (first, last float64) {
	const seen = 1.0 / 8
	i, k := 0, len(dark)-1
	for dark[i]/darkest < seen {
		i++
	}
	for dark[k]/darkest < seen {
		k--
	}
	return float64(i+1) - dark[i]/darkest, float64(k) + dark[k]/darkest
}

func grey(m image.Image) *image.Gray {
	g := image.NewGray(m.Bounds())
	draw.Draw(g, g.Rect, m, m.Bounds().Min, draw.Src)
	return g
}
