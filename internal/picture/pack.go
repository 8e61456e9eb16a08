package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"offprint/typeset"
)

// photoQuality is the JPEG quality of photographs that came as something else.
const photoQuality = 90

// pack lays an image on white and encodes it: as a JPEG of the given quality if
// it looks like a photograph, else as a PNG; grey images as grey.
//
// A photograph has more than 256 colours, and in fewer than two thirds of its
// pixels the same colour as the pixel to the left. Charts, screen shots and
// logos have more than that even where their letters are smoothed.
func pack(m image.Image, orientation, quality int) (*typeset.Picture, error) {
	flat := flatten(m)
	look := survey(flat)
	var packed image.Image = flat
	if look.grey {
		packed = toGray(flat)
	}
	size := flat.Bounds().Size()
	p := &typeset.Picture{W: size.X, H: size.Y, Orientation: orientation}
	var b bytes.Buffer
	var err error
	const jpegSide = 1<<16 - 1
	if look.photograph() && max(size.X, size.Y) <= jpegSide {
		p.Encoding = typeset.JPEG
		err = jpeg.Encode(&b, packed, &jpeg.Options{Quality: quality})
	} else {
		p.Encoding = typeset.PNG
		err = writePNG(&b, packed)
	}
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", p.Encoding, err)
	}
	p.Bytes = b.Bytes()
	return p, nil
}

// writePNG writes a drawing quickly: at the best speed a logo takes a fifth of
// the time of the default level and a few KB more.
func writePNG(w io.Writer, m image.Image) error {
	fast := png.Encoder{CompressionLevel: png.BestSpeed}
	return fast.Encode(w, m)
}

// flatten lays an image on white paper, 8 bits a channel.
func flatten(m image.Image) *image.RGBA {
	b := m.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), m, b.Min, draw.Over)
	return flat
}

// look is what an image is like.
type look struct {
	pixels, same int // all, and those like the one to their left
	colours      int // up to manyColours
	grey         bool
}

const manyColours = 257

// photograph reports whether the image looks like a photograph; pack says by what.
func (l look) photograph() bool { return l.colours >= manyColours && l.same < l.pixels/3*2 }

func survey(m *image.RGBA) look {
	l := look{pixels: len(m.Pix) / 4, grey: true}
	seen := make(map[[3]uint8]struct{}, manyColours)
	var last [3]uint8
	for i := 0; i+3 < len(m.Pix); i += 4 {
		c := [3]uint8(m.Pix[i : i+3])
		if c == last && i > 0 {
			l.same++
			continue
		}
		last = c
		if c[0] != c[1] || c[1] != c[2] {
			l.grey = false
		}
		if len(seen) < manyColours {
			seen[c] = struct{}{}
		}
	}
	l.colours = len(seen)
	if l.grey {
		// There are only 256 greys: half of them make a photograph.
		l.colours *= 2
	}
	return l
}

// toGray takes the red channel of an image whose channels are alike.
func toGray(m *image.RGBA) *image.Gray {
	gray := image.NewGray(m.Bounds())
	for i := range gray.Pix {
		gray.Pix[i] = m.Pix[4*i]
	}
	return gray
}

// luminance turns any opaque image grey (ITU-R BT.601, as JPEG's Y does).
func luminance(m image.Image) *image.Gray {
	b := m.Bounds()
	gray := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch m := m.(type) {
	case *image.Gray:
		for y := range b.Dy() {
			copy(gray.Pix[y*gray.Stride:(y+1)*gray.Stride], m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.YCbCr:
		for y := range b.Dy() {
			copy(gray.Pix[y*gray.Stride:(y+1)*gray.Stride], m.Y[m.YOffset(b.Min.X, b.Min.Y+y):])
		}
	default:
		for y := range b.Dy() {
			for x := range b.Dx() {
				gray.SetGray(x, y, color.GrayModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.Gray))
			}
		}
	}
	return gray
}
