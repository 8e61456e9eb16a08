package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"offprint/fonts/noto"
	"offprint/typeset"
)

// chain has characters of both Chinas and some beyond U+FFFF.
var chain = typeset.Chain{noto.Face("Noto Sans SC", noto.Regular), noto.Face("Noto Sans HK", noto.Regular)}

// composer sets small documents by hand: as many characters a line as fit, the
// rest of the measure shared among them.
type composer struct {
	doc     *typeset.Document
	measure typeset.Length
	size    typeset.Length
	y       typeset.Length
	font    typeset.Chain
}

var a4 = typeset.PaperSize{W: typeset.Millimetres(210), H: typeset.Millimetres(297)}

func compose() *composer {
	c := &composer{
		doc:  &typeset.Document{Lang: "zh-Hans", Title: "测试", Producer: "offprint test"},
		size: typeset.Points(10.5), measure: typeset.Points(10.5 * 36), font: chain,
	}
	c.page()
	return c
}

func (c *composer) page() *typeset.Page {
	c.doc.Pages = append(c.doc.Pages, typeset.Page{Size: a4, Folio: len(c.doc.Pages) + 1})
	c.y = typeset.Points(72)
	return &c.doc.Pages[len(c.doc.Pages)-1]
}

func (c *composer) add(item typeset.Placed) {
	page := &c.doc.Pages[len(c.doc.Pages)-1]
	page.Items = append(page.Items, item)
}

// block begins a block and gives its index.
func (c *composer) block(role typeset.Role, level int) int {
	c.doc.Blocks = append(c.doc.Blocks, typeset.SetBlock{Block: typeset.Block{
		Role: role, Level: level,
		Style: typeset.Style{Lang: "zh-Hans"}, Source: typeset.Source{Field: "blocks", Index: len(c.doc.Blocks)},
	}})
	return len(c.doc.Blocks) - 1
}

// run sets text at its natural widths.
func (c *composer) run(text string) *typeset.Run {
	r := &typeset.Run{Size: c.size}
	for _, char := range text {
		face, id, ok := c.font.Find(char)
		if !ok {
			panic("no face has " + string(char))
		}
		if r.Face == nil {
			r.Face = face
		}
		if r.Face != face {
			panic("mixed faces: " + text)
		}
		w := r.Size.Scale(int64(face.Advance(id)), int64(face.UnitsPerEm()))
		r.Glyphs = append(r.Glyphs, typeset.Glyph{ID: id, Text: string(char), X: r.Width, Advance: w})
		r.Width += w
	}
	return r
}

// place puts a run of a block on the page.
func (c *composer) place(block int, r *typeset.Run, x typeset.Length) {
	role := typeset.RoleHead
	if block >= 0 {
		role = c.doc.Blocks[block].Role
	}
	at := typeset.Position{X: typeset.Points(108) + x, Y: c.y}
	c.add(typeset.Placed{Kind: typeset.PlacedRun, At: at, W: r.Width, Run: r, Block: block, Role: role})
	if r.Href != "" {
		c.add(typeset.Placed{
			Kind: typeset.PlacedLink, At: typeset.Position{X: at.X, Y: at.Y - r.Size}, W: r.Width, H: r.Size,
			Href: r.Href, Block: block, Role: role,
		})
	}
}

// feed goes to the next line, or page.
func (c *composer) feed() {
	c.y += c.size.Em(1750)
	if c.y > a4.H-typeset.Points(72) {
		c.page()
	}
}

// text sets a block of one face, justified but for its last line.
func (c *composer) text(role typeset.Role, level int, text string) int {
	block := c.block(role, level)
	rest := []rune(text)
	for len(rest) > 0 {
		n, width := 0, typeset.Length(0)
		for n < len(rest) {
			face, id, _ := c.font.Find(rest[n])
			w := c.size.Scale(int64(face.Advance(id)), int64(face.UnitsPerEm()))
			if width+w > c.measure {
				break
			}
			width, n = width+w, n+1
		}
		r := c.run(string(rest[:n]))
		if rest = rest[n:]; len(rest) > 0 && n > 1 {
			slack := c.measure - width
			for i := range r.Glyphs {
				r.Glyphs[i].X += slack.Scale(int64(i), int64(n-1))
			}
			r.Width = c.measure
		}
		c.place(block, r, 0)
		c.feed()
	}
	return block
}

// figure puts a picture, 100 pt high, on the page.
func (c *composer) figure(p *typeset.Picture, alt string) int {
	block := c.block(typeset.RoleFigure, 0)
	w, h := p.Upright()
	high := typeset.Points(100)
	c.add(typeset.Placed{
		Kind: typeset.PlacedImage, At: typeset.Position{X: typeset.Points(108), Y: c.y}, H: high,
		W: high.Scale(int64(w), int64(max(1, h))), Image: p, Alt: alt, Block: block, Role: typeset.RoleFigure,
	})
	c.y += high + c.size.Em(1750)
	return block
}

func write(t testing.TB, doc *typeset.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(t.Context(), &b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// corners is a picture with a colour in each corner: red, green, blue, white
// from the top left, clockwise.
func corners(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{A: 255}
			switch right, low := x >= w/2, y >= h/2; {
			case right && low:
				c.B = 255
			case right:
				c.G = 255
			case low:
				c.R, c.G, c.B = 255, 255, 255
			default:
				c.R = 255
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func jpegPicture(t testing.TB, m image.Image, orientation int) *typeset.Picture {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return &typeset.Picture{Encoding: typeset.JPEG, Bytes: b.Bytes(), W: m.Bounds().Dx(), H: m.Bounds().Dy(), Orientation: orientation}
}

func pngPicture(t testing.TB, m image.Image) *typeset.Picture {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return &typeset.Picture{Encoding: typeset.PNG, Bytes: b.Bytes(), W: m.Bounds().Dx(), H: m.Bounds().Dy(), Orientation: 1}
}
