package render

import (
	"strconv"
	"strings"

	"offprint/article"
	"offprint/typeset"
	"offprint/typeset/linebreak"
)

// body makes the blocks of the article's own blocks.
func (c *compositor) body(a *article.Article) {
	for i := 0; i < len(a.Blocks) && c.ctx.Err() == nil; i++ {
		b, from := &a.Blocks[i], typeset.Source{Field: "blocks", Index: i}
		if i+1 < len(a.Blocks) && namesTable(b, &a.Blocks[i+1]) {
			caption := c.tableCaption(b, from)
			i++
			c.table(&a.Blocks[i], typeset.Source{Field: "blocks", Index: i}, caption)
			continue
		}
		c.block(b, from, c.sheet.style(typeset.RoleBody), typeset.RoleBody)
	}
}

// block makes one block. st and role are those of the paragraphs it has.
func (c *compositor) block(b *article.Block, from typeset.Source, st typeset.Style, role typeset.Role) {
	switch b.Kind {
	case article.Paragraph:
		c.addSpans(role, st, c.spans(b, st, false), from)
	case article.Heading:
		c.heading(b, from)
	case article.Figure:
		c.figure(b.Image, from)
	case article.List:
		c.list(b, from, 1)
	case article.Quote:
		c.quote(b, from)
	case article.Table:
		c.table(b, from, nil)
	case article.Pre:
		pre := c.sheet.style(typeset.RolePre)
		c.addSpans(typeset.RolePre, pre, c.text(b.Text, pre, false), from)
	case article.Rule:
		c.thematicBreak(from)
	case article.Embed:
		c.embed(b, from)
	}
}

func (c *compositor) addSpans(role typeset.Role, st typeset.Style, spans []typeset.Span, from typeset.Source) {
	if len(spans) > 0 {
		c.add(typeset.Block{Role: role, Style: st, Spans: live(spans), Source: from})
	}
}

// heading sets a section head. Heads below the third level take the body's size.
func (c *compositor) heading(b *article.Block, from typeset.Source) {
	st := c.sheet.style(typeset.RoleHeading)
	st.KeepTogether = true
	if b.Level > 3 {
		st.Size = c.sheet.size
	}
	spans := c.spans(b, st, c.sheet.bold(typeset.RoleHeading))
	if len(spans) > 0 {
		c.add(typeset.Block{Role: typeset.RoleHeading, Style: st, Spans: spans, Source: from, Level: max(2, b.Level)})
	}
}

// list sets a list: its items hang by listIndent, with their mark in the
// indent.
func (c *compositor) list(b *article.Block, from typeset.Source, depth int) {
	st := c.sheet.style(typeset.RoleListItem)
	st.Left = c.listIndent(b, st, depth)
	st.Measure = c.sheet.measure - st.Left
	for n, item := range b.Items {
		if c.ctx.Err() != nil {
			return
		}
		first := len(c.blocks)
		for i := range item {
			if item[i].Kind == article.List {
				c.list(&item[i], from, depth+1)
				continue
			}
			c.block(&item[i], from, st, typeset.RoleListItem)
		}
		if first < len(c.blocks) && c.blocks[first].Role == typeset.RoleListItem && c.blocks[first].Level == 0 {
			c.blocks[first].Marker = c.text(listMark(b, n), st, false)
		}
		for i := first; i < len(c.blocks); i++ {
			c.blocks[i].Level = max(c.blocks[i].Level, depth)
		}
	}
}

// listMark is what stands in the indent before item n of a list.
func listMark(b *article.Block, n int) string {
	if b.Ordered {
		return strconv.Itoa(b.Number(n)) + "."
	}
	return "•"
}

// listIndent is how far a list's items hang: the design's indent for each level,
// or more where its widest mark needs it, but never so far that less than half of
// the measure is left.
func (c *compositor) listIndent(b *article.Block, st typeset.Style, depth int) typeset.Length {
	step := st.Left
	for _, n := range []int{0, len(b.Items) - 1} { // a list may count down
		mark := typeset.Block{Style: st, Spans: c.text(listMark(b, n), st, false)}
		step = max(step, c.sheet.fullEms(linebreak.Natural(c.ctx, &mark)+st.Size/2))
	}
	return min(st.Left.Scale(int64(depth-1), 1)+step, c.sheet.fullEms(c.sheet.measure/2))
}

// quote sets a quotation, inset, with a bar down its side.
func (c *compositor) quote(b *article.Block, from typeset.Source) {
	st := c.sheet.style(typeset.RoleQuote)
	before, after := st.Before, st.After
	st.Before, st.After = 0, 0
	first := len(c.blocks)
	for _, item := range b.Items {
		for i := range item {
			c.block(&item[i], from, st, typeset.RoleQuote)
		}
	}
	if first == len(c.blocks) {
		return
	}
	right := c.sheet.measure - st.Left - st.Measure
	for i := first; i < len(c.blocks); i++ {
		b := &c.blocks[i]
		switch b.Role {
		case typeset.RoleListItem, typeset.RolePre:
			c.inset(b, st.Left, right)
			fallthrough
		case typeset.RoleQuote:
			c.bar(b, st.Left)
		}
	}
	c.blocks[first].Style.Before += before
	c.blocks[len(c.blocks)-1].Style.After += after
}

// inset moves a block's lines in by left and right, but leaves them a third of
// the measure.
func (c *compositor) inset(b *typeset.Block, left, right typeset.Length) {
	room := max(0, b.Style.Measure-c.sheet.fullEms(c.sheet.measure/3))
	left = min(left, room)
	b.Style.Left += left
	b.Style.Measure -= left + min(right, room-left)
}

// bar draws the line down the side of a quotation that is set in by left. A block
// that is set in further has it at the same place.
func (c *compositor) bar(b *typeset.Block, left typeset.Length) {
	b.Decor.Bar, b.Decor.Colour = typeset.Points(c.sheet.design.Furniture.BarPt), c.sheet.colour("accent")
	b.Decor.Pad = b.Style.Left - left + c.sheet.size
}

// thematicBreak is a short centred line.
func (c *compositor) thematicBreak(from typeset.Source) {
	st := c.sheet.style(typeset.RoleBody)
	w := c.sheet.ems(c.sheet.design.Furniture.BreakEm)
	c.add(typeset.Block{
		Role: typeset.RoleBody, Style: st, Source: from, Height: c.sheet.leading,
		Drawing: []typeset.Mark{{
			At: typeset.Position{X: (c.sheet.measure - w) / 2, Y: c.sheet.leading / 2},
			W:  w, H: typeset.Points(c.sheet.design.Furniture.ThinRulePt), Colour: c.sheet.colour("line"),
		}},
	})
}

// embed sets a video, map or post as a link in words.
func (c *compositor) embed(b *article.Block, from typeset.Source) {
	text := strings.TrimSpace(b.Text)
	if text == "" {
		text = c.sheet.words.Embed
	}
	st := c.sheet.style(typeset.RoleBody)
	st.Align = typeset.Left
	spans := c.text(text+" ", st, false)
	if b.URL != "" {
		spans = append(spans, c.link(b.URL, b.URL, st))
	}
	c.addSpans(typeset.RoleBody, st, spans, from)
}
