package png

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"sync"
	"testing"

	"offprint/fonts/noto"
	"offprint/typeset"
)

// sheet is a page of w × h points: at 72 dpi a point is a pixel.
func sheet(w, h float64, items ...typeset.Placed) *typeset.Document {
	return &typeset.Document{Pages: []typeset.Page{{
		Size: typeset.PaperSize{W: typeset.Points(w), H: typeset.Points(h)}, Items: items,
	}}}
}

// text is a run at its natural widths, its origin at x, y points.
func text(x, y, size float64, s string) typeset.Placed {
	face := noto.Face("Noto Sans SC", noto.Regular)
	run := &typeset.Run{Face: face, Size: typeset.Points(size)}
	for _, r := range s {
		id, _ := face.Glyph(r)
		w := run.Size.Scale(int64(face.Advance(id)), int64(face.UnitsPerEm()))
		run.Glyphs = append(run.Glyphs, typeset.Glyph{ID: id, Text: string(r), X: run.Width, Advance: w})
		run.Width += w
	}
	return typeset.Placed{Kind: typeset.PlacedRun, At: at(x, y), W: run.Width, Run: run}
}

func rule(x, y, w, h float64, c typeset.Colour) typeset.Placed {
	return typeset.Placed{Kind: typeset.PlacedRule, At: at(x, y), W: typeset.Points(w), H: typeset.Points(h), Colour: c}
}

func at(x, y float64) typeset.Position {
	return typeset.Position{X: typeset.Points(x), Y: typeset.Points(y)}
}

func drawn(t testing.TB, doc *typeset.Document) *image.RGBA {
	t.Helper()
	m, err := Draw(t.Context(), doc, 0, 72)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestDrawRefuses(t *testing.T) {
	run := func(change func(*typeset.Run)) *typeset.Document {
		item := text(10, 20, 12, "文")
		change(item.Run)
		return sheet(50, 50, item)
	}
	small := sheet(50, 50)
	for _, c := range []struct {
		name string
		doc  *typeset.Document
		page int
		dpi  float64
		want string
	}{
		{"no document", nil, 0, 72, "draw page 1: the document has no pages"},
		{"no pages", &typeset.Document{}, 0, 72, "draw page 1: the document has no pages"},
		{"page behind the last", small, 1, 72, "draw page 2: the document has 1"},
		{"page before the first", small, -1, 72, "draw page 0: the document has 1"},
		{"low resolution", small, 0, 17, "17 dpi cannot be drawn: choose 18 to 1200"},
		{"high resolution", small, 0, 1201, "1201 dpi cannot be drawn"},
		{"resolution that is no number", small, 0, math.NaN(), "NaN dpi cannot be drawn"},
		{"endless resolution", small, 0, math.Inf(1), "+Inf dpi cannot be drawn"},
		{"too many pixels", sheet(595, 842), 0, 1200, "9917 × 14034 pixels are more than 60 million: choose a lower resolution"},
		{"endless page", sheet(15000, 100), 0, 72, "15000 × 100 pt is no page size"},
		{"page without size", sheet(0, 0), 0, 72, "0 × 0 pt is no page size"},
		{"no run", sheet(50, 50, typeset.Placed{Kind: typeset.PlacedRun}), 0, 72, "item 0: text: a run without text"},
		{"no face", run(func(r *typeset.Run) { r.Face = nil }), 0, 72, "a run without text, face or size"},
		{"no size", run(func(r *typeset.Run) { r.Size = 0 }), 0, 72, "a run without text, face or size"},
		{"glyph that the face has not", run(func(r *typeset.Run) { r.Glyphs[0].ID = 65535 }), 0, 72, `"文": draw glyph 65535`},
		{"no picture", sheet(50, 50, typeset.Placed{Kind: typeset.PlacedImage}), 0, 72, "a picture without bytes"},
		{"unknown kind", sheet(50, 50, typeset.Placed{Kind: 9}), 0, 72, "kind 9 is not known"},
	} {
		m, err := Draw(t.Context(), c.doc, c.page, c.dpi)
		if err == nil || !strings.Contains(err.Error(), c.want) || m != nil {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
		var b bytes.Buffer
		if err := Write(t.Context(), &b, c.doc, c.page, c.dpi); err == nil || b.Len() > 0 {
			t.Errorf("%s: Write gave %d bytes and error %v", c.name, b.Len(), err)
		}
	}
}

func TestPageSides(t *testing.T) {
	for _, c := range []struct {
		w, h, dpi float64
		want      image.Point
	}{
		{50, 20, 72, image.Pt(50, 20)},
		{50.3, 20.9, 72, image.Pt(51, 21)},
		{595.2756, 841.8898, 220, image.Pt(1819, 2573)}, // as pdftoppm has it
		{595.2756, 841.8898, 110, image.Pt(910, 1287)},
		{3, 3, 18, image.Pt(1, 1)},
	} {
		m, err := Draw(t.Context(), sheet(c.w, c.h), 0, c.dpi)
		if err != nil {
			t.Fatal(err)
		}
		if m.Rect.Size() != c.want || !m.Opaque() {
			t.Errorf("%v × %v pt at %v dpi: %v, want %v and opaque", c.w, c.h, c.dpi, m.Rect.Size(), c.want)
		}
	}
}

func TestWriteIsExactAndStatesTheResolution(t *testing.T) {
	doc := sheet(100, 60, rule(0, 0, 100, 30, typeset.Colour{R: 200, G: 30, B: 40}), text(5.3, 41.7, 17, "版面Pg"))
	var b bytes.Buffer
	if err := Write(t.Context(), &b, doc, 0, 110); err != nil {
		t.Fatal(err)
	}
	read, err := png.Decode(bytes.NewReader(b.Bytes())) // checks the chunks' sums too
	if err != nil {
		t.Fatal(err)
	}
	want, err := Draw(t.Context(), doc, 0, 110)
	if err != nil {
		t.Fatal(err)
	}
	for y := range want.Rect.Dy() {
		for x := range want.Rect.Dx() {
			if got := color.RGBAModel.Convert(read.At(x, y)); got != want.RGBAAt(x, y) {
				t.Fatalf("pixel %d, %d is %v, want %v", x, y, got, want.RGBAAt(x, y))
			}
		}
	}
	// 110 dpi ÷ 0.0254 m = 4330.7 pixels a metre.
	file := b.Bytes()
	i := bytes.Index(file, []byte("pHYs"))
	if i < 0 || i > bytes.Index(file, []byte("IDAT")) {
		t.Fatalf("pHYs stands at %d, IDAT at %d", i, bytes.Index(file, []byte("IDAT")))
	}
	if x, y, unit := binary.BigEndian.Uint32(file[i+4:]), binary.BigEndian.Uint32(file[i+8:]), file[i+12]; x != 4331 || y != 4331 || unit != 1 {
		t.Errorf("pHYs says %d × %d a unit of %d, want 4331 × 4331 a metre", x, y, unit)
	}
}

// Equal arguments give equal bytes, whoever else draws at the time.
func TestWriteIsDeterministic(t *testing.T) {
	doc := sheet(120, 60, text(3, 20, 12, "同样的页面"), rule(3, 30, 99.5, 0.4, typeset.Colour{}), text(3, 50, 12, "同样的字节"))
	files := make([]bytes.Buffer, 8)
	var all sync.WaitGroup
	for i := range files {
		all.Go(func() {
			if err := Write(t.Context(), &files[i], doc, 0, 150); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range files {
		if !bytes.Equal(files[i].Bytes(), files[0].Bytes()) {
			t.Errorf("file %d differs from file 0", i)
		}
	}
}

type brokenWriter struct{ after int }

var errFull = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.after -= len(p); w.after < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteTellsThatItCouldNot(t *testing.T) {
	for _, after := range []int{0, 33, 60} {
		if err := Write(t.Context(), &brokenWriter{after}, sheet(50, 50), 0, 72); !errors.Is(err, errFull) {
			t.Errorf("writer that fails after %d bytes: error %v", after, err)
		}
	}
}
