package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

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

// search calls found for the elements under n in reading order until it says
// that it has found what it looks for.
func search(n *html.Node, found func(*html.Node) bool) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (found(c) || search(c, found)) {
			return true
		}
	}
	return false
}

// closest is the nearest of n and the elements round it that has one of the names;
// nil when none has.
func closest(n *html.Node, names ...string) *html.Node {
	for ; n != nil; n = n.Parent {
		if isElement(n, names...) {
			return n
		}
	}
	return nil
}

// within reports whether n is one of the named elements or stands in one.
func within(n *html.Node, names ...string) bool { return closest(n, names...) != nil }

func contains(outer, inner *html.Node) bool {
	for n := inner; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// standsIn reports whether n is in the set, or stands in an element that is.
func standsIn(set map[*html.Node]bool, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if set[n] {
			return true
		}
	}
	return false
}

func setOf(nodes []*html.Node) map[*html.Node]bool {
	set := make(map[*html.Node]bool, len(nodes))
	for _, n := range nodes {
		set[n] = true
	}
	return set
}

// textOf joins the text under n as it stands in the source, with a space where
// a block or a line break parts it.
func textOf(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return b.String()
}

// shortText is textOf for an element that counts only while it is short: it
// gives up after about limit characters, or after more nodes than so much text
// stands in, so that asking many elements about their surroundings costs no
// more than the page is long.
func shortText(n *html.Node, limit int) (text string, ok bool) {
	w := shortWriter{bytes: 4 * limit, nodes: 4*limit + 200}
	ok = w.write(n)
	return w.String(), ok
}

// isShort reports whether an element holds no more than so many characters.
func isShort(n *html.Node, limit int) bool {
	text, ok := shortText(n, limit)
	return ok && letterCount(text) <= limit
}

// shortWriter gives up once it has written so many bytes or seen so many nodes.
type shortWriter struct {
	strings.Builder
	bytes, nodes int
}

func (w *shortWriter) write(n *html.Node) bool {
	if n == nil || w.Len() > w.bytes || w.nodes < 0 {
		return n == nil
	}
	w.nodes--
	switch {
	case n.Type == html.TextNode:
		w.WriteString(n.Data[:wholeRunes(n.Data, w.bytes-w.Len()+1)])
	case isElement(n, "script", "style", "template"):
	default:
		parted := n.Type == html.ElementNode && (n.Data == "br" || isBlock(n))
		if parted {
			w.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !w.write(c) {
				return false
			}
		}
		if parted {
			w.WriteByte(' ')
		}
	}
	return w.Len() <= w.bytes && w.nodes >= 0
}

// wholeRunes is where to cut a text after n bytes or the character that they end in.
func wholeRunes(s string, n int) int {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return min(n, len(s))
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
	class, id := attr(n, "class"), attr(n, "id")
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

// hinted reports whether the class or id of an element holds one of the words.
func hinted(n *html.Node, words ...string) bool { return sharesWord(hints(n), words) }

// sharesWord reports whether one of an element's words is in the list.
func sharesWord(words, list []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}

// isBlock reports whether an element starts a new paragraph.
func isBlock(n *html.Node) bool {
	switch n.Data {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
		"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5",
		"h6",
		"header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "noscript", "ol", "p", "pre",
		"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video", "iframe", "audio":
		return true
	}
	return false
}
