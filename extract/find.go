package extract

import (
	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// compileMatcher compiles a CSS selector, or several that commas part. goquery
// itself takes a bad selector for one that matches nothing, so it is not asked.
func compileMatcher(css string) (goquery.Matcher, error) {
	s, err := cascadia.Compile(css)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// mustMatcher is compileMatcher for a selector of the program's own; it panics
// when it is none.
func mustMatcher(css string) goquery.Matcher { return cascadia.MustCompile(css) }

// find gives the elements below n that match, in reading order.
func find(n *html.Node, m goquery.Matcher) []*html.Node {
	if n == nil {
		return nil
	}
	return goquery.NewDocumentFromNode(n).FindMatcher(m).Nodes
}

// findFirst is the first element below n that matches; nil when there is none.
func findFirst(n *html.Node, m goquery.Matcher) *html.Node {
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

// remove takes nodes out of the tree.
func remove(nodes ...*html.Node) { (&goquery.Selection{Nodes: nodes}).Remove() }
