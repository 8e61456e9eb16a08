package png

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"

	"offprint/typeset"
)

// painter draws the items of one page, in their order.
type painter struct {
	ctx   context.Context
	page  *image.RGBA
	scale float64 // pixels a point
	fill  filler

	shapes map[glyphKey]*shape

	// Rules of one colour that follow each other and are still to be filled. They
	// are filled as one, so that no seam shows between the modules of a QR code.
	rules  []typeset.Placed
	around box
}

func newPainter(ctx context.Context, scale float64, w, h int) *painter {
	page := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range page.Pix {
		page.Pix[i] = 0xFF
	}
	return &painter{ctx: ctx, page: page, scale: scale, fill: filler{page: page}, shapes: map[glyphKey]*shape{}}
}

func (p *painter) item(item *typeset.Placed) error {
	if item.Kind != typeset.PlacedRule {
		p.endRules()
	}
	switch item.Kind {
	case typeset.PlacedRun:
		if err := p.run(item.Run, item.At); err != nil {
			return fmt.Errorf("text: %w", err)
		}
	case typeset.PlacedRule:
		p.rule(item)
	case typeset.PlacedImage:
		if item.Image == nil {
			return errors.New("a picture without bytes")
		}
		p.picture(item)
	case typeset.PlacedLink:
		// A picture of a page has no live areas.
	default:
		return fmt.Errorf("kind %d is not known", item.Kind)
	}
	return nil
}

// at gives a length in pixels.
func (p *painter) at(l typeset.Length) float64 { return l.Points() * p.scale }

// boxOf gives an item's box in pixels.
func (p *painter) boxOf(item *typeset.Placed) box {
	return box{
		minX: p.at(item.At.X), minY: p.at(item.At.Y),
		maxX: p.at(item.At.X + item.W), maxY: p.at(item.At.Y + item.H),
	}
}

// mostTogether bounds the pixels of rules that are filled as one.
const mostTogether = 4_000_000

// rule notes a rule, to be filled with those of its colour around it.
func (p *painter) rule(item *typeset.Placed) {
	b := p.boxOf(item)
	if item.W <= 0 || item.H <= 0 || b.pixels(p.page.Rect).Empty() {
		return
	}
	if len(p.rules) > 0 {
		joined := p.around.join(b)
		if size := joined.pixels(p.page.Rect).Size(); item.Colour == p.rules[0].Colour && size.X*size.Y <= mostTogether {
			b = joined
		} else {
			p.endRules()
		}
	}
	p.rules = append(p.rules, *item)
	p.around = b
}

// endRules fills the rules that have been noted.
func (p *painter) endRules() {
	if len(p.rules) == 0 {
		return
	}
	p.fill.begin(p.around)
	for i := range p.rules {
		b := p.boxOf(&p.rules[i])
		p.fill.edge(b.minX, b.minY, b.minX, b.maxY)
		p.fill.edge(b.maxX, b.maxY, b.maxX, b.minY)
	}
	p.fill.end(opaque(p.rules[0].Colour))
	p.rules = p.rules[:0]
}

func opaque(c typeset.Colour) color.RGBA { return color.RGBA{R: c.R, G: c.G, B: c.B, A: 0xFF} }
