package png

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"offprint/typeset"
)

// A rule covers of each pixel what its geometry says.
func TestRulesAreExact(t *testing.T) {
	// x 2.25–5.5, y 1.5–3: columns ¾, 1, 1, ½; rows ½, 1.
	m := drawn(t, sheet(8, 5, rule(2.25, 1.5, 3.25, 1.5, typeset.Colour{})))
	want := [][]float64{
		{0, 0, 0, 0, 0, 0, 0, 0},
		{0, 0, .375, .5, .5, .25, 0, 0},
		{0, 0, .75, 1, 1, .5, 0, 0},
		{0, 0, 0, 0, 0, 0, 0, 0},
		{0, 0, 0, 0, 0, 0, 0, 0},
	}
	for y := range want {
		for x, cover := range want[y] {
			if got := 1 - float64(m.RGBAAt(x, y).R)/255; math.Abs(got-cover) > 0.006 {
				t.Errorf("pixel %d, %d is covered %.3f, want %.3f", x, y, got, cover)
			}
		}
	}
}

// Items are drawn in their order, in their colours, and nothing is drawn for a
// link or for what lies off the page.
func TestItemsAreDrawnInOrder(t *testing.T) {
	red, blue := typeset.Colour{R: 255}, typeset.Colour{B: 255}
	far := typeset.Length(math.MaxInt64 / 4)
	m := drawn(t, sheet(20, 20,
		rule(0, 0, 12, 12, red), rule(6, 6, 12, 12, blue), rule(2, 8, 3, 3, red),
		rule(30, 30, 5, 5, red), rule(-30, 3, 5, 5, red), rule(15, 2, 0, 5, red),
		typeset.Placed{Kind: typeset.PlacedRule, At: typeset.Position{X: -far, Y: typeset.Points(19)}, W: 2 * far, H: far, Colour: blue},
		typeset.Placed{Kind: typeset.PlacedLink, At: at(13, 1), W: typeset.Points(4), H: typeset.Points(4), Href: "https://news.example/"},
		text(-500, -500, 12, "远"), text(5000, 10, 12, "远")))
	for _, c := range []struct {
		x, y int
		want color.RGBA
	}{
		{1, 1, color.RGBA{255, 0, 0, 255}},
		{7, 7, color.RGBA{0, 0, 255, 255}},
		{3, 9, color.RGBA{255, 0, 0, 255}},
		{14, 2, color.RGBA{255, 255, 255, 255}},
		{0, 19, color.RGBA{0, 0, 255, 255}},
		{19, 19, color.RGBA{0, 0, 255, 255}},
	} {
		if got := m.RGBAAt(c.x, c.y); got != c.want {
			t.Errorf("pixel %d, %d is %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// The modules of a QR code are black all over, whatever fraction of a pixel
// they begin at.
func TestModulesLeaveNoSeams(t *testing.T) {
	var modules []typeset.Placed
	for row := range 10 {
		for column := range 10 {
			modules = append(modules, rule(1.3+0.77*float64(column), 1.6+0.77*float64(row), 0.77, 0.77, typeset.Colour{}))
		}
	}
	m := drawn(t, sheet(12, 12, modules...))
	for y := 3; y < 9; y++ {
		for x := 2; x < 9; x++ {
			if got := m.RGBAAt(x, y).R; got > 1 {
				t.Errorf("pixel %d, %d inside is %d, want 0", x, y, got)
			}
		}
	}
}

// What is seen of a shape on a small page is what stands there on a page that
// holds all of it.
func TestClippedShapesKeepTheirPixels(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	whole := image.Rect(0, 0, 90, 90)
	window := image.Rect(30, 30, 60, 60)
	for n := range 200 {
		var s shape
		tr := tracer{unit: 1}
		for i := range 3 + random.IntN(6) {
			x, y := random.IntN(90), -random.IntN(90)
			switch {
			case i == 0:
				tr.MoveTo(x, y)
			case random.IntN(2) == 0:
				tr.LineTo(x, y)
			default:
				tr.QuadTo(random.IntN(90), -random.IntN(90), x, y)
			}
		}
		tr.Close()
		s = tr.shape
		all, part := newPainter(t.Context(), 1, whole.Dx(), whole.Dy()), newPainter(t.Context(), 1, window.Dx(), window.Dy())
		all.drawShape(&s, 0, 0, color.RGBA{A: 255})
		part.drawShape(&s, -30, -30, color.RGBA{A: 255})
		for y := range window.Dy() {
			for x := range window.Dx() {
				a, b := all.page.RGBAAt(x+30, y+30).R, part.page.RGBAAt(x, y).R
				if math.Abs(float64(a)-float64(b)) > 24 { // a clipped edge is rounded anew
					t.Fatalf("shape %d: pixel %d, %d is %d, want %d", n, x, y, b, a)
				}
			}
		}
	}
}

// Oblique text leans by 12°: at the cap height it stands 0.2126 of that further
// right, and its foot stays.
func TestObliqueTextLeans(t *testing.T) {
	upright := text(10, 90, 100, "I")
	leaning := text(10, 90, 100, "I")
	leaning.Run.Oblique = true
	a, b := drawn(t, sheet(80, 100, upright)), drawn(t, sheet(80, 100, leaning))
	middle := func(m *image.RGBA, y int) float64 {
		x, sum := 0.0, 0.0
		for px := range m.Rect.Dx() {
			dark := float64(255 - m.RGBAAt(px, y).R)
			x, sum = x+dark*(float64(px)+0.5), sum+dark
		}
		return x / sum
	}
	for _, y := range []int{20, 50, 88} {
		want := 0.2126 * (90 - (float64(y) + 0.5))
		if got := middle(b, y) - middle(a, y); math.Abs(got-want) > 0.05 {
			t.Errorf("row %d leans %.2f pixels, want %.2f", y, got, want)
		}
	}
}

// A glyph without an outline and .notdef leave the page white.
func TestWhiteGlyphs(t *testing.T) {
	item := text(5, 15, 12, "  ")
	item.Run.Glyphs = append(item.Run.Glyphs, typeset.Glyph{ID: 0, Text: "?"})
	for i, v := range drawn(t, sheet(20, 20, item)).Pix {
		if v != 255 {
			t.Fatalf("byte %d is %d, want white", i, v)
		}
	}
}

// Whatever the numbers, a page is drawn or refused.
func FuzzDraw(f *testing.F) {
	f.Add(int64(1<<20), int64(1<<20), int64(1<<21), int64(1<<19), int64(12<<16), int64(0), uint8(1))
	f.Add(int64(math.MaxInt64), int64(math.MinInt64), int64(math.MaxInt64), int64(-1), int64(math.MaxInt64), int64(math.MinInt64), uint8(6))
	f.Add(int64(1<<20), int64(1<<20), int64(1<<21), int64(1<<19), int64(12<<16), int64(0), uint8(98)) // no EXIF orientation
	photo := corners(4, 3)
	f.Fuzz(func(t *testing.T, x, y, w, h, size, shift int64, orientation uint8) {
		word := text(0, 0, 12, "龍g")
		word.Run.Size, word.Run.Oblique = typeset.Length(size), x%2 == 0
		word.Run.Glyphs[1].X = typeset.Length(shift)
		box := rule(0, 0, 0, 0, typeset.Colour{R: 9})
		box.W, box.H = typeset.Length(w), typeset.Length(h)
		image := box
		image.Kind, image.Image = typeset.PlacedImage, pngPicture(t, photo, int(orientation))
		doc := sheet(40, 30, box, word, image, box)
		for i := range doc.Pages[0].Items {
			doc.Pages[0].Items[i].At = typeset.Position{X: typeset.Length(x), Y: typeset.Length(y)}
		}
		m, err := Draw(t.Context(), doc, 0, 72)
		if (err == nil) != (size > 0) {
			t.Fatalf("size %d: error %v", size, err)
		}
		if err == nil && (m.Rect.Dx() != 40 || m.Rect.Dy() != 30 || !m.Opaque()) {
			t.Fatalf("the page has %v pixels", m.Rect)
		}
	})
}
