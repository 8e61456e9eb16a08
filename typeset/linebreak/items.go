package linebreak

import "offprint/typeset"

// items writes the clusters, their white and the breaks between them as boxes,
// glue and penalties. A line may end at a penalty only, never at glue. A glue
// with a face is a space: its glyph is placed, so that it can be copied. A
// penalty with a width is a soft hyphen.
func (p *paragraph) items() []typeset.Item {
	out := make([]typeset.Item, 0, 3*len(p.all)+1)
	for i := range p.all {
		c := &p.all[i]
		if c.before != (white{}) {
			out = append(out, c.before.glue(c.span))
		}
		switch {
		case c.class == newline:
			out = append(out, p.penalty(i))
			continue
		case c.class == softHyphen:
			hyphen := p.penalty(i)
			hyphen.Width, hyphen.Face, hyphen.Glyph = c.width, c.face, c.glyph
			out = append(out, hyphen)
			continue
		case c.class == space && p.block.Role != typeset.RolePre, c.class == wideSpace:
			out = append(out, p.space(c))
		default:
			out = c.strut(out, c.lead)
			out = append(out, typeset.Item{
				Kind: typeset.BoxItem, Width: c.width, Face: c.face, Glyph: c.glyph, Shift: c.shift, Rise: c.rise,
				Span: c.span, Start: c.start, End: c.end,
			})
			out = c.strut(out, c.trail)
			if c.after != (white{}) {
				out = append(out, c.after.glue(c.span))
			}
		}
		if c.gap != (white{}) {
			out = append(out, c.gap.glue(c.span))
		}
		if p.breaks[i+1] != (opportunity{typeset.Forbidden, ruleUAX14}) {
			out = append(out, typeset.Item{
				Kind: typeset.PenaltyItem, Cost: p.breaks[i+1].cost, Rule: p.breaks[i+1].rule,
				Span: c.span, Start: c.end, End: c.end,
			})
		}
	}
	if last := out[len(out)-1]; last.Kind != typeset.PenaltyItem || last.Cost != typeset.Forced {
		end := int32(len(p.text))
		out = append(out, typeset.Item{
			Kind: typeset.PenaltyItem, Cost: typeset.Forced, Rule: ruleBlockEnd, Span: last.Span, Start: end, End: end,
		})
	}
	return out
}

// strut adds a box without a glyph, if it has a width.
func (c *cluster) strut(out []typeset.Item, width typeset.Length) []typeset.Item {
	if width == 0 {
		return out
	}
	return append(out, typeset.Item{Kind: typeset.BoxItem, Width: width, Span: c.span, Start: c.start, End: c.start})
}

// penalty is the item of cluster i itself, a newline or a soft hyphen.
func (p *paragraph) penalty(i int) typeset.Item {
	c, at := &p.all[i], p.breaks[i+1]
	return typeset.Item{Kind: typeset.PenaltyItem, Cost: at.cost, Rule: at.rule, Span: c.span, Start: c.start, End: c.end}
}

func (p *paragraph) space(c *cluster) typeset.Item {
	item := c.after.glue(c.span)
	item.Width += c.width
	item.Face, item.Glyph, item.Start, item.End = c.face, c.glyph, c.start, c.end
	return item
}

func (w white) glue(span int32) typeset.Item {
	return typeset.Item{
		Kind: typeset.GlueItem, Width: w.width, Stretch: w.stretch, Shrink: w.shrink,
		StretchRank: w.stretchRank, ShrinkRank: w.shrinkRank, Span: span,
	}
}
