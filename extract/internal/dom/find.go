package dom

import (
	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Compile compiles a CSS selector, or several that commas part. goquery
// itself takes a bad selector for one that matches nothing, so it is not asked.
func Compile(css string) (goquery.Matcher, error) {
	s, err := cascadia.Compile(css)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// MustCompile is Compile for a selector of the program's own; it panics
// when it is none.
func MustCompile(css string) goquery.Matcher { return cascadia.MustCompile(css) }

// Find gives the elements below n that match, in reading order; none for nil.
func Find(n *html.Node, m goquery.Matcher) []*html.Node {
	if n == nil {
		return nil
	}
	return goquery.NewDocumentFromNode(n).FindMatcher(m).Nodes
}

// FindFirst is the first element below n that matches; nil when there is none.
func FindFirst(n *html.Node, m goquery.Matcher) *html.Node {
	if n == nil {
		return nil
	}
	first := goquery.SingleMatcher(m)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := first.MatchAll(c); len(found) > 0 {
			return found[0]
		}
	}
	return nil
}

// Remove takes nodes out of the tree.
func Remove(nodes ...*html.Node) { (&goquery.Selection{Nodes: nodes}).Remove() }
