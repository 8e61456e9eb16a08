package extract

import (
	"net/url"
	"strconv"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// story says which of the page's blocks are the article.
type story struct {
	pieces     []piece // all of the page
	inside     []bool  // one each
	source     string
	rule       string
	confidence float64
}

// certain reports whether somebody who knows said where the body is.
func (s *story) certain() bool { return s.source == "contract" || s.source == "site-rule" }

// span is the first and last block inside; ok is false when there is none.
func (s *story) span() (from, to int, ok bool) {
	from, to = -1, -1
	for i, in := range s.inside {
		if in {
			if from < 0 {
				from = i
			}
			to = i
		}
	}
	return from, to, from >= 0
}

// opening is the first block inside that is plainly a paragraph, behind the
// byline if there is one, else the first inside.
func (s *story) opening() int {
	for i, p := range s.pieces {
		if s.inside[i] && prose(p) {
			return pastStandfirst(s.pieces, i)
		}
	}
	from, _, _ := s.span()
	return from
}

// minBodyShare: an articleBody that holds less of the text than this beside
// what readability finds is not the article.
const minBodyShare = 0.6

// findBody chooses the article's blocks: the publisher's mark or the site rule;
// itemprop=articleBody when it holds enough; go-readability; and where that
// finds too little, the element with most of the prose.
func findBody(d *document, pieces []piece) *story {
	s := &story{pieces: pieces, inside: make([]bool, len(pieces))}
	if nodes := d.marks.set(roleBody); len(nodes) > 0 {
		s.take(func(p piece) bool { return standsIn(nodes, p.node) })
		k := d.marks.byRole[roleBody][0]
		s.source, s.rule, s.confidence = k.source, k.rule, 1
		if _, _, ok := s.span(); ok {
			return s
		}
		d.warn("body-mark-empty", k.rule+" holds no text; the body was looked for elsewhere", "body")
	}
	kept := map[*html.Node]bool{}
	if cost := readingCost(d.body); cost <= maxReadingCost {
		kept = readable(d)
	} else {
		d.warn("body-by-density", "the page is nested too deeply for its size to be weighed box by box; its body is the element with most of the text", "body")
	}
	s.take(func(p piece) bool { return kept[p.node] })
	s.source, s.confidence = "readability", 0.9
	s.restore()
	s.extend()
	if nodes := setOf(articleBodies(d.body)); len(nodes) > 0 {
		if marked := proseIn(pieces, nodes); float64(marked) >= minBodyShare*float64(s.prose()) && marked > 0 {
			s.take(func(p piece) bool { return standsIn(nodes, p.node) })
			s.source, s.rule, s.confidence = "microdata", "itemprop=articleBody", 0.95
			return s
		}
	}
	if total := proseSize(pieces); s.prose()*5 < total*2 {
		s.takeDensest(d.body)
	}
	return s
}

// maxReadingCost bounds what go-readability is asked to do. It walks through the
// text of each of many nested boxes; see docs/decisions/0010.
const maxReadingCost = 30_000_000

// readingCost is how often a character or a node is met by whoever walks through
// every element of a tree by itself: the sum of the depths at which they stand.
func readingCost(n *html.Node) int {
	cost := 0
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		cost += depth * (8 + len(n.Data))
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(n, 1)
	return cost
}

func (s *story) take(in func(piece) bool) {
	for i, p := range s.pieces {
		s.inside[i] = p.node != nil && in(p)
	}
}

func (s *story) prose() int {
	n := 0
	for i, p := range s.pieces {
		if s.inside[i] && prose(p) {
			n += letterCount(plain(p.Block))
		}
	}
	return n
}

func proseSize(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		if prose(p) {
			n += letterCount(plain(p.Block))
		}
	}
	return n
}

func proseIn(pieces []piece, nodes map[*html.Node]bool) int {
	n := 0
	for _, p := range pieces {
		if prose(p) && standsIn(nodes, p.node) {
			n += letterCount(plain(p.Block))
		}
	}
	return n
}

func articleBodies(body *html.Node) []*html.Node {
	var found []*html.Node
	each(body, func(n *html.Node) bool {
		if strings.Contains(attr(n, "itemprop"), "articleBody") {
			found = append(found, n)
			return false
		}
		return true
	})
	return found
}

// stampName is the start of the attribute names that tie readability's copy of
// the tree to ours. Each element has a name of its own, since readability
// copies attributes when it joins nested elements.
const stampName = "op-stamp-"

// readable runs go-readability over a copy and gives the elements of ours that
// it keeps.
func readable(d *document) map[*html.Node]bool {
	var nodes []*html.Node
	clone := stampedCopy(d.root, &nodes)
	p := readability.NewParser()
	p.KeepClasses = true
	p.DisableJSONLD = true
	if mostlyHan(d) {
		p.CharThresholds = 200 // Chinese says in 200 characters what English says in 500
	}
	base := d.at.base
	if base == nil {
		base = &url.URL{Scheme: "https", Host: "page.invalid", Path: "/"}
	}
	kept := map[*html.Node]bool{}
	got, err := p.ParseAndMutate(clone, base)
	if err != nil || got.Node == nil {
		return kept
	}
	collectStamps(got.Node, nodes, kept)
	return kept
}

// mostlyHan looks at the headline only, which is in the article's language.
func mostlyHan(d *document) bool {
	han, kana, hangul, latin := countScripts(d.titleTag)
	return han+kana+hangul > latin
}

func stampedCopy(n *html.Node, nodes *[]*html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace}
	c.Attr = append(make([]html.Attribute, 0, len(n.Attr)+1), n.Attr...)
	if n.Type == html.ElementNode {
		c.Attr = append(c.Attr, html.Attribute{Key: stampName + strconv.Itoa(len(*nodes))})
		*nodes = append(*nodes, n)
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.AppendChild(stampedCopy(k, nodes))
	}
	return c
}

func collectStamps(n *html.Node, nodes []*html.Node, kept map[*html.Node]bool) {
	for _, a := range n.Attr {
		if num, ok := strings.CutPrefix(a.Key, stampName); ok {
			if i, err := strconv.Atoi(num); err == nil && i < len(nodes) {
				kept[nodes[i]] = true
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		collectStamps(c, nodes, kept)
	}
}

// restore puts back what readability's cleaning drops between paragraphs that
// it keeps: pictures, headings, tables, lists, and short paragraphs that are
// siblings of kept ones.
func (s *story) restore() {
	from, to := s.proseSpan()
	if from < 0 {
		return
	}
	parents := map[*html.Node]bool{}
	for i, p := range s.pieces {
		if s.inside[i] && prose(p) {
			parents[p.node.Parent] = true
		}
	}
	for i := len(s.pieces) - 1; i > to; i-- { // short paragraphs that stand beside the long ones
		if p := s.pieces[i]; s.inside[i] && p.node != nil && parents[p.node.Parent] {
			to = i
		}
	}
	facts := map[*html.Node]bool{}
	for i := from; i <= to; i++ {
		p := s.pieces[i]
		if s.inside[i] || p.node == nil || within(p.node, "nav", "footer") || isFurniture(p.Block) || mostlyLinks(p) {
			continue
		}
		if box := enclosing(p.node, "aside"); box != nil {
			fact, known := facts[box]
			if !known {
				fact = len(facts) < maxFactBoxes && s.isFactBox(box, i)
				facts[box] = fact
			}
			if !fact {
				continue
			}
			p = piece{node: box}
		}
		sibling := false
		for up, n := 0, p.node.Parent; up < 3 && n != nil; up, n = up+1, n.Parent {
			sibling = sibling || parents[n]
		}
		s.inside[i] = sibling || parents[p.node]
	}
}

// proseSpan is the first and last kept paragraph; -1, -1 when there is none.
func (s *story) proseSpan() (from, to int) {
	from, to = -1, -1
	for i, p := range s.pieces {
		if s.inside[i] && prose(p) {
			if from < 0 {
				from = i
			}
			to = i
		}
	}
	return from, to
}

// takeDensest takes the element that holds most of the prose, the deepest of
// those that hold nearly as much.
func (s *story) takeDensest(body *html.Node) {
	const fade = 0.85 // what is left of a paragraph's weight one level up
	weight := map[*html.Node]float64{}
	for _, p := range s.pieces {
		if prose(p) && !isDisclaimer(p.Text) && p.node != nil {
			weight[p.node] += float64(letterCount(p.Text))
		}
	}
	var best *html.Node
	var heaviest float64
	var weigh func(*html.Node) float64
	weigh = func(n *html.Node) float64 {
		w := weight[n]
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				w += fade * weigh(c)
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
	s.take(func(p piece) bool { return contains(best, p.node) })
	s.source, s.rule, s.confidence = "readability", "densest element", 0.6
}
