package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"offprint/typeset"
)

// upright gives the matrix that draws a picture, stored with an EXIF
// orientation, upright into a box (Exif 2.32, tag 0x0112: the number says where
// the first row and the first column of the pixels belong).
func upright(orientation int, x, y, w, h float64) fpdf.TransformMatrix {
	switch orientation {
	case 2: // top, right
		return fpdf.TransformMatrix{A: -w, D: h, E: x + w, F: y}
	case 3: // bottom, right
		return fpdf.TransformMatrix{A: -w, D: -h, E: x + w, F: y + h}
	case 4: // bottom, left
		return fpdf.TransformMatrix{A: w, D: -h, E: x, F: y + h}
	case 5: // left, top
		return fpdf.TransformMatrix{B: -h, C: -w, E: x + w, F: y + h}
	case 6: // right, top
		return fpdf.TransformMatrix{B: -h, C: w, E: x, F: y + h}
	case 7: // right, bottom
		return fpdf.TransformMatrix{B: h, C: w, E: x, F: y}
	case 8: // left, bottom
		return fpdf.TransformMatrix{B: h, C: -w, E: x + w, F: y}
	}
	return fpdf.TransformMatrix{A: w, D: h, E: x, F: y} // 1: top, left
}

// mostPixels bounds what is handed to fpdf, which believes a picture's header.
const mostPixels = 100_000_000

// checkPicture refuses what fpdf would draw wrongly: internal/picture makes
// nothing of the kind.
func checkPicture(p *typeset.Picture) error {
	if p.W <= 0 || p.H <= 0 || p.W > mostPixels/p.H {
		return fmt.Errorf("%d × %d pixels cannot be drawn", p.W, p.H)
	}
	switch p.Encoding {
	case typeset.JPEG:
		return nil // fpdf refuses what is neither grey nor YCbCr nor CMYK
	case typeset.PNG:
		return checkPNG(p.Bytes)
	}
	return fmt.Errorf("encoding %q cannot be drawn", p.Encoding)
}

// checkPNG walks the chunks (PNG 3 §5). fpdf takes what a header says without
// looking, stops at the first empty chunk, and draws colour type 3 and alpha in
// ways of its own.
func checkPNG(b []byte) error {
	const signature, header = "\x89PNG\r\n\x1a\n", "\x00\x00\x00\x0dIHDR"
	rest, ok := bytes.CutPrefix(b, []byte(signature+header))
	if !ok || len(rest) < 13 {
		return errors.New("it is not a PNG")
	}
	if depth, kind, interlace := rest[8], rest[9], rest[12]; depth != 8 || kind != 0 && kind != 2 || interlace != 0 {
		return fmt.Errorf("a PNG must have 8 bits, grey or RGB, and no interlace; "+
			"this has %d bits, colour type %d, interlace %d", depth, kind, interlace)
	}
	const around = 12 // length, name and check sum of a chunk
	for at := len(signature); at+around <= len(b); {
		n := int64(binary.BigEndian.Uint32(b[at:]))
		switch kind := string(b[at+4 : at+8]); {
		case n == 0 && kind == "IEND":
			return nil
		case n == 0 || n > int64(len(b)-at-around):
			return fmt.Errorf("chunk %q of the PNG at byte %d has %d bytes", kind, at, n)
		case kind == "tRNS":
			return errors.New("a PNG must be opaque")
		default:
			at += around + int(n)
		}
	}
	return errors.New("the PNG is cut off")
}
