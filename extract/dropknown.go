package extract

import (
	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// tailBlocks is how many blocks behind the text, and at the end, are read for
// what a page prints under an article.
const tailBlocks = 50

// maxLabelled is how many lines with a label are read. No article has more; what
// is over stays in the text.
const maxLabelled = 1000

// maxKicker is the length, in characters, below which a line that stands apart
// above the text is the page's and not the article's: a kicker, a date in words. With
// 15 two pages of the benchmark keep one more; 60 drops none more.
const maxKicker = 30

// dropKnown takes out what is printed from the fields: headline, subtitle,
// byline, date, section; and short lines above the text that stand apart from
// it.
func (b *builder) dropKnown(pieces []block.Piece, certain bool) []block.Piece {
	k := knownLines{builder: b, pieces: pieces, certain: certain}
	k.opening, k.last = pastStandfirst(pieces, firstProse(pieces)), lastProse(pieces)
	var out []block.Piece
	for i, p := range pieces {
		switch {
		case p.Role.IsField(): // it is printed from the field
		case p.Kind == article.Figure, p.Kind == article.Table, p.Kind == article.Pre, !k.drops(i):
			out = append(out, p)
		}
	}
	return out
}

// knownLines looks for the lines that say what the fields say.
type knownLines struct {
	*builder
	pieces   []block.Piece
	opening  int // the first paragraph behind the byline, or -1
	last     int // the last paragraph, or -1
	certain  bool
	labelled int // lines with a label that were read
}

// fields are those of a line with labels, as long as not too many were read.
func (k *knownLines) fields(p block.Piece) []labelled {
	if k.labelled >= maxLabelled {
		return nil
	}
	fields := fieldsOf(p)
	if len(fields) > 0 {
		k.labelled++
	}
	return fields
}

// drops reports whether a block only says what a field says.
func (k *knownLines) drops(i int) bool {
	p := k.pieces[i]
	text := block.Text(p.Block)
	above, below := i < k.opening, i > k.opening
	switch {
	case k.isTitle(text), above && k.isSubtitle(text):
		return true
	case isRecord(p) && (datesItself(k.fields(p)) || k.aroundText(i) && k.isRecord(text)):
		return true
	case above:
		return !prose(p) && (k.isMeta(text) || !k.certain && k.standsApart(p))
	case below && dom.LetterCount(text) <= maxByline:
		return k.saysKnown(text, k.fields(p)) || k.inTail(i) && k.closes(p, text)
	}
	return false
}

// aroundText reports whether a block stands before the text or behind it.
func (k *knownLines) aroundText(i int) bool { return i <= k.opening || i > k.last }

// inTail reports whether a block stands just behind the text, or at the page's end.
func (k *knownLines) inTail(i int) bool {
	justBehind, nearEnd := i-k.last <= tailBlocks, len(k.pieces)-i <= tailBlocks
	return i > k.last && (justBehind || nearEnd)
}

// closes reports whether a line below the text is a byline, a date or a signature.
func (k *knownLines) closes(p block.Piece, text string) bool {
	return k.isTailMeta(text, k.fields(p)) || k.isSignature(text)
}

// standsApart reports whether a line or a list above the text is none of its own.
func (k *knownLines) standsApart(p block.Piece) bool {
	switch p.Kind {
	case article.Paragraph:
		return dom.LetterCount(block.Text(p.Block)) < maxKicker && !beside(p, k.pieces[k.opening])
	case article.List:
		return true
	}
	return false
}

// isTitle reports whether a text is the headline.
func (b *builder) isTitle(text string) bool {
	k := dom.MatchKey(text)
	return k != "" && k == dom.MatchKey(b.a.Title)
}

// isSubtitle reports whether a text is the subtitle.
func (b *builder) isSubtitle(text string) bool {
	k := dom.MatchKey(text)
	return k != "" && k == dom.MatchKey(b.a.Subtitle)
}

// beside reports whether two blocks stand in one element, one beside the other.
func beside(p, other block.Piece) bool {
	return p.Node != nil && other.Node != nil && (p.Node == other.Node || p.Node.Parent == other.Node.Parent)
}
