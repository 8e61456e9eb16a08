package png

import (
	"errors"
	"fmt"

	"offprint/typeset"
)

// run draws the glyphs of a run whose origin is at a place of the page, each
// where it says that it stands.
func (p *painter) run(run *typeset.Run, at typeset.Position) error {
	if run == nil || run.Face == nil || run.Size <= 0 {
		return errors.New("a run without text, face or size")
	}
	colour := opaque(run.Colour)
	y := p.at(at.Y)
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		if g.ID == 0 { // .notdef is never drawn
			continue
		}
		s, err := p.shape(run, g.ID)
		if err != nil {
			return fmt.Errorf("%q: %w", g.Text, err)
		}
		p.drawShape(s, p.at(at.X+g.X), y, colour)
	}
	return nil
}

// glyphKey names a glyph as it is drawn on this page.
type glyphKey struct {
	face    typeset.Face
	id      typeset.GlyphID
	size    typeset.Length
	oblique bool
}

// shape gives a glyph's outline in pixels. Each is made once a page.
func (p *painter) shape(run *typeset.Run, id typeset.GlyphID) (*shape, error) {
	key := glyphKey{run.Face, id, run.Size, run.Oblique}
	if s, ok := p.shapes[key]; ok {
		return s, nil
	}
	em := run.Face.UnitsPerEm()
	if em <= 0 {
		return nil, fmt.Errorf("face %s has %d units to the em", run.Face.Name(), em)
	}
	t := tracer{unit: p.at(run.Size) / float64(em)}
	if run.Oblique {
		t.slant = slant
	}
	if err := run.Face.Outline(id, &t); err != nil {
		return nil, err
	}
	p.shapes[key] = &t.shape
	return &t.shape, nil
}
