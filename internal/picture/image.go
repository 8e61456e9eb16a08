package picture

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // the two that a typeset.Picture may be in
	_ "image/png"

	"offprint/typeset"
)

// Image gives a picture's pixels as stored: its orientation is not applied. The
// size in the file's header is held against that of the picture before a pixel
// is decoded. The error is [ErrDamaged].
func Image(p *typeset.Picture) (image.Image, error) {
	header, _, err := image.DecodeConfig(bytes.NewReader(p.Bytes))
	if err != nil {
		return nil, fmt.Errorf("decode picture: %w: %w", ErrDamaged, err)
	}
	if header.Width != p.W || header.Height != p.H {
		return nil, fmt.Errorf("decode picture: %w: it has %d × %d pixels, not %d × %d", ErrDamaged, header.Width, header.Height, p.W, p.H)
	}
	m, err := pixels(p)
	if err != nil {
		return nil, fmt.Errorf("decode picture: %w", err)
	}
	return m, nil
}
