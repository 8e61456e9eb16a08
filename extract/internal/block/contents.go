package block

import (
	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// Contents is what an element holds, so that a step that asks each of many
// nested elements need not walk through the same text for each of them.
type Contents struct {
	Text     int  // characters, as dom.Text gives them
	Pictures int  // <picture>, and <img> outside it
	captions int  // <figcaption>
	Headed   bool // an h1 stands in it
	Marked   bool // it is, or holds, a part that the publisher or a rule names
}

// MeasureAll measures every element from n down, in one walk.
func MeasureAll(d *Document, n *html.Node) map[*html.Node]*Contents {
	all := map[*html.Node]*Contents{}
	var walk func(*html.Node, bool) *Contents
	walk = func(n *html.Node, inPicture bool) *Contents {
		m := &Contents{}
		if n.Type == html.ElementNode {
			all[n] = m
			r := d.Marks.Of[n]
			m.Marked = r != "" && r != site.RoleExclude && r != site.RoleLogo
		}
		inPicture = inPicture || isPicture(n)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				if !dom.Is(n, "script", "style", "template") {
					m.Text += dom.LetterCount(c.Data)
				}
				continue
			}
			in := walk(c, inPicture)
			if !dom.Is(c, "script", "style", "template") {
				m.Text += in.Text
			}
			m.Pictures += in.Pictures
			m.captions += in.captions
			if isPicture(c) && !inPicture {
				m.Pictures++
			}
			if c.Data == "figcaption" {
				m.captions++
			}
			m.Headed = m.Headed || in.Headed || c.Data == "h1"
			m.Marked = m.Marked || in.Marked
		}
		return m
	}
	walk(n, false)
	return all
}

// contentsOf is what an element holds; an empty one when it is not of the page.
func (d *Document) contentsOf(n *html.Node) *Contents {
	if m := d.Holds[n]; m != nil {
		return m
	}
	return &Contents{}
}
