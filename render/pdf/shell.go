package pdf

import (
	"bytes"
	"crypto/sha256"
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
	options := fpdf.ImageOptions{ImageType: string(p.Encoding)}
	info := s.pdf.RegisterImageOptionsReader(name, options, bytes.NewReader(p.Bytes))
	if err := s.pdf.Error(); err != nil {
		return "", err
	}
	if int(info.Width()) != p.W || int(info.Height()) != p.H {
		return "", fmt.Errorf("its bytes are of a picture of %.0f × %.0f pixels, not %d × %d",
			info.Width(), info.Height(), p.W, p.H)
	}
	s.known[name] = true
	return name, nil
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
