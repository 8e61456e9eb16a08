package extract

import (
	"offprint/article"
	"offprint/extract/internal/block"
)

// body fills Blocks and Disclaimer from the chosen blocks: one step a line.
func (b *builder) body(s *story, seen headlineFinding) {
	pieces, after := b.cut(s, seen)
	pieces = block.BindCaptions(b.d, pieces)
	pieces = cutComments(pieces, s.certain())
	pieces, b.a.Disclaimer = takeDisclaimer(pieces, after)
	pieces = dropNoise(b.d, pieces, s.certain())
	pieces = b.dropKnown(pieces, s.certain())
	pieces = block.FindHeadings(pieces, prose)
	block.RaiseHeadings(pieces)
	pieces = dropCopies(b.d, pieces)
	pieces = trimRules(pieces, s.source == "contract")
	b.a.Blocks = block.Bare(pieces)
	if len(b.a.Blocks) == 0 {
		b.a.Blocks = []article.Block{}
	}
	b.setProvenance("body", article.Provenance{Source: s.source, Rule: s.rule, Confidence: s.confidence})
}

// trimRules drops rules and headings that nothing follows, and rules that open
// the text or follow another. A heading that the publisher put into the marked
// body stays.
func trimRules(pieces []block.Piece, marked bool) []block.Piece {
	var out []block.Piece
	for _, p := range pieces {
		if p.Kind == article.Rule && (len(out) == 0 || out[len(out)-1].Kind == article.Rule) {
			continue
		}
		out = append(out, p)
	}
	for len(out) > 0 && headsNothing(out[len(out)-1], marked) {
		out = out[:len(out)-1]
	}
	return out
}

// headsNothing reports whether the last block is there for what would follow it.
func headsNothing(end block.Piece, marked bool) bool {
	leftOver := end.Kind == article.Heading && !marked && !end.Last
	return leftOver || end.Kind == article.Rule
}
