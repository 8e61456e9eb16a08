package png

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"offprint/typeset"
)

var (
	red    = color.RGBA{220, 30, 30, 255}
	green  = color.RGBA{30, 200, 30, 255}
	blue   = color.RGBA{30, 30, 220, 255}
	yellow = color.RGBA{230, 220, 30, 255}
	white  = color.RGBA{255, 255, 255, 255}
)

// corners is a picture whose quarters are red, green, blue and yellow, from the
// top left clockwise.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			quarters := [2][2]color.RGBA{{red, green}, {yellow, blue}}
			m.SetRGBA(x, y, quarters[min(1, 2*y/h)][min(1, 2*x/w)])
		}
	}
	return m
}

func pngPicture(t testing.TB, m image.Image, orientation int) *typeset.Picture {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return &typeset.Picture{Encoding: typeset.PNG, Bytes: b.Bytes(), W: m.Bounds().Dx(), H: m.Bounds().Dy(), Orientation: orientation}
}

func figure(p *typeset.Picture, x, y, w, h float64) typeset.Placed {
	return typeset.Placed{Kind: typeset.PlacedImage, At: at(x, y), W: typeset.Points(w), H: typeset.Points(h), Image: p}
}

// The stored pixels come to stand as the EXIF orientation says: red is where
// the first row meets the first column.
func TestOrientation(t *testing.T) {
	for _, c := range []struct {
		orientation int
		want        [4]color.RGBA // top left, top right, low right, low left
	}{
		{0, [4]color.RGBA{red, green, blue, yellow}},
		{1, [4]color.RGBA{red, green, blue, yellow}},
		{2, [4]color.RGBA{green, red, yellow, blue}},
		{3, [4]color.RGBA{blue, yellow, red, green}},
		{4, [4]color.RGBA{yellow, blue, green, red}},
		{5, [4]color.RGBA{red, yellow, blue, green}},
		{6, [4]color.RGBA{yellow, red, green, blue}},
		{7, [4]color.RGBA{blue, green, red, yellow}},
		{8, [4]color.RGBA{green, blue, yellow, red}},
	} {
		p := pngPicture(t, corners(60, 40), c.orientation)
		w, h := p.Upright()
		m := drawn(t, sheet(50, 50, figure(p, 5, 5, float64(w)/2, float64(h)/2)))
		low, right := 5+h/2, 5+w/2
		got := [4]color.RGBA{m.RGBAAt(8, 8), m.RGBAAt(right-4, 8), m.RGBAAt(right-4, low-4), m.RGBAAt(8, low-4)}
		if got != c.want {
			t.Errorf("orientation %d: corners %v, want %v", c.orientation, got, c.want)
		}
		if m.RGBAAt(4, 8) != white || m.RGBAAt(right, 8) != white || m.RGBAAt(8, low) != white {
			t.Errorf("orientation %d: the picture leaves its box", c.orientation)
		}
	}
}

// A picture that cannot be drawn leaves a grey box, and the page is drawn.
func TestBrokenPicturesLeaveABox(t *testing.T) {
	sound := pngPicture(t, corners(6, 4), 1)
	for _, c := range []struct {
		name   string
		change func(*typeset.Picture)
		w      float64
	}{
		{"no bytes", func(p *typeset.Picture) { p.Bytes = nil }, 20},
		{"cut off", func(p *typeset.Picture) { p.Bytes = p.Bytes[:len(p.Bytes)/2] }, 20},
		{"another size", func(p *typeset.Picture) { p.W++ }, 20},
		{"no size", func(p *typeset.Picture) { p.W = 0 }, 20},
		{"more pixels than may be", func(p *typeset.Picture) { p.W, p.H = 1<<20, 1<<20 }, 20},
		{"unknown encoding", func(p *typeset.Picture) { p.Encoding = "webp" }, 20},
		{"endless box", func(*typeset.Picture) {}, 1e9},
	} {
		p := *sound
		c.change(&p)
		m := drawn(t, sheet(40, 40, figure(&p, 10, 10, c.w, 20)))
		if m.RGBAAt(10, 15) != brokenEdge || m.RGBAAt(20, 20) != brokenFill || m.RGBAAt(5, 20) != white {
			t.Errorf("%s: edge %v, inside %v, outside %v", c.name, m.RGBAAt(10, 15), m.RGBAAt(20, 20), m.RGBAAt(5, 20))
		}
	}
}

// A box that is thinner than half a pixel holds nothing.
func TestThinPicture(t *testing.T) {
	m := drawn(t, sheet(20, 20, figure(pngPicture(t, corners(6, 4), 1), 5, 5.1, 10, 0.3)))
	for i, v := range m.Pix {
		if v != 255 {
			t.Fatalf("byte %d is %d, want white", i, v)
		}
	}
}

func TestThumbnail(t *testing.T) {
	doc := sheet(595.28, 841.89, rule(0, 0, 595.28, 200, typeset.Colour{R: 255}))
	for _, width := range []int{LeastThumbnail, 240, 333, MostThumbnail} {
		file, err := Thumbnail(t.Context(), doc, width)
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		low := (width*84189 + 29764) / 59528 // of the page's shape
		if m.Bounds().Size() != image.Pt(width, low) {
			t.Errorf("width %d: %v pixels, want %d × %d", width, m.Bounds().Size(), width, low)
		}
		for _, edge := range []image.Point{{0, 0}, {width - 1, 0}, {0, low - 1}, {width - 1, low - 1}, {width / 2, 0}, {0, low / 2}} {
			if got := color.RGBAModel.Convert(m.At(edge.X, edge.Y)); got != thumbnailEdge {
				t.Errorf("width %d: edge at %v is %v", width, edge, got)
			}
		}
		if got := color.RGBAModel.Convert(m.At(width/2, low/2)); got != white {
			t.Errorf("width %d: the middle is %v, want white", width, got)
		}
	}
	for _, width := range []int{-1, 0, LeastThumbnail - 1, MostThumbnail + 1, math.MaxInt} {
		if _, err := Thumbnail(t.Context(), doc, width); err == nil {
			t.Errorf("width %d is not refused", width)
		}
	}
	if _, err := Thumbnail(t.Context(), &typeset.Document{}, 240); err == nil {
		t.Error("a document without pages is not refused")
	}
}
