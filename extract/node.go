package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Questions about elements.

func attr(n *html.Node, key string) string {
	v, _ := attrIf(n, key)
	return v
}

func attrIf(n *html.Node, key string) (string, bool) {
	if n == nil {
		return "", false
	}
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

func isElement(n *html.Node, names ...string) bool {
	return n != nil && n.Type == html.ElementNode && slices.Contains(names, n.Data)
}

// each calls f for every element under n in reading order; f says whether to
// go into it.
func each(n *html.Node, f func(*html.Node) bool) {
	if n == nil {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && f(c) {
			each(c, f)
		}
	}
}

func all(n *html.Node, name string) []*html.Node {
	var found []*html.Node
	each(n, func(e *html.Node) bool {
		if e.Data == name {
			found = append(found, e)
		}
		return true
	})
	return found
}

func first(n *html.Node, name string) *html.Node {
	if n == nil {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if c.Data == name {
			return c
		}
		if f := first(c, name); f != nil {
			return f
		}
	}
	return nil
}

// within tells whether n is one of the named elements or stands in one.
func within(n *html.Node, names ...string) bool {
	for ; n != nil; n = n.Parent {
		if isElement(n, names...) {
			return true
		}
	}
	return false
}

func contains(outer, inner *html.Node) bool {
	for n := inner; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

func remove(n *html.Node) {
	if n != nil && n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// textOf joins the text under n as it stands in the source, with a space where
// a block or a line break parts it.
func textOf(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return b.String()
}

// shortText is textOf for an element that counts only while it is short: it
// gives up after about limit characters, so that asking many elements about
// their surroundings costs no more than the page is long.
func shortText(n *html.Node, limit int) (text string, ok bool) {
	var b strings.Builder
	ok = writeTextUpTo(&b, n, 4*limit)
	return b.String(), ok
}

func writeTextUpTo(b *strings.Builder, n *html.Node, limit int) bool {
	if n == nil || b.Len() > limit {
		return n == nil
	}
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case isElement(n, "script", "style", "template"):
	default:
		parted := n.Type == html.ElementNode && (n.Data == "br" || isBlock(n))
		if parted {
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !writeTextUpTo(b, c, limit) {
				return false
			}
		}
		if parted {
			b.WriteByte(' ')
		}
	}
	return b.Len() <= limit
}

func writeText(b *strings.Builder, n *html.Node) {
	if n == nil {
		return
	}
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
		return
	case html.ElementNode:
		switch n.Data {
		case "script", "style", "template":
			return
		}
	}
	parted := n.Type == html.ElementNode && (n.Data == "br" || isBlock(n))
	if parted {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c)
	}
	if parted {
		b.WriteByte(' ')
	}
}

// hints are the words of an element's class and id, in lower case: "postTitle
// art_date" gives post, title, art, date.
func hints(n *html.Node) []string {
	s := attr(n, "class") + " " + attr(n, "id")
	if s == " " {
		return nil
	}
	var words []string
	start := -1
	for i := 0; i <= len(s); i++ {
		letter := i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z')
		upper := letter && s[i] <= 'Z' && i > 0 && s[i-1] >= 'a' && s[i-1] <= 'z'
		if start >= 0 && (!letter || upper) {
			words = append(words, strings.ToLower(s[start:i]))
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
	}
	return words
}

func hinted(n *html.Node, words ...string) bool {
	for _, h := range hints(n) {
		if slices.Contains(words, h) {
			return true
		}
	}
	return false
}

// isBlock tells whether an element starts a new paragraph.
func isBlock(n *html.Node) bool {
	switch n.Data {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
		"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
		"header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "noscript", "ol", "p", "pre",
		"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video", "iframe", "audio":
		return true
	}
	return false
}
