package extract

import (
	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
)

// siblingLevels is how many levels up from a block a parent of the text may stand
// for the block to be beside the text: a picture stands in a figure in a box. Of the
// benchmark's pages ten come out otherwise with one level, and five with five; both
// change F1 by less than 0.0005.
const siblingLevels = 3

// restore puts back what readability's cleaning drops between paragraphs that
// it keeps: pictures, headings, tables, lists, and short paragraphs that are
// siblings of kept ones.
func (s *story) restore() {
	from, to := s.proseSpan()
	if from < 0 {
		return
	}
	parents := map[*html.Node]bool{} // of the paragraphs that were kept
	for i, p := range s.pieces {
		if s.isProse(i) {
			parents[p.Node.Parent] = true
		}
	}
	for i := len(s.pieces) - 1; i > to; i-- { // short paragraphs that stand beside the long ones
		if p := s.pieces[i]; s.inside[i] && p.Node != nil && parents[p.Node.Parent] {
			to = i
		}
	}
	asides := map[*html.Node]bool{} // whether each that was met is a fact box
	for i := from; i <= to; i++ {
		p := s.pieces[i]
		if s.inside[i] || p.Node == nil || dom.Within(p.Node, "nav", "footer") || isFurniture(p.Block) || mostlyLinks(p) {
			continue
		}
		node := p.Node
		if box := dom.Closest(p.Node, "aside"); box != nil {
			if !s.belongs(box, i, asides) {
				continue
			}
			node = box
		}
		s.inside[i] = standsBeside(parents, node)
	}
}

// belongs reports whether an <aside> is a fact box. first is its first block that
// was left out; found keeps the answer for those that follow.
func (s *story) belongs(aside *html.Node, first int, found map[*html.Node]bool) bool {
	answer, asked := found[aside]
	if !asked {
		answer = len(found) < maxFactBoxes && s.isFactBox(aside, first)
		found[aside] = answer
	}
	return answer
}

// standsBeside reports whether an element is one of the parents, or one of them
// stands close above it.
func standsBeside(parents map[*html.Node]bool, n *html.Node) bool {
	for level := 0; level <= siblingLevels && n != nil; level++ {
		if parents[n] {
			return true
		}
		n = n.Parent
	}
	return false
}
