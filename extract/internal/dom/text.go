package dom

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// TrimMarks takes space off both ends, and the marks that part or enclose what
// stands in a line: | ， ； （ 】.
func TrimMarks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return IsEdge(r) || strings.ContainsRune("|｜(（[【〔,，;；、）)】〕]", r)
	})
}

// CutRunes is the text from one character to another, trimmed; ends beyond the text
// are its end.
func CutRunes(s string, from, to int) string {
	runes := []rune(s)
	return TrimEdges(string(runes[min(from, len(runes)):min(to, len(runes))]))
}

// Text joins the text under n as it stands in the source, with a space where
// a block or a line break parts it.
func Text(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return b.String()
}

// So many characters stand in no more nodes than these.
const (
	nodesEach = 4   // for each character
	moreNodes = 200 // and for boxes that hold none
)

// ShortText is Text for an element that counts only while it is short: it
// gives up after about limit characters, or after more nodes than so much text
// stands in, so that asking many elements about their surroundings costs no
// more than the page is long.
func ShortText(n *html.Node, limit int) (text string, ok bool) {
	w := shortWriter{bytes: utf8.UTFMax * limit, nodes: nodesEach*limit + moreNodes}
	ok = w.write(n)
	return w.String(), ok
}

// IsShort reports whether an element holds no more than so many characters.
func IsShort(n *html.Node, limit int) bool {
	text, ok := ShortText(n, limit)
	return ok && LetterCount(text) <= limit
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
		w.WriteString(n.Data[:WholeRunes(n.Data, w.bytes-w.Len()+1)])
	case Is(n, "script", "style", "template"):
	default:
		parted := n.Type == html.ElementNode && (n.Data == "br" || IsBlock(n))
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

// WholeRunes is where to cut a text after n bytes or the character that they end in.
func WholeRunes(s string, n int) int {
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
	parted := n.Type == html.ElementNode && (n.Data == "br" || IsBlock(n))
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
