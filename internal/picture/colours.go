package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/draw"
	"io"

	"offprint/internal/imageformat"
)

// profileOf finds the colour profile of a file that is not a JPEG: iCCP of a PNG (PNG 3
// §11.3.2.3), ICCP of a WebP (RFC 9649 §2.7.1.4). It gives nil where colours are sRGB.
func profileOf(kind kind, data []byte) *profile {
	var icc []byte
	switch string(kind) {
	case imageformat.PNG:
		const signature, crc = 8, 4
		icc = unpackProfile(chunk(data[signature:], "iCCP", binary.BigEndian, false, crc))
	case imageformat.WebP:
		icc = chunk(data[riffHeader:], "ICCP", binary.LittleEndian, true, 0)
	}
	return unlike(readProfile(icc))
}

// unlike gives the profile unless its colours are those of sRGB.
func unlike(p *profile) *profile {
	if p == nil || p.plain() {
		return nil
	}
	return p
}

// unpackProfile unpacks the body of an iCCP chunk: a name, 0, a method, and data.
func unpackProfile(body []byte) []byte {
	_, packed, found := bytes.Cut(body, []byte{0})
	if !found || len(packed) < 1 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err != nil {
		return nil
	}
	const most = 4 << 20 // a CMYK profile has a megabyte or two
	icc, err := io.ReadAll(io.LimitReader(r, most))
	if err != nil {
		return nil
	}
	return icc
}

// asSRGB gives an image in the colours of sRGB. ended, unless it is nil, is asked at
// each row whether to go on.
func (p *profile) asSRGB(m image.Image, ended func() error) (image.Image, error) {
	ink, isInk := m.(*image.CMYK)
	if p == nil || isInk != (p.inks != nil) {
		return m, nil
	}
	b := m.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	var last [4]uint8
	var turned [3]uint8
	known := false
	for y := range b.Dy() {
		if ended != nil {
			if err := ended(); err != nil {
				return nil, err
			}
		}
		row := out.Pix[y*out.Stride : y*out.Stride+4*b.Dx()]
		if isInk {
			copy(row, ink.Pix[y*ink.Stride:])
		} else {
			readRow(out, m, y)
		}
		for at := 0; at < len(row); at += 4 {
			pixel := [4]uint8(row[at:])
			if !isInk {
				pixel[3] = 0 // how clear it is changes no colour
			}
			if !known || pixel != last {
				last, known = pixel, true
				if isInk {
					turned = p.inks.rgb(pixel)
				} else {
					turned = p.rgb([3]uint8(pixel[:]))
				}
			}
			copy(row[at:], turned[:])
			if isInk {
				row[at+3] = 0xFF
			}
		}
	}
	return out, nil
}

// readRow copies a row of an image into the same row of another. What is opaque goes by
// package draw's quick way, for which it passes as premultiplied.
func readRow(out *image.NRGBA, m image.Image, y int) {
	b := m.Bounds()
	row := image.Rect(0, y, b.Dx(), y+1)
	from := image.Pt(b.Min.X, b.Min.Y+y)
	switch m := m.(type) {
	case *image.NRGBA:
		copy(out.Pix[y*out.Stride:(y+1)*out.Stride], m.Pix[m.PixOffset(from.X, from.Y):])
	case *image.YCbCr, *image.Gray:
		opaque := image.RGBA{Pix: out.Pix, Stride: out.Stride, Rect: out.Rect}
		draw.Draw(&opaque, row, m, from, draw.Src)
	default:
		draw.Draw(out, row, m, from, draw.Src)
	}
}
