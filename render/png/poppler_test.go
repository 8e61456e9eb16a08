package png_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"offprint/demo"
	"offprint/render/pdf"
	"offprint/render/png"
	"offprint/typeset"
)

const dpi = 220

// The same pages, drawn by this package and by Poppler from our PDF, have their
// ink in the same places.
//
// Poppler's Splash puts glyphs on whole pixels: it drops the fraction of the
// baseline always, and that of the origin where a face's glyphs may be higher
// than 50 pixels (SplashFont::getGlyph). So our boxes are moved by as much
// before they are compared. Then a glyph still has its edges at other fractions
// of pixels than Splash's; the same pages with all glyphs on whole pixels leave
// nothing to chance.
func TestAgainstPdftoppm(t *testing.T) {
	program := pdftoppm(t)
	var asLaidOut, inPlace tally
	for _, sample := range demo.Articles() {
		doc := laidOut(t, sample)
		asLaidOut.compare(t, program, doc, 2) // Splash may bring a neighbour nearer by a pixel
		inPlace.compare(t, program, onWholePixels(doc), 1)
	}
	asLaidOut.judge(t, "pages as laid out")
	inPlace.judge(t, "glyphs on whole pixels")
}

// pdftoppm gives Poppler's program. It is in Debian's poppler-utils.
func pdftoppm(t *testing.T) string {
	program, err := exec.LookPath("pdftoppm")
	if err == nil {
		return program
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("pdftoppm is needed, install poppler-utils: %v", err)
	}
	t.Skipf("skipped, the pictures are not compared with Poppler's: install poppler-utils: %v", err)
	return ""
}

// tally counts glyphs whose ink boxes agree.
type tally struct {
	glyphs, agree int
	worst         []string  // the first that do not
	off           []float64 // how far each is off, at its worst side
}

func (c *tally) judge(t *testing.T, name string) {
	t.Helper()
	share, sum := float64(c.agree)/float64(max(1, c.glyphs)), 0.0
	for _, v := range c.off {
		sum += v
	}
	t.Logf("%s: %d of %d isolated glyphs agree within half a pixel (%.3f %%), mean %.3f, most %.3f pixels",
		name, c.agree, c.glyphs, 100*share, sum/float64(max(1, c.glyphs)), slices.Max(append(c.off, 0)))
	if c.glyphs < 3000 || share < 0.999 {
		t.Errorf("%s: want 99.9 %% of at least 3000 glyphs", name)
		for _, line := range c.worst {
			t.Log(line)
		}
	}
}

func (c *tally) compare(t *testing.T, program string, doc *typeset.Document, white float64) {
	t.Helper()
	theirs := poppler(t, program, doc)
	for n := range doc.Pages {
		drawn, err := png.Draw(t.Context(), doc, n, dpi)
		if err != nil {
			t.Fatal(err)
		}
		ours := grey(drawn)
		if ours.Rect != theirs[n].Rect {
			t.Fatalf("page %d has %v pixels, pdftoppm gives %v", n+1, ours.Rect.Max, theirs[n].Rect.Max)
		}
		for _, g := range isolated(&doc.Pages[n], white) {
			if nearWhole(g.x) || nearWhole(g.y) {
				continue // what the PDF rounds off decides to which pixel Splash goes
			}
			a, seenA := inkBox(ours, g.window)
			b, seenB := inkBox(theirs[n], g.window)
			off := math.Inf(1)
			if seenA && seenB {
				off = fromSplash(a, b, &g)
			}
			c.glyphs++
			c.off = append(c.off, off)
			if off <= 0.5 {
				c.agree++
			} else if len(c.worst) < 20 {
				c.worst = append(c.worst, fmt.Sprintf("page %d: %q: ours %.2f, Poppler's %.2f", n+1, g.text, a, b))
			}
		}
	}
}

// fromSplash is how far our ink is from Splash's. In the PDF a squeezed mark, and a
// letter with white before it, has its origin some quarters of an em from where the
// page has it, so that the fraction which Splash drops is another.
func fromSplash(ours, theirs place, g *mark) float64 {
	drops := func(x float64) float64 {
		return ours.moved(math.Floor(x)-x, math.Floor(g.y)-g.y).farthest(theirs)
	}
	off := drops(g.x)
	for quarters := -4; quarters <= 4 && off > 0.5; quarters++ {
		off = min(off, drops(g.x-float64(quarters)*g.em/4))
	}
	return off
}

// nearWhole reports whether a place is on the edge between two pixels.
func nearWhole(v float64) bool { return math.Abs(v-math.Round(v)) < 0.05 }

// poppler draws the document's PDF.
func poppler(t *testing.T, program string, doc *typeset.Document) []*image.Gray {
	t.Helper()
	dir := t.TempDir()
	var file bytes.Buffer
	if err := pdf.Write(t.Context(), &file, doc); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "doc.pdf")
	if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "-r", fmt.Sprint(dpi), "-gray", name, filepath.Join(dir, "page")).CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("pdftoppm: %v: %s", err, out)
	}
	pages := make([]*image.Gray, len(doc.Pages))
	for i := range pages {
		data, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("page-%0*d.pgm", len(fmt.Sprint(len(pages))), i+1)))
		if err != nil {
			t.Fatal(err)
		}
		if pages[i], err = readPGM(data); err != nil {
			t.Fatal(err)
		}
	}
	return pages
}

func readPGM(data []byte) (*image.Gray, error) {
	var w, h, most int
	if _, err := fmt.Sscanf(string(data[:min(len(data), 40)]), "P5\n%d %d\n%d\n", &w, &h, &most); err != nil {
		return nil, err
	}
	if most != 255 || w <= 0 || h <= 0 || len(data) < w*h {
		return nil, errors.New("not a PGM of 8 bits")
	}
	return &image.Gray{Pix: data[len(data)-w*h:], Stride: w, Rect: image.Rect(0, 0, w, h)}, nil
}

// onWholePixels is the document with every glyph moved to the nearest whole
// pixel, and a tenth more: what a PDF rounds off must not lead to the pixel
// before.
func onWholePixels(doc *typeset.Document) *typeset.Document {
	const pixel = 72.0 / dpi
	fit := func(l typeset.Length) typeset.Length {
		return typeset.Points((math.Round(l.Points()/pixel) + 0.1) * pixel)
	}
	moved := *doc
	moved.Pages = append([]typeset.Page(nil), doc.Pages...)
	for i := range moved.Pages {
		page := &moved.Pages[i]
		page.Items = append([]typeset.Placed(nil), page.Items...)
		for k := range page.Items {
			item := &page.Items[k]
			if item.Kind != typeset.PlacedRun {
				continue
			}
			run, from := *item.Run, item.At
			item.Run, item.At = &run, typeset.Position{X: fit(from.X), Y: fit(from.Y)}
			run.Glyphs = append([]typeset.Glyph(nil), run.Glyphs...)
			for g := range run.Glyphs {
				run.Glyphs[g].X = fit(from.X+run.Glyphs[g].X) - item.At.X
			}
		}
	}
	return &moved
}
