package png

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"offprint/internal/picture"
	"offprint/typeset"
)

// The box that stands for a picture that cannot be drawn.
var (
	brokenFill = color.RGBA{R: 0xF2, G: 0xF2, B: 0xF2, A: 0xFF}
	brokenEdge = color.RGBA{R: 0x99, G: 0x99, B: 0x99, A: 0xFF}
)

// mostSource bounds the pixels of a picture that is decoded: as many as may be
// fetched.
const mostSource = 50_000_000

// picture draws a picture upright into its box, or a grey box if it cannot.
func (p *painter) picture(item *typeset.Placed) {
	b := p.boxOf(item)
	if b.pixels(p.page.Rect).Empty() {
		return
	}
	if p.scaled(item.Image, b) != nil {
		p.broken(b.pixels(p.page.Rect))
	}
}

// scaled draws a picture into a box whose edges are taken to whole pixels.
func (p *painter) scaled(pic *typeset.Picture, b box) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("decode picture: %v", r)
		}
	}()
	if pic.W <= 0 || pic.H <= 0 || pic.W > mostSource/pic.H {
		return fmt.Errorf("%d × %d pixels cannot be decoded", pic.W, pic.H)
	}
	to, err := b.nearest()
	if err != nil || to.Empty() { // thinner than half a pixel
		return err
	}
	from, err := picture.Image(pic)
	if err != nil {
		return err
	}
	size := to.Size()
	if pic.Orientation >= 5 && pic.Orientation <= 8 {
		size.X, size.Y = size.Y, size.X
	}
	scaled, err := scale(p.ctx, from, size.X, size.Y)
	if err != nil {
		return err
	}
	p.turned(scaled, to, pic.Orientation)
	return nil
}

// mostWide bounds the sides of a picture, in pixels: the longest page at the
// highest resolution.
const mostWide = 240_000

// nearest takes the edges of a box to whole pixels.
func (b box) nearest() (image.Rectangle, error) {
	if w, h := b.maxX-b.minX, b.maxY-b.minY; max(w, h) > mostWide || w*h > mostPixels {
		return image.Rectangle{}, fmt.Errorf("a picture of %.0f × %.0f pixels cannot be made", w, h)
	}
	whole := func(v float64) int { return int(math.Round(v)) }
	return image.Rect(whole(b.minX), whole(b.minY), whole(b.maxX), whole(b.maxY)), nil
}

// turned copies a picture of the right size to its place, turned upright by its
// EXIF orientation (Exif 2.32, tag 0x0112: the number says on which sides of
// the picture its first row and its first column are).
func (p *painter) turned(m *image.RGBA, to image.Rectangle, orientation int) {
	right, low := m.Rect.Dx()-1, m.Rect.Dy()-1
	seen := to.Intersect(p.page.Rect)
	for py := seen.Min.Y; py < seen.Max.Y; py++ {
		for px := seen.Min.X; px < seen.Max.X; px++ {
			x, y := px-to.Min.X, py-to.Min.Y
			switch orientation {
			case 2: // top, right
				x = right - x
			case 3: // bottom, right
				x, y = right-x, low-y
			case 4: // bottom, left
				y = low - y
			case 5: // left, top
				x, y = y, x
			case 6: // right, top
				x, y = y, low-x
			case 7: // right, bottom
				x, y = right-y, low-x
			case 8: // left, bottom
				x, y = right-y, x
			}
			p.page.SetRGBA(px, py, m.RGBAAt(x, y))
		}
	}
}

// broken draws the box that stands for a picture.
func (p *painter) broken(r image.Rectangle) {
	frame(p.page, r, brokenEdge)
	draw.Draw(p.page, r.Inset(1), image.NewUniform(brokenFill), image.Point{}, draw.Src)
}

// frame draws a line of one pixel along the inside of a rectangle.
func frame(m *image.RGBA, r image.Rectangle, c color.RGBA) {
	line := image.NewUniform(c)
	for _, side := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+1)},
		{image.Pt(r.Min.X, r.Max.Y-1), r.Max},
		{r.Min, image.Pt(r.Min.X+1, r.Max.Y)},
		{image.Pt(r.Max.X-1, r.Min.Y), r.Max},
	} {
		draw.Draw(m, side, line, image.Point{}, draw.Src)
	}
}
