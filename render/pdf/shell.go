package pdf

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"offprint/typeset"
)

// shell is the file that fpdf makes: pages, their content streams and the
// pictures. fpdf panics on some input; every call that reads data is guarded.
type shell struct {
	pdf      *fpdf.Fpdf
	pictures map[*typeset.Picture]string // the names fpdf has them by
	known    map[string]bool
}

func newShell(size typeset.PaperSize) *shell {
	p := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: sizeOf(size)})
	p.SetAutoPageBreak(false, 0)
	p.SetCompression(false) // the finisher does it, with one compressor for all
	p.SetCatalogSort(true)
	return &shell{pdf: p, pictures: map[*typeset.Picture]string{}, known: map[string]bool{}}
}

func sizeOf(size typeset.PaperSize) fpdf.SizeType {
	return fpdf.SizeType{Wd: size.W.Points(), Ht: size.H.Points()}
}

// page begins the next page.
func (s *shell) page(size typeset.PaperSize) { s.pdf.AddPageFormat("P", sizeOf(size)) }

// raw adds operators to the page's content stream.
func (s *shell) raw(content []byte) { s.pdf.RawWriteBuf(bytes.NewReader(content)) }

// picture draws a picture so that its upright form fills the box whose lower
// left corner, in PDF co-ordinates, is x, y. Equal bytes are embedded once.
func (s *shell) picture(p *typeset.Picture, x, y, w, h typeset.Length) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("fpdf cannot read it: %v", r)
		}
	}()
	name, ok := s.pictures[p]
	if !ok {
		if name, err = s.register(p); err != nil {
			return err
		}
		s.pictures[p] = name
	}
	s.pdf.TransformBegin()
	s.pdf.Transform(upright(p.Orientation, x.Points(), y.Points(), w.Points(), h.Points()))
	_, height := s.pdf.GetPageSize()
	s.pdf.ImageOptions(name, 0, height-1, 1, 1, false, fpdf.ImageOptions{}, 0, "")
	s.pdf.TransformEnd()
	return s.pdf.Error()
}

func (s *shell) register(p *typeset.Picture) (name string, err error) {
	if err := checkPicture(p); err != nil {
		return "", err
	}
	sum := sha256.Sum256(p.Bytes)
	name = string(sum[:])
	if s.known[name] {
		return name, nil
	}
	info := s.pdf.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: string(p.Encoding)}, bytes.NewReader(p.Bytes))
	if err := s.pdf.Error(); err != nil {
		return "", err
	}
	if int(info.Width()) != p.W || int(info.Height()) != p.H {
		return "", fmt.Errorf("its bytes are of a picture of %.0f × %.0f pixels, not %d × %d", info.Width(), info.Height(), p.W, p.H)
	}
	s.known[name] = true
	return name, nil
}

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
		const header = "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
		b := p.Bytes
		if len(b) < len(header)+13 || string(b[:len(header)]) != header {
			return errors.New("it is not a PNG")
		}
		ihdr := b[len(header):]
		if depth, kind, interlace := ihdr[8], ihdr[9], ihdr[12]; depth != 8 || kind != 0 && kind != 2 || interlace != 0 {
			return fmt.Errorf("a PNG must have 8 bits, grey or RGB, and no interlace; this has %d bits, colour type %d, interlace %d", depth, kind, interlace)
		}
		return nil
	}
	return fmt.Errorf("encoding %q cannot be drawn", p.Encoding)
}

// close ends the file and gives its bytes.
func (s *shell) close() (file []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("close fpdf's file: %v", r)
		}
	}()
	var out bytes.Buffer
	if err := s.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("close fpdf's file: %w", err)
	}
	return out.Bytes(), nil
}
