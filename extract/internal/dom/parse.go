package dom

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The bounds of a page. Pages of news have about 2,000 nodes, the largest we
// know of 30,000; x/net/html itself refuses more than 512 levels.
const (
	MaxBytes = 8 << 20
	MaxNodes = 200_000
	maxDepth = 512

	// maxReopened bounds what unclosed <b>, <font>, … cost: the parser opens
	// each of them again in every later block, so that 20 KB of text can
	// otherwise grow into millions of nodes.
	maxReopened = 1_000_000

	// uncounted is how many tags a page may have that is parsed without a count
	// beforehand.
	uncounted = MaxNodes / 100
)

// Parse builds the tree. The size is estimated before anything is allocated.
func Parse(text string) (*html.Node, error) {
	if strings.Count(text, "<") > uncounted {
		if err := checkSize(text); err != nil {
			return nil, err
		}
	}
	root, err := html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, &LimitError{What: "levels of nesting", Limit: maxDepth}
	}
	if n := countNodes(root, 0); n > MaxNodes {
		return nil, &LimitError{What: "nodes", Got: n, Limit: MaxNodes}
	}
	return root, nil
}

// checkSize counts tags, and the formatting elements that stay open across
// them, without building anything.
func checkSize(text string) error {
	tags, reopened, open := 0, 0, 0
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken:
			tags++
			name, _ := z.TagName()
			if formatting(name) {
				open = min(open+1, maxDepth)
			} else {
				reopened += open
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); formatting(name) {
				open = max(open-1, 0)
			}
		}
		if tags > MaxNodes {
			return &LimitError{What: "elements", Limit: MaxNodes}
		}
		if reopened > maxReopened {
			return &LimitError{What: "elements left open", Limit: maxReopened}
		}
	}
}

// formatting reports whether the parser reopens an element: HTML standard, 13.2.4.3.
func formatting(name []byte) bool {
	switch atom.Lookup(name) {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr,
		atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

func countNodes(n *html.Node, total int) int {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		total = countNodes(c, total+1)
	}
	return total
}
