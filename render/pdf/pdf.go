package pdf

import (
	"errors"
	"fmt"
	"io"

	"offprint/typeset"
)

// Write draws the document as a tagged PDF and writes it to w in one piece.
// Equal documents give equal bytes. Nothing is written unless the whole
// document could be drawn. Many goroutines may write at once.
func Write(w io.Writer, doc *typeset.Document) error {
	file, err := draw(doc)
	if err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	if _, err := w.Write(file); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// draw makes the file: the pages first, then the fonts, tags and links that
// they asked for.
func draw(doc *typeset.Document) ([]byte, error) {
	if err := check(doc); err != nil {
		return nil, err
	}
	d := newDrawer(doc)
	for i := range doc.Pages {
		if err := d.page(i); err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	shell, err := d.shell.close()
	if err != nil {
		return nil, err
	}
	parts, err := split(shell, len(doc.Pages))
	if err != nil {
		return nil, err
	}
	return d.finish(parts)
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
