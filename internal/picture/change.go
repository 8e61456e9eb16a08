package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"

	"offprint/typeset"
)

// Gray gives the picture without colour, in its own encoding; a picture that is
// grey already is given back as it is.
func Gray(p *typeset.Picture) (*typeset.Picture, error) {
	m, err := pixels(p)
	if err != nil {
		return nil, fmt.Errorf("turn picture grey: %w", err)
	}
	if _, ok := m.(*image.Gray); ok {
		return p, nil
	}
	var b bytes.Buffer
	if p.Encoding == typeset.PNG {
		err = writePNG(&b, luminance(m))
	} else {
		err = jpeg.Encode(&b, luminance(m), &jpeg.Options{Quality: photoQuality})
	}
	if err != nil {
		return nil, fmt.Errorf("turn picture grey: %w", err)
	}
	gray := *p
	gray.Bytes = b.Bytes()
	return &gray, nil
}

// Shrink gives the picture at most maxW × maxH pixels as it is seen upright, and
// encodes photographs with the JPEG quality given (1 to 100). A picture that
// would not get smaller, in bytes, is given back as it is.
func Shrink(p *typeset.Picture, maxW, maxH, quality int) (*typeset.Picture, error) {
	if maxW < 1 || maxH < 1 || quality < 1 || quality > 100 {
		return nil, fmt.Errorf("shrink picture: %d × %d pixels at quality %d cannot be made", maxW, maxH, quality)
	}
	m, err := pixels(p)
	if err != nil {
		return nil, fmt.Errorf("shrink picture: %w", err)
	}
	if p.Orientation >= 5 {
		maxW, maxH = maxH, maxW // of the pixels as stored
	}
	if w, h := within(p.W, p.H, maxW, maxH); w < p.W || h < p.H {
		small := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.CatmullRom.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
		m = small
	}
	small, err := pack(m, p.Orientation, quality)
	if err != nil {
		return nil, fmt.Errorf("shrink picture: %w", err)
	}
	if len(small.Bytes) >= len(p.Bytes) {
		return p, nil
	}
	return small, nil
}

// within scales a size to fit into another, keeping its proportions.
func within(w, h, maxW, maxH int) (int, int) {
	if w > maxW {
		w, h = maxW, max(1, (h*maxW+w/2)/w)
	}
	if h > maxH {
		w, h = max(1, (w*maxH+h/2)/h), maxH
	}
	return w, h
}
