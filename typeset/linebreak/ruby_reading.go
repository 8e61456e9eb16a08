package linebreak

import (
	"context"

	"offprint/typeset"
)

// A reading is set in half the size of its base, centred over it and closely above it, in
// the white between the lines, whose distance stays as it is. It stays within the measure:
// at the edge of a line it begins or ends there. No two readings touch the same place.
// CN, HK, TW, JP, KR.
//
// JLREQ "Ruby and Emphasis Dots".
// https://www.w3.org/TR/jlreq/#ruby_and_emphasis_dots
const ruleRubyReading typeset.RuleID = "ruby-reading"

// How a reading stands over its base: the base's em box reaches 0.88 em over the baseline,
// that of the reading 0.12 of its own em under its baseline, and there is a little white
// between them, in thousandths of the base's em.
const (
	rubyAscent  = 880
	rubyDescent = 120
	rubyWhites  = 60
)

// reading is a reading that is set by itself.
type reading struct {
	runs      []typeset.Run
	width, em typeset.Length
	lettered  bool // it is in Western letters
	missing   []rune
}

// readingOf sets the reading over a span of b. What would be several lines, because there
// are line breaks in it, is one.
func readingOf(ctx context.Context, b *typeset.Block, span int32) reading {
	ruby := b.Spans[span].Ruby
	small := typeset.Block{
		Spans: []typeset.Span{ruby.Reading},
		Style: typeset.Style{Size: ruby.Reading.Size, Measure: 1 << 40, Align: typeset.Left, Lang: b.Style.Lang},
	}
	r := reading{em: ruby.Reading.Size}
	p := newParagraph(ctx, &small)
	for i := range p.all {
		r.lettered = r.lettered || p.all[i].class.wordy()
	}
	r.missing = p.missing
	Prepare(ctx, &small)
	for _, line := range BreakGreedy(&small) {
		for _, run := range line.Runs {
			run.X += r.width
			run.Ruby, run.Part = ruby, typeset.RubyReading
			r.runs = append(r.runs, run)
		}
		r.width += line.Set
	}
	return r
}

// setReadings sets the readings over the text.
func (p *paragraph) setReadings() {
	for i := range p.block.Spans {
		if !p.block.Spans[i].HasReadingOver() || p.ctx.Err() != nil {
			continue
		}
		if p.readings == nil {
			p.readings = map[int32]reading{}
		}
		r := readingOf(p.ctx, p.block, int32(i))
		for _, missing := range r.missing {
			p.miss(missing)
		}
		p.readings[int32(i)] = r
	}
}

// rubyBase is a base with its place in the line.
type rubyBase struct {
	span     int32
	from, to typeset.Length
}

// noteBase notes where the base of a reading stands, of which the item is a character.
func (w *writer) noteBase(item *typeset.Item) {
	if item.Start == item.End || !w.f.block.Spans[item.Span].HasReadingOver() {
		return
	}
	if n := len(w.bases); n == 0 || w.bases[n-1].span != item.Span {
		w.bases = append(w.bases, rubyBase{span: item.Span, from: w.x})
	}
	w.bases[len(w.bases)-1].to = w.x + item.Width
}

// readings places the readings of the line, which is so wide.
func (w *writer) readings(measure typeset.Length) []typeset.Run {
	if len(w.bases) == 0 {
		return nil
	}
	set, at := make([]reading, len(w.bases)), make([]typeset.Length, len(w.bases))
	var end typeset.Length
	for i, base := range w.bases {
		set[i] = readingOf(w.f.ctx, w.f.block, base.span)
		at[i] = max(end, base.from+(base.to-base.from-set[i].width)/2)
		end = at[i] + set[i].width
	}
	for i := len(at) - 1; i >= 0; i-- {
		at[i] = min(at[i], measure-set[i].width)
		measure = at[i]
	}
	var runs []typeset.Run
	for i := range set {
		size := sizeOf(&w.f.block.Spans[w.bases[i].span], w.f.block)
		for _, run := range set[i].runs {
			run.X += at[i]
			run.Y -= size.Em(rubyAscent+rubyWhites) + set[i].em.Em(rubyDescent)
			runs = append(runs, run)
		}
	}
	return runs
}
