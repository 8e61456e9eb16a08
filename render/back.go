package render

import (
	"offprint/article"
	"offprint/internal/qr"
	"offprint/typeset"
)

// back makes the blocks under the body: the disclaimer, and the article's
// address with its QR code.
func (c *compositor) back(a *article.Article) {
	for i, text := range a.Disclaimer {
		st := c.sheet.style(typeset.RoleDisclaimer)
		b := typeset.Block{
			Role: typeset.RoleDisclaimer, Style: st, Spans: live(c.text(text, st, false)),
			Source: typeset.Source{Field: "disclaimer", Index: i},
		}
		if i == 0 {
			c.ruleAbove(&b)
		} else {
			b.Style.Before = 0
		}
		c.add(b)
	}
	c.source(a)
}

// ruleAbove draws a thin line over a block and doubles the white above the
// block, so that as much of it stands on either side of the line.
func (c *compositor) ruleAbove(b *typeset.Block) {
	b.Decor.Above = typeset.Points(c.sheet.design.Furniture.ThinRulePt)
	b.Decor.Colour = c.sheet.colour("line")
	b.Style.Before *= 2
}

// source sets the article's address beside its QR code.
func (c *compositor) source(a *article.Article) {
	address := a.Address()
	if address == "" {
		return
	}
	from := typeset.Source{Field: "canonical"}
	st := c.sheet.style(typeset.RoleSource)
	st.KeepTogether = true
	b := typeset.Block{Role: typeset.RoleSource, Style: st, Source: from}
	if len(a.Disclaimer) == 0 {
		c.ruleAbove(&b)
	}
	if matrix, err := qr.Encode(address); err != nil {
		c.warn("qr-left-out", "no QR code of the address: "+err.Error(), from)
	} else {
		side := typeset.Millimetres(c.sheet.design.Furniture.QRMM)
		module := side / typeset.Length(matrix.Size)
		quiet := module * qr.QuietZone
		b.Drawing = drawQR(matrix, module, c.sheet.colour("text"))
		b.Style.Left = side + quiet
		b.Style.Measure = c.sheet.measure - b.Style.Left
		b.Height = side + quiet
	}
	label := st
	label.Colour = c.sheet.colour("muted")
	b.Spans = append(c.text(c.sheet.words.Source+"\n", label, true), c.link(address, address, st))
	c.add(b)
}

// drawQR gives the dark modules of a code, those next to each other as one.
func drawQR(m *qr.Matrix, module typeset.Length, colour typeset.Colour) []typeset.Mark {
	var marks []typeset.Mark
	for y := range m.Size {
		for x := 0; x < m.Size; x++ {
			first := x
			for x < m.Size && m.Dark(x, y) {
				x++
			}
			if x > first {
				marks = append(marks, typeset.Mark{
					W: module * typeset.Length(x-first), H: module, Colour: colour,
					At: typeset.Position{X: module * typeset.Length(first), Y: module * typeset.Length(y)},
				})
			}
		}
	}
	return marks
}
