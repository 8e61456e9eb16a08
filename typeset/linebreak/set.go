package linebreak

import (
	"context"

	"offprint/typeset"
)

// Set makes the lines of b, together with warnings about characters that no
// face has and lines that could not be set as the design asks. The error is that
// of ctx, which is looked at often enough that even a huge block is left off soon.
func Set(ctx context.Context, b typeset.Block) (typeset.SetBlock, []typeset.Warning, error) {
	warnings := Prepare(ctx, &b)
	lines := Break(ctx, &b)
	if err := ctx.Err(); err != nil {
		return typeset.SetBlock{}, nil, err
	}
	return typeset.SetBlock{Block: b, Lines: lines}, append(warnings, lineWarnings(&b, lines)...), nil
}

// Prepare fills b.Items from b.Spans. There are none if ctx ended meanwhile.
func Prepare(ctx context.Context, b *typeset.Block) []typeset.Warning {
	p := newParagraph(ctx, b)
	if len(p.all) == 0 {
		b.Items = nil
		return nil
	}
	p.setReadings()
	for i := range rules {
		if ctx.Err() != nil {
			b.Items = nil
			return nil
		}
		if rules[i].apply != nil {
			rules[i].apply(p)
		}
	}
	b.Items = p.items()
	return p.missingGlyphs()
}

// Break parts b.Items into the lines that are best taken together (total fit,
// after Knuth & Plass, "Breaking Paragraphs into Lines", 1981). The lines are
// worthless if ctx ended meanwhile.
func Break(ctx context.Context, b *typeset.Block) []typeset.Line {
	if len(b.Items) == 0 || ctx.Err() != nil {
		return nil
	}
	f := newFitter(ctx, b)
	if b.Style.Align == typeset.Balanced {
		return f.place(f.balanced())
	}
	return f.place(f.totalFit())
}

// BreakGreedy fills each line before it begins the next (first fit). Break
// never costs more; the tests hold it to that.
func BreakGreedy(b *typeset.Block) []typeset.Line {
	if len(b.Items) == 0 {
		return nil
	}
	f := newFitter(context.Background(), b)
	return f.place(f.greedy())
}

// Narrowest is the width of b's widest piece that nothing parts: a line of that
// measure holds all of it. b is not changed. It is 0 if ctx ended meanwhile.
func Narrowest(ctx context.Context, b *typeset.Block) typeset.Length {
	c := *b
	c.Style.Measure, c.Style.Indent = 1<<40, 0 // so that nothing is broken for want of room
	Prepare(ctx, &c)
	f := newFitter(ctx, &c)
	var widest typeset.Length
	for from, to := 0, 1; to < len(f.sites); to++ {
		if f.sites[to].cost < hyphenCost {
			widest = max(widest, f.sums(from, to).natural)
			from = to
		}
	}
	return widest
}

// Natural is the width of b's longest line if nothing but a forced break ended
// it. Items are made where there are none; b is not changed. It is 0 if ctx ended
// meanwhile.
func Natural(ctx context.Context, b *typeset.Block) typeset.Length {
	if b.Items == nil {
		c := *b
		Prepare(ctx, &c)
		b = &c
	}
	f := newFitter(ctx, b)
	var widest typeset.Length
	for from, to := 0, 1; to < len(f.sites); to++ {
		if f.sites[to].forced {
			widest = max(widest, f.sums(from, to).natural)
			from = to
		}
	}
	return widest
}
