package extract

import (
	"net/url"
	"strconv"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"offprint/extract/internal/block"
)

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

// stampName is the start of the attribute names that tie readability's copy of
// the tree to ours. Each element has a name of its own, since readability
// copies attributes when it joins nested elements.
const stampName = "op-stamp-"

// hanTextThreshold is how many characters of Chinese make go-readability content
// with what it found; for English its own threshold is 500, which in Chinese is a
// long article.
const hanTextThreshold = 200

// readable runs go-readability over a copy and gives the elements of ours that
// it keeps.
func readable(d *block.Document) map[*html.Node]bool {
	var nodes []*html.Node
	clone := stampedCopy(d.Root, &nodes)
	p := readability.NewParser()
	p.KeepClasses = true
	p.DisableJSONLD = true
	if mostlyHan(d) {
		p.CharThresholds = hanTextThreshold
	}
	base := d.Address.Base
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

// mostlyHan reports whether the page's title, which is in the article's language, is
// in CJK characters more than in others.
func mostlyHan(d *block.Document) bool {
	han, kana, hangul, latin := countScripts(d.TitleTag)
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
