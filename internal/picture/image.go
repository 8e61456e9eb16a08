package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"offprint/typeset"
)

// Image gives a picture's pixels as stored: its orientation is not applied. The
// size in the file's header is held against that of the picture before a pixel
// is decoded. The error is [ErrDamaged].
func Image(p *typeset.Picture) (image.Image, error) {
	m, err := pixels(p)
	if err != nil {
		return nil, fmt.Errorf("decode picture: %w", err)
	}
	return m, nil
}

func pixels(p *typeset.Picture) (image.Image, error) {
	config, decode := jpeg.DecodeConfig, jpeg.Decode
	switch p.Encoding {
	case typeset.JPEG:
	case typeset.PNG:
		config, decode = png.DecodeConfig, png.Decode
	default:
		return nil, fmt.Errorf("%w: encoding %q is not known", ErrDamaged, p.Encoding)
	}
	header, err := config(bytes.NewReader(p.Bytes))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if header.Width != p.W || header.Height != p.H {
		return nil, fmt.Errorf("%w: it has %d × %d pixels, not %d × %d", ErrDamaged, header.Width, header.Height, p.W, p.H)
	}
	m, err := decode(bytes.NewReader(p.Bytes))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return m, nil
}
