package linebreak

import (
	"context"
	"unicode/utf8"

	"offprint/typeset"
)

// cluster is a character with what combines with it: the smallest thing that
// is placed.
type cluster struct {
	r          rune
	class      class
	form       form
	western    bool // a quote, dash or dot of a Western phrase: proportional
	joined     bool // a dash that is drawn as one half of ——
	split      bool // ZERO WIDTH SPACE follows: a line may end here whatever the rules
	glued      bool // WORD JOINER follows: no line ends here
	start, end int32
	span       int32

	face  typeset.Face
	glyph typeset.GlyphID
	em    typeset.Length

	width, shift, rise typeset.Length // of the box; of the glyph in it, to the right and upwards
	before, after, gap white          // left of the box; right of it; between it and the next
	lead, trail        typeset.Length // beside the box, for a reading that is wider than its base: never dropped
}

// white is space that is no character.
type white struct {
	width, stretch, shrink typeset.Length
	stretchRank            typeset.Rank
	shrinkRank             typeset.Rank
}

// opportunity is what happens between two clusters.
type opportunity struct {
	cost int32
	rule typeset.RuleID
}

// paragraph is a block's text while the rules are at work on it.
type paragraph struct {
	ctx     context.Context
	block   *typeset.Block
	text    string
	region  region
	level   string
	spacing typeset.Spacing
	all     []cluster
	breaks  []opportunity // breaks[i] is before all[i]; one more for the end
	runes   []rune
	first   []int32 // the index in runes of each cluster's first rune
	missing []rune
	missed  map[rune]bool // those in missing
	beside  neighbours

	readings map[int32]reading // those over the text, by their span

	looked int // how often at was asked, for the tests
}

// lookEvery is the number of runes, or of sites, after which ctx is looked at.
const lookEvery = 2048

// newParagraph parts the block's text into clusters and finds a glyph for each.
// It leaves off where ctx has ended.
func newParagraph(ctx context.Context, b *typeset.Block) *paragraph {
	text := b.Text()
	p := &paragraph{
		ctx: ctx, missed: map[rune]bool{}, block: b, text: text,
		region: regionOf(b.Style.Lang), level: b.Style.Strict, spacing: spacingOf(b.Style.Spacing),
		all: make([]cluster, 0, len(text)/2+1), runes: make([]rune, 0, len(text)/2+1), first: make([]int32, 0, len(text)/2+1),
	}
	start := int32(0)
	for i := range b.Spans {
		p.addSpan(int32(i), start)
		start += int32(len(b.Spans[i].Text))
	}
	p.breaks = make([]opportunity, len(p.all)+1)
	return p
}

func (p *paragraph) addSpan(index, offset int32) {
	text := p.block.Spans[index].Text
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		from, to := offset+int32(i), offset+int32(i+size)
		i += size
		if len(p.runes)%lookEvery == 0 && p.ctx.Err() != nil {
			return
		}
		p.runes = append(p.runes, r)
		if !p.joins(r, index, to) {
			p.add(r, index, from, to)
		}
	}
}

// joins reports whether r cannot stand alone, and gives it to the cluster
// before it then.
func (p *paragraph) joins(r rune, span, to int32) bool {
	n := len(p.all)
	if n == 0 || p.all[n-1].class == newline && r != '\n' {
		return false
	}
	last := &p.all[n-1]
	switch {
	case r == '\n' && last.r == '\r' && last.end == to-1, zeroWidth(r):
		last.end = to
		last.split = last.split || r == '\u200b'
		last.glued = last.glued || r == '\u2060' || r == '\ufeff'
		return true
	case combining(r) && !last.class.blank():
		if _, _, ok := p.block.Spans[span].Chain.Find(r); ok {
			return false
		}
		p.miss(r)
		last.end = to
		return true
	}
	return false
}

func (p *paragraph) add(r rune, span, from, to int32) {
	s := &p.block.Spans[span]
	c := cluster{r: r, class: classOf(r), start: from, end: to, span: span, em: s.Size}
	if c.em <= 0 {
		c.em = p.block.Style.Size
	}
	if c.class != newline {
		c.face, c.glyph = p.draw(r, s.Chain)
	}
	if c.face != nil {
		c.width = scaled(c.face.Advance(c.glyph), &c)
	}
	switch {
	case zeroWidth(r):
		c.class, c.width = other, 0
	case combining(r) && len(p.all) > 0:
		p.overlay(&c)
	}
	p.all = append(p.all, c)
	p.first = append(p.first, int32(len(p.runes)-1))
}

// overlay sets a combining mark over the cluster before it: a face without
// positioning tables gives it no width, or draws it as a spacing accent.
func (p *paragraph) overlay(c *cluster) {
	if c.width > 0 {
		c.shift = -(p.all[len(p.all)-1].width + c.width) / 2
	}
	c.width = 0
}

// draw finds the glyph of r. A space or a character without ink borrows the
// space; what no face has is drawn as a visible replacement and reported.
func (p *paragraph) draw(r rune, chain typeset.Chain) (typeset.Face, typeset.GlyphID) {
	if r == '‐' {
		// CJK faces draw it in the middle of an em, which is no hyphen.
		if face, glyph, ok := chain.Find('-'); ok && glyph != 0 {
			return face, glyph
		}
	}
	if face, glyph, ok := chain.Find(r); ok && glyph != 0 {
		return face, glyph
	}
	if c := classOf(r); c == space || c == wideSpace || zeroWidth(r) {
		if face, glyph, ok := chain.Find(' '); ok && glyph != 0 {
			return face, glyph
		}
	}
	if r == '\u00ad' {
		if face, glyph, ok := chain.Find('-'); ok && glyph != 0 {
			return face, glyph
		}
	}
	p.miss(r)
	for _, stand := range "〓□?" {
		if face, glyph, ok := chain.Find(stand); ok && glyph != 0 {
			return face, glyph
		}
	}
	return nil, 0
}

func (p *paragraph) miss(r rune) {
	if !p.missed[r] {
		p.missed[r] = true
		p.missing = append(p.missing, r)
	}
}

// scaled turns font units into a length at the cluster's size.
func scaled(units int, c *cluster) typeset.Length {
	upm := c.face.UnitsPerEm()
	if upm <= 0 {
		return 0
	}
	return c.em.Scale(int64(units), int64(upm))
}

// at gives the cluster at index i, or a blank one outside the text.
func (p *paragraph) at(i int) *cluster {
	p.looked++
	if i < 0 || i >= len(p.all) {
		return &outside
	}
	return &p.all[i]
}

var outside = cluster{class: newline}
