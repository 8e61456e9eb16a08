package png

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"math"

	"offprint/typeset"
)

// The widths of a thumbnail, in pixels.
const (
	LeastThumbnail = 32
	MostThumbnail  = 2000
)

// thumbnailEdge is the colour of the line that parts the page from its
// background, white or black.
var thumbnailEdge = color.RGBA{R: 0xBF, G: 0xBF, B: 0xBF, A: 0xFF}

// Thumbnail gives the first page as a PNG file, widthPx pixels wide, with a
// thin grey line around it. It fails on a width outside [LeastThumbnail] to
// [MostThumbnail], and as [Draw] does.
func Thumbnail(ctx context.Context, doc *typeset.Document, widthPx int) ([]byte, error) {
	file, err := thumbnail(ctx, doc, widthPx)
	if err != nil {
		return nil, fmt.Errorf("draw thumbnail: %w", err)
	}
	return file, nil
}

func thumbnail(ctx context.Context, doc *typeset.Document, widthPx int) ([]byte, error) {
	if widthPx < LeastThumbnail || widthPx > MostThumbnail {
		return nil, fmt.Errorf("%d pixels are no width: choose %d to %d", widthPx, LeastThumbnail, MostThumbnail)
	}
	page, err := pageOf(doc, 0)
	if err != nil {
		return nil, err
	}
	scale := float64(widthPx) / page.Size.W.Points()
	height := max(1, int(math.Round(page.Size.H.Points()*scale)))
	m, err := paint(ctx, page, scale, widthPx, height)
	if err != nil {
		return nil, err
	}
	frame(m, m.Rect, thumbnailEdge)
	var b bytes.Buffer
	if err := encode(&b, m, scale*72); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
