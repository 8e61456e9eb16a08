package extract

import (
	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// Sizes of a paragraph, in characters. Between 20 and 30, and between 60 and 80, no
// page of testdata tells them apart; at 40, a list with open teasers passes for an
// article (docs/thresholds.md).
const (
	// minProse is the shortest that is plainly a paragraph of an article, if it
	// ends as a sentence does.
	minProse = 30
	// sureProse is the length from which a block is one whatever it ends in.
	sureProse = 80
)

// linkShare is the part of a block's text, in percent, from which it is mostly
// links: a teaser or a row of them. At 90 percent a list of popular articles stays
// in a page of testdata; 50 changes none.
const linkShare = 70

// prose reports whether a block is plainly a paragraph of an article.
func prose(p block.Piece) bool {
	if p.Kind != article.Paragraph && p.Kind != article.Quote {
		return false
	}
	return memoOfText(p).prose.ask(func() bool { return isProse(p) })
}

// isProse reports what prose keeps, for a paragraph or a quotation.
func isProse(p block.Piece) bool {
	text := block.Text(p.Block)
	size := dom.LetterCount(text)
	if size < minProse || size < sureProse && !block.EndsSentence(text) {
		return false
	}
	halfLinks := block.LinkedLength(p.Block)*2 >= size
	return !halfLinks && !isRecord(p)
}

// mostlyLinks reports whether a block is a link or a row of links.
func mostlyLinks(p block.Piece) bool {
	size := dom.LetterCount(block.Text(p.Block))
	return size > 0 && block.LinkedLength(p.Block)*100 >= size*linkShare
}
