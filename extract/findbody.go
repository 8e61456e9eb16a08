package extract

import (
	"golang.org/x/net/html"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// How much of the text a choice of the body must hold.
const (
	// minBodyShare: an articleBody that holds less of the text than this beside
	// what readability finds is not the article. Of the benchmark's 97 pages none
	// tells 0.4 from 0.8.
	minBodyShare = 0.6
	// minKept is the part of the page's paragraphs, in percent, below which
	// readability is taken to have found another thing than the article. At 60 one
	// page of the benchmark is read worse; 20 changes none.
	minKept = 40
)

// findBody chooses the article's blocks: the publisher's mark or the site rule;
// itemprop=articleBody when it holds enough; go-readability; and where that
// finds too little, the element with most of the prose.
func findBody(d *block.Document, pieces []block.Piece) *story {
	s := &story{pieces: pieces, inside: make([]bool, len(pieces))}
	if s.takeMarked(d) {
		return s
	}
	s.takeReadable(d)
	s.restore()
	s.extend()
	if s.takeArticleBody(d.Body) {
		return s
	}
	if s.prose()*100 < proseSize(pieces)*minKept {
		s.takeDensest(d.Body)
	}
	return s
}

// takeMarked takes what the publisher or the site rule calls the body. It reports
// whether there is text in it.
func (s *story) takeMarked(d *block.Document) bool {
	nodes := d.Marks.Set(site.RoleBody)
	if len(nodes) == 0 {
		return false
	}
	s.take(func(p block.Piece) bool { return dom.StandsIn(nodes, p.Node) })
	k := d.Marks.ByRole[site.RoleBody][0]
	s.source, s.rule, s.confidence = k.Source, k.Rule, 1
	if _, _, ok := s.span(); ok {
		return true
	}
	d.Warn("body-mark-empty", k.Rule+" holds no text; the body was looked for elsewhere", "body")
	return false
}

// takeReadable takes what go-readability keeps: nothing, when the page is too
// dear to be asked about.
func (s *story) takeReadable(d *block.Document) {
	kept := map[*html.Node]bool{}
	if cost := readingCost(d.Body); cost <= maxReadingCost {
		kept = readable(d)
	} else {
		d.Warn("body-by-density", "the page is nested too deeply for its size to be weighed box by box; "+
			"its body is the element with most of the text", "body")
	}
	s.take(func(p block.Piece) bool { return kept[p.Node] })
	s.source, s.confidence = "readability", confidenceReadability
}

// takeArticleBody takes itemprop=articleBody. It reports whether there is one that
// holds about as much as what was taken before.
func (s *story) takeArticleBody(body *html.Node) bool {
	nodes := dom.SetOf(dom.Find(body, articleBody))
	if len(nodes) == 0 {
		return false
	}
	size := proseIn(s.pieces, nodes)
	if size == 0 || float64(size) < minBodyShare*float64(s.prose()) {
		return false
	}
	s.take(func(p block.Piece) bool { return dom.StandsIn(nodes, p.Node) })
	s.source, s.rule, s.confidence = "microdata", "itemprop=articleBody", confidenceArticleBody
	return true
}

// articleBody matches the elements that microdata call the article's body, and that
// stand in no other.
var articleBody = dom.MustCompile(`[itemprop*="articleBody"]:not([itemprop*="articleBody"] *)`)

// weightAbove is what is left of a paragraph's weight one level up, so that the
// element which just holds the text outweighs those round it.
const weightAbove = 0.85

// takeDensest takes the element that holds most of the prose, the deepest of
// those that hold nearly as much.
func (s *story) takeDensest(body *html.Node) {
	weight := map[*html.Node]float64{}
	for _, p := range s.pieces {
		if prose(p) && !isDisclaimer(p.Text) && p.Node != nil {
			weight[p.Node] += float64(dom.LetterCount(p.Text))
		}
	}
	var best *html.Node
	var heaviest float64
	var weigh func(*html.Node) float64
	weigh = func(n *html.Node) float64 {
		w := weight[n]
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				w += weightAbove * weigh(c)
			}
		}
		if w > heaviest {
			best, heaviest = n, w
		}
		return w
	}
	weigh(body)
	if best == nil {
		return
	}
	s.take(func(p block.Piece) bool { return dom.Contains(best, p.Node) })
	s.source, s.rule, s.confidence = "readability", "densest element", confidenceDensest
}
