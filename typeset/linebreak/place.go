package linebreak

import "offprint/typeset"

// place makes the lines that end at the given sites.
func (f *fitter) place(ends []int) []typeset.Line {
	lines := make([]typeset.Line, 0, len(ends))
	from := 0
	for _, to := range ends {
		if f.ctx.Err() != nil {
			return nil
		}
		lines = append(lines, f.line(from, to))
		from = to
	}
	return lines
}

func (f *fitter) line(from, to int) typeset.Line {
	a, b := &f.sites[from], &f.sites[to]
	s := f.sums(from, to)
	slack := f.slackToShare(&s)
	shared := share(&s, slack)
	line := typeset.Line{
		Natural: s.natural,
		Set:     s.natural,
		Ratio:   ratio(&s, slack),
		Break:   f.block.Items[b.item].Rule,
		First:   from == 0,
		Last:    b.forced,
	}
	for r := range shared.stretch {
		line.Set += shared.stretch[r] - shared.shrink[r]
	}
	line.Overfull = line.Set > f.measure
	line.Underfull = shared.beyond
	if have := s.stretch[stretchHan]; have > 0 {
		line.HanGap = f.em.Em(hanStretch).Scale(int64(shared.stretch[stretchHan]), int64(have))
	}
	w := writer{f: f, sums: &s, shares: &shared, x: f.startOf(&s, line.Set)}
	w.write(a, b)
	line.Runs = w.runs
	line.Readings = w.readings(max(f.measure, line.Set))
	line.Start, line.End = f.span(a, b)
	return line
}

// span gives the bytes of the text from one site to the other.
func (f *fitter) span(a, b *site) (start, end int) {
	if a.item >= 0 {
		start = int(f.block.Items[a.item].End)
	}
	return start, int(f.block.Items[b.item].End)
}

// ratio is the part of the line's stretch or shrink that slack uses, in thousandths.
func ratio(s *sums, slack typeset.Length) int32 {
	switch {
	case slack > 0 && s.stretchable > 0:
		return int32(min(int64(slack)*1000/int64(s.stretchable), 1_000_000))
	case slack < 0 && s.shrinkable > 0:
		return int32(max(int64(slack)*1000/int64(s.shrinkable), -1_000_000))
	}
	return 0
}

// writer turns the items of a line into runs of glyphs.
type writer struct {
	f      *fitter
	sums   *sums
	shares *shares
	x      typeset.Length
	runs   []typeset.Run
	span   int32
	last   typeset.Item // the item of the last glyph, with the text that joined it
	bases  []rubyBase

	// How much glue of each rank is behind the pen. Each glue is placed by the
	// rounded sum of all before it, so that the last one ends exactly on the
	// measure.
	stretched [stretchRanks]typeset.Length
	shrunk    [shrinkRanks]typeset.Length
}

func (w *writer) write(a, b *site) {
	items := w.f.block.Items
	for i := a.item + 1; i <= b.item; i++ {
		item := &items[i]
		inside := i >= a.start && i < b.end
		switch {
		case item.Kind == typeset.BoxItem:
			w.noteBase(item)
			w.glyph(item)
			w.advance(item.Width)
		case item.Kind == typeset.GlueItem && inside:
			if item.Face != nil {
				w.glyph(item)
			}
			w.advance(w.set(item))
		case item.Kind == typeset.GlueItem && item.Face != nil:
			w.glyph(item)
		case item.Kind == typeset.PenaltyItem && item.Face != nil:
			w.softHyphen(item, i == b.item)
		}
	}
}

// set is the width of a glue in this line.
func (w *writer) set(item *typeset.Item) typeset.Length {
	width := item.Width
	if r := item.StretchRank; item.Stretch > 0 && w.shares.stretch[r] > 0 {
		width += part(&w.stretched[r], item.Stretch, w.shares.stretch[r], w.sums.stretch[r])
	}
	if r := item.ShrinkRank; item.Shrink > 0 && w.shares.shrink[r] > 0 {
		width -= part(&w.shrunk[r], item.Shrink, w.shares.shrink[r], w.sums.shrink[r])
	}
	return width
}

// part gives the share of one glue of all the glue of its rank.
func part(behind *typeset.Length, own, amount, all typeset.Length) typeset.Length {
	before := amount.Scale(int64(*behind), int64(all))
	*behind += own
	return amount.Scale(int64(*behind), int64(all)) - before
}

func (w *writer) glyph(item *typeset.Item) {
	if item.Face == nil {
		return
	}
	span := &w.f.block.Spans[item.Span]
	y := -span.Rise - item.Rise
	if n := len(w.runs); n == 0 || w.span != item.Span || w.runs[n-1].Face != item.Face || w.runs[n-1].Y != y {
		w.runs = append(w.runs, typeset.Run{
			Face: item.Face, Size: sizeOf(span, w.f.block), Colour: span.Colour, Oblique: span.Oblique,
			Href: span.Href, Lang: span.Lang, Ruby: span.Ruby, Part: span.RubyPart, X: w.x, Y: y,
		})
		w.span = item.Span
	}
	w.last = *item
	run := &w.runs[len(w.runs)-1]
	run.Glyphs = append(run.Glyphs, typeset.Glyph{
		ID: item.Glyph, Text: w.f.text[item.Start:item.End], X: w.x - run.X + item.Shift,
	})
}

// advance moves the pen; the width belongs to the last glyph's slot.
func (w *writer) advance(by typeset.Length) {
	w.x += by
	if n := len(w.runs); n > 0 {
		run := &w.runs[n-1]
		run.Width += by
		run.Glyphs[len(run.Glyphs)-1].Advance += by
	}
}

// softHyphen draws the hyphen at the end of a line; within one, its text joins
// the glyph before it. At the start of a line it is a blank without width.
func (w *writer) softHyphen(item *typeset.Item, drawn bool) {
	if drawn {
		w.glyph(item)
		if w.sums.boxes > 0 {
			w.advance(item.Width)
		}
		return
	}
	if len(w.runs) == 0 {
		blank := *item
		blank.Glyph, _ = item.Face.Glyph(' ')
		w.glyph(&blank)
		return
	}
	run := &w.runs[len(w.runs)-1]
	last := &run.Glyphs[len(run.Glyphs)-1]
	if w.last.End == item.Start {
		w.last.End = item.End
		last.Text = w.f.text[w.last.Start:w.last.End] // not joined: a text may have many thousands
		return
	}
	last.Text += w.f.text[item.Start:item.End]
}

func sizeOf(span *typeset.Span, b *typeset.Block) typeset.Length {
	if span.Size > 0 {
		return span.Size
	}
	return b.Style.Size
}
