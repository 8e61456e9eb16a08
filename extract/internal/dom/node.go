package dom

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Attr is the value of an attribute, "" when the element has none or is nil.
func Attr(n *html.Node, key string) string {
	v, _ := LookupAttr(n, key)
	return v
}

// LookupAttr is Attr that tells an empty value from none.
func LookupAttr(n *html.Node, key string) (string, bool) {
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

// Is reports whether n is an element of one of the names.
func Is(n *html.Node, names ...string) bool {
	return n != nil && n.Type == html.ElementNode && slices.Contains(names, n.Data)
}

// Walk calls f for every element under n in reading order; f reports whether to
// go into it. It is for walks that must leave boxes out; a look-up is Find.
func Walk(n *html.Node, f func(*html.Node) bool) {
	if n == nil {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && f(c) {
			Walk(c, f)
		}
	}
}

// Any calls found for the elements under n in reading order until it reports that
// it has found what it looks for.
func Any(n *html.Node, found func(*html.Node) bool) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (found(c) || Any(c, found)) {
			return true
		}
	}
	return false
}

// Closest is the nearest of n and the elements round it that has one of the names;
// nil when none has.
func Closest(n *html.Node, names ...string) *html.Node {
	for ; n != nil; n = n.Parent {
		if Is(n, names...) {
			return n
		}
	}
	return nil
}

// Within reports whether n is one of the named elements or stands in one.
func Within(n *html.Node, names ...string) bool { return Closest(n, names...) != nil }

// Contains reports whether inner is outer or stands in it.
func Contains(outer, inner *html.Node) bool {
	for n := inner; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// StandsIn reports whether n is in the set, or stands in an element that is.
func StandsIn(set map[*html.Node]bool, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if set[n] {
			return true
		}
	}
	return false
}

// SetOf is a set of nodes, for StandsIn.
func SetOf(nodes []*html.Node) map[*html.Node]bool {
	set := make(map[*html.Node]bool, len(nodes))
	for _, n := range nodes {
		set[n] = true
	}
	return set
}

// Hints are the words of an element's class and id, in lower case: "postTitle
// art_date" gives post, title, art, date.
func Hints(n *html.Node) []string {
	class, id := Attr(n, "class"), Attr(n, "id")
	s := class[:min(len(class), maxHints)] + " " + id[:min(len(id), maxHints)]
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

// maxHints is as much of a class, in bytes, as is looked at: the classes of one
// element are asked for by each of its children.
const maxHints = 500

// Hinted reports whether the class or id of an element holds one of the words.
func Hinted(n *html.Node, words ...string) bool { return SharesWord(Hints(n), words) }

// SharesWord reports whether one of an element's words is in the list.
func SharesWord(words, list []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}

// IsBlock reports whether an element starts a new paragraph.
func IsBlock(n *html.Node) bool {
	switch n.Data {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
		"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5",
		"h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "noscript", "ol", "p", "pre",
		"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video", "iframe", "audio":
		return true
	}
	return false
}
