package png

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"

	"offprint/typeset"
)

// The resolutions that can be drawn, in dots per inch.
const (
	LeastDPI = 18
	MostDPI  = 1200
)

// mostPixels bounds a page's picture: A4 at 650 dpi, 240 MB of memory.
const mostPixels = 60_000_000

// Draw gives a page of the document as a picture, dpi pixels to the inch. Pages
// count from 0. The picture is opaque; its sides are those of the page, rounded
// up to whole pixels.
//
// It fails on a page that is not there, on a resolution outside [LeastDPI] to
// [MostDPI], on more than 60 million pixels, and on text whose outlines are
// damaged. Many goroutines may draw the same document at once. Where ctx ends, the
// error is its own: it is looked at every few dozen items, before each picture and
// while one is scaled.
func Draw(ctx context.Context, doc *typeset.Document, page int, dpi float64) (*image.RGBA, error) {
	m, err := drawPage(ctx, doc, page, dpi)
	if err != nil {
		return nil, fmt.Errorf("draw page %d: %w", page+1, err)
	}
	return m, nil
}

// Write draws a page, as [Draw] does, and writes it to w as a PNG file that
// states its resolution. Nothing is written unless the page could be drawn.
// Equal arguments give equal bytes.
func Write(ctx context.Context, w io.Writer, doc *typeset.Document, page int, dpi float64) error {
	m, err := Draw(ctx, doc, page, dpi)
	if err != nil {
		return err
	}
	if err := encode(w, m, dpi); err != nil {
		return fmt.Errorf("write page %d: %w", page+1, err)
	}
	return nil
}

func drawPage(ctx context.Context, doc *typeset.Document, page int, dpi float64) (*image.RGBA, error) {
	// NaN is refused too.
	if !(dpi >= LeastDPI && dpi <= MostDPI) {
		return nil, fmt.Errorf("%v dpi cannot be drawn: choose %d to %d", dpi, LeastDPI, MostDPI)
	}
	p, err := pageOf(doc, page)
	if err != nil {
		return nil, err
	}
	scale := dpi / 72
	return paint(ctx, p, scale, pixels(p.Size.W, scale), pixels(p.Size.H, scale))
}

// pixels is a length in pixels, rounded up. Up to a hundredth of a pixel over a
// whole number counts as an error of rounding.
func pixels(l typeset.Length, scale float64) int {
	return int(math.Ceil(l.Points()*scale - 0.01))
}

// The sides of a page that render/pdf draws (ISO 32000-1 annex C.2).
const (
	leastSide = 3 * typeset.Point
	mostSide  = 14400 * typeset.Point
)

func pageOf(doc *typeset.Document, page int) (*typeset.Page, error) {
	if doc == nil || len(doc.Pages) == 0 {
		return nil, errors.New("the document has no pages")
	}
	if page < 0 || page >= len(doc.Pages) {
		return nil, fmt.Errorf("the document has %d", len(doc.Pages))
	}
	p := &doc.Pages[page]
	if s := p.Size; min(s.W, s.H) < leastSide || max(s.W, s.H) > mostSide {
		return nil, fmt.Errorf("%s × %s pt is no page size: sides are 3 to 14400 pt", s.W, s.H)
	}
	return p, nil
}

// lookEvery is the number of items after which ctx is looked at.
const lookEvery = 32

// paint draws a page on w × h pixels of white, scale pixels to the point.
func paint(ctx context.Context, page *typeset.Page, scale float64, w, h int) (*image.RGBA, error) {
	if w > mostPixels/h {
		return nil, fmt.Errorf("%d × %d pixels are more than %d million: choose a lower resolution",
			w, h, mostPixels/1_000_000)
	}
	p := newPainter(ctx, scale, w, h)
	for i := range page.Items {
		isPicture := page.Items[i].Kind == typeset.PlacedImage
		if (isPicture || i%lookEvery == 0) && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := p.item(&page.Items[i]); err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
	}
	p.endRules()
	return p.page, ctx.Err()
}
