package extract

import (
	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// contents is what an element holds, so that a step that asks each of many
// nested elements need not walk through the same text for each of them.
type contents struct {
	text     int  // characters, as textOf gives them
	pictures int  // <picture>, and <img> outside it
	captions int  // <figcaption>
	headed   bool // an h1 stands in it
	marked   bool // it is, or holds, a part that the publisher or a rule names
}

// measureAll measures every element from n down, in one walk.
func measureAll(d *document, n *html.Node) map[*html.Node]*contents {
	all := map[*html.Node]*contents{}
	var walk func(*html.Node, bool) *contents
	walk = func(n *html.Node, inPicture bool) *contents {
		m := &contents{}
		if n.Type == html.ElementNode {
			all[n] = m
			r := d.marks.of[n]
			m.marked = r != "" && r != site.RoleExclude && r != site.RoleLogo
		}
		inPicture = inPicture || isPicture(n)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				if !dom.Is(n, "script", "style", "template") {
					m.text += dom.LetterCount(c.Data)
				}
				continue
			}
			in := walk(c, inPicture)
			if !dom.Is(c, "script", "style", "template") {
				m.text += in.text
			}
			m.pictures += in.pictures
			m.captions += in.captions
			if isPicture(c) && !inPicture {
				m.pictures++
			}
			if c.Data == "figcaption" {
				m.captions++
			}
			m.headed = m.headed || in.headed || c.Data == "h1"
			m.marked = m.marked || in.marked
		}
		return m
	}
	walk(n, false)
	return all
}

func isPicture(n *html.Node) bool { return dom.Is(n, "picture", "img", "amp-img") }
