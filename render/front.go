package render

import (
	"strings"

	"offprint/article"
	"offprint/typeset"
)

// front makes the blocks over the body: headline, standfirst, byline and date,
// author note. All go across the columns.
func (c *compositor) front(a *article.Article) {
	c.headline(a)
	c.standfirst(a)
	c.byline(a)
	c.authorNote(a)
}

func (c *compositor) headline(a *article.Article) {
	st := c.sheet.style(typeset.RoleHeadline)
	st.Measure, st.KeepWithNext, st.KeepTogether = c.sheet.full, 1, true
	c.addText(typeset.RoleHeadline, st, a.Title, typeset.Source{Field: "title"})
}

func (c *compositor) standfirst(a *article.Article) {
	st := c.sheet.style(typeset.RoleStandfirst)
	st.Measure, st.KeepWithNext = c.sheet.full, 1
	c.addText(typeset.RoleStandfirst, st, a.Subtitle, typeset.Source{Field: "subtitle"})
}

// byline sets authors, source and date in one line: 陈思远　2025-07-21 10:45:19.
// Who edited or translated the article has the role before the name.
func (c *compositor) byline(a *article.Article) {
	parts := a.Credits(c.sheet.words.BylineJoin)
	if date := a.Published.Dateline(); date != "" {
		parts = append(parts, date)
	}
	st := c.sheet.style(typeset.RoleByline)
	st.Measure, st.KeepWithNext = c.sheet.full, 1
	c.addText(typeset.RoleByline, st, strings.Join(parts, article.CreditGap), typeset.Source{Field: "authors"})
}

// authorNote sets what the page says of its authors, in one tinted box.
func (c *compositor) authorNote(a *article.Article) {
	var notes []typeset.Block
	st := c.sheet.style(typeset.RoleBio)
	pad := typeset.Points(c.sheet.design.Furniture.BoxPadPt)
	after := st.After
	st.Measure, st.After, st.Before = c.sheet.full-2*pad, 0, 0
	st.Left = pad
	for i, author := range a.Authors {
		for _, paragraph := range strings.Split(author.Bio, "\n") {
			if paragraph == "" {
				continue
			}
			if len(notes) == 0 {
				label := st
				label.KeepWithNext, label.Align = 1, typeset.Left
				notes = append(notes, typeset.Block{
					Role: typeset.RoleBio, Style: label, Spans: c.text(c.sheet.words.Bio, label, true),
				})
			}
			notes = append(notes, typeset.Block{
				Role: typeset.RoleBio, Style: st, Spans: live(c.text(paragraph, st, false)),
				Source: typeset.Source{Field: "authors", Index: i},
			})
		}
	}
	if len(notes) == 0 {
		return
	}
	c.boxes++
	for i := range notes {
		notes[i].Across = true
		notes[i].Decor = typeset.Decor{Box: c.boxes, Tint: c.sheet.colour("tint"), Pad: pad}
	}
	notes[0].Style.Before = pad
	notes[len(notes)-1].Style.After = pad + after
	c.blocks = append(c.blocks, notes...)
}

// addText adds a block of plain text that goes across the columns.
func (c *compositor) addText(role typeset.Role, st typeset.Style, text string, from typeset.Source) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	c.add(typeset.Block{Role: role, Style: st, Spans: c.text(text, st, c.sheet.bold(role)), Source: from, Across: true})
}
