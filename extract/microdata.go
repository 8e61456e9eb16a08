package extract

import (
	"strings"

	"golang.org/x/net/html"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// readMicrodata reads itemprop attributes and <time>, which are right oftener
// than any other date on the page.
func readMicrodata(d *block.Document) claims {
	c := claims{source: "microdata", confidence: confidenceMicrodata}
	dom.Walk(d.Root, func(n *html.Node) bool {
		if t := dom.Attr(n, "itemtype"); t != "" {
			name := t[strings.LastIndexByte(t, '/')+1:]
			switch {
			case isArticleType(name):
				c.isArticle = true
			case name == "Comment", name == "WebSite", name == "Product", name == "ItemList",
				name == "Organization" && dom.Attr(n, "itemprop") == "":
				return false
			}
		}
		for _, prop := range strings.Fields(dom.Attr(n, "itemprop")) {
			c.property(prop, n)
		}
		return true
	})
	if c.published == "" {
		if n := publishedTime(d); n != nil {
			c.published = dom.Attr(n, "datetime")
			c.setRule("published", "time[datetime]")
		}
	}
	return c
}

func (c *claims) property(prop string, n *html.Node) {
	set := func(field *string) {
		if *field == "" {
			*field = propertyText(n)
		}
	}
	switch prop {
	case "headline":
		set(&c.title)
	case "alternativeHeadline":
		set(&c.subtitle)
	case "datePublished":
		set(&c.published)
	case "dateModified":
		set(&c.modified)
	case "articleSection":
		if len(c.section) >= maxSections {
			break
		}
		if s := propertyText(n); s != "" {
			c.section = append(c.section, s)
		}
	case "author":
		if len(c.authors) >= maxAuthors {
			break
		}
		if name := authorText(n); dom.LetterCount(name) <= maxByline {
			c.authors = mergeAuthors(c.authors, parseByline(name))
		}
	}
}

func propertyText(n *html.Node) string {
	for _, name := range []string{"content", "datetime"} {
		if v := dom.Squeeze(dom.Attr(n, name)); v != "" {
			return v
		}
	}
	text, _ := dom.ShortText(n, block.MaxField)
	return dom.Squeeze(text)
}

// authorText is the name inside an author item, whose text may hold a picture
// and a biography too.
func authorText(n *html.Node) string {
	name := ""
	dom.Any(n, func(e *html.Node) bool {
		if dom.Attr(e, "itemprop") == "name" {
			name = propertyText(e)
		}
		return name != ""
	})
	if name == "" {
		name = propertyText(n)
	}
	return name
}

var headOrTime = dom.MustCompile("h1, time[datetime]")

// publishedTime is the <time datetime> that is the article's: one that says so,
// else the only one, else the first after the first h1.
func publishedTime(d *block.Document) *html.Node {
	var times []*html.Node
	headed := false
	var afterHead *html.Node
	for _, n := range dom.Find(d.Body, headOrTime) {
		switch {
		case n.Data == "h1":
			headed = true
		case n.Data == "time" && dom.Attr(n, "datetime") != "":
			if ofUpdate(n) {
				continue
			}
			times = append(times, n)
			if headed && afterHead == nil {
				afterHead = n
			}
		}
	}
	for _, n := range times {
		if _, ok := dom.LookupAttr(n, "pubdate"); ok || dom.Hinted(n, "published", "pubdate", "publish") {
			return n
		}
	}
	if len(times) == 1 {
		return times[0]
	}
	return afterHead
}

// ofUpdate reports whether a <time> says when the page was changed, or when
// somebody commented on it.
func ofUpdate(n *html.Node) bool {
	called := dom.Hinted(n, "updated", "modified", "update") ||
		dom.Hinted(n.Parent, "updated", "modified", "update", "comment")
	return called || modifiedLabel.MatchString(lineOf(n.Parent))
}

// lineOf is the beginning of an element's text.
func lineOf(n *html.Node) string {
	text, _ := dom.ShortText(n, maxByline)
	return text
}
