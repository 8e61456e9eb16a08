package extract

import (
	"slices"

	"golang.org/x/net/html"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// story says which of the page's blocks are the article.
type story struct {
	pieces     []block.Piece // all of the page
	inside     []bool        // one each
	source     string
	rule       string
	confidence float64
}

// certain reports whether somebody who knows said where the body is.
func (s *story) certain() bool { return s.source == "contract" || s.source == "site-rule" }

// take makes the blocks for which in holds the article.
func (s *story) take(in func(block.Piece) bool) {
	for i, p := range s.pieces {
		s.inside[i] = p.Node != nil && in(p)
	}
}

// isProse reports whether a block is a paragraph of the article.
func (s *story) isProse(i int) bool { return s.inside[i] && prose(s.pieces[i]) }

// span is the first and last block inside; ok is false when there is none.
func (s *story) span() (from, to int, ok bool) {
	from, to = ends(len(s.pieces), func(i int) bool { return s.inside[i] })
	return from, to, from >= 0
}

// proseSpan is the first and last paragraph inside; -1, -1 when there is none.
func (s *story) proseSpan() (from, to int) { return ends(len(s.pieces), s.isProse) }

// opening is the first block inside that is plainly a paragraph, behind the
// byline if there is one, else the first inside.
func (s *story) opening() int {
	if first, _ := s.proseSpan(); first >= 0 {
		return pastStandfirst(s.pieces, first)
	}
	from, _, _ := s.span()
	return from
}

// prose is the length of the paragraphs inside.
func (s *story) prose() int { return textSize(s.pieces, s.isProse) }

// ends are the first and the last of n blocks that are chosen; -1, -1 when none is.
func ends(n int, chosen func(i int) bool) (first, last int) {
	for first < n && !chosen(first) {
		first++
	}
	if first == n {
		return -1, -1
	}
	for last = n - 1; !chosen(last); last-- {
	}
	return first, last
}

// textSize is the length, in characters, of the blocks that are chosen.
func textSize(pieces []block.Piece, chosen func(i int) bool) int {
	size := 0
	for i := range pieces {
		if chosen(i) {
			size += dom.LetterCount(block.Text(pieces[i].Block))
		}
	}
	return size
}

// proseSize is the length of all paragraphs.
func proseSize(pieces []block.Piece) int {
	return textSize(pieces, func(i int) bool { return prose(pieces[i]) })
}

// proseIn is the length of the paragraphs that stand in one of the elements.
func proseIn(pieces []block.Piece, nodes map[*html.Node]bool) int {
	return textSize(pieces, func(i int) bool { return prose(pieces[i]) && dom.StandsIn(nodes, pieces[i].Node) })
}

// firstProse is the first paragraph, or -1.
func firstProse(pieces []block.Piece) int { return slices.IndexFunc(pieces, prose) }

// lastProse is the last paragraph that is no disclaimer, or -1.
func lastProse(pieces []block.Piece) int {
	_, last := ends(len(pieces), func(i int) bool { return prose(pieces[i]) && !isDisclaimer(pieces[i].Text) })
	return last
}

// mostThirds is how many thirds of a text are most of it.
const mostThirds = 2

// mostPassed reports whether most of a text has passed: readers' comments come behind
// it, and an article may have a heading 评论 before.
func mostPassed(passed, total int) bool { return passed*3 >= total*mostThirds }
