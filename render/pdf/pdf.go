package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"

	"offprint/typeset"
)

// Write draws the document as a tagged PDF and writes it to w in one piece.
// Equal documents give equal bytes. Nothing is written unless the whole
// document could be drawn. Many goroutines may write at once. Where ctx ends, the
// error is its own: see [File].
func Write(ctx context.Context, w io.Writer, doc *typeset.Document) error {
	file, err := File(ctx, doc)
	if err != nil {
		return err
	}
	if _, err := w.Write(file); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// File is Write that gives the file's bytes. It looks at ctx for each page, each
// font and every few hundred items and tags. One look is parted from the next by
// a picture at the most, or by the file as fpdf writes it.
func File(ctx context.Context, doc *typeset.Document) ([]byte, error) {
	file, err := draw(ctx, doc)
	if err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return file, nil
}

// lookEvery is the number of items, or of tags, after which ctx is looked at.
const lookEvery = 256

// draw makes the file: the pages first, then the fonts, tags and links that
// they asked for.
func draw(ctx context.Context, doc *typeset.Document) ([]byte, error) {
	if err := check(doc); err != nil {
		return nil, err
	}
	d := newDrawer(doc)
	for i := range doc.Pages {
		if err := d.page(ctx, i); err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	shell, err := d.shell.close()
	if err != nil {
		return nil, err
	}
	parts, err := split(shell, len(doc.Pages))
	if err != nil {
		return nil, err
	}
	return d.finish(ctx, parts)
}

// The sides of a page that a PDF reader can show: 3 to 14400 units (ISO 32000-1
// annex C.2).
const (
	leastSide = 3 * typeset.Point
	mostSide  = 14400 * typeset.Point
)

// check refuses a document that could not be drawn whole.
func check(doc *typeset.Document) error {
	if doc == nil || len(doc.Pages) == 0 {
		return errors.New("the document has no pages")
	}
	for i := range doc.Pages {
		page := &doc.Pages[i]
		if s := page.Size; min(s.W, s.H) < leastSide || max(s.W, s.H) > mostSide {
			return fmt.Errorf("page %d: %s × %s pt is no page size: sides are 3 to 14400 pt", i+1, s.W, s.H)
		}
		for j := range page.Items {
			if err := checkItem(&page.Items[j], len(doc.Blocks)); err != nil {
				return fmt.Errorf("page %d: item %d: %w", i+1, j, err)
			}
		}
	}
	if err := checkClaims(doc); err != nil {
		return err
	}
	for _, e := range doc.Outline {
		if e.Page < 0 || e.Page >= len(doc.Pages) {
			return fmt.Errorf("outline entry %q is on page %d of %d", e.Title, e.Page+1, len(doc.Pages))
		}
	}
	return nil
}

func checkItem(item *typeset.Placed, blocks int) error {
	switch {
	case item.Block >= blocks:
		return fmt.Errorf("it belongs to block %d of %d", item.Block, blocks)
	case item.Kind == typeset.PlacedRun && (item.Run == nil || item.Run.Face == nil || item.Run.Size <= 0):
		return errors.New("a run without text, face or size")
	case item.Kind == typeset.PlacedImage && item.Image == nil:
		return errors.New("a picture without bytes")
	case item.Kind > typeset.PlacedLink:
		return fmt.Errorf("kind %d is not known", item.Kind)
	}
	return nil
}
