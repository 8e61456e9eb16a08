package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// readMicrodata reads itemprop attributes and <time>, which are right oftener
// than any other date on the page.
func readMicrodata(d *document) claims {
	c := claims{source: "microdata", confidence: confidenceMicrodata}
	each(d.root, func(n *html.Node) bool {
		if t := attr(n, "itemtype"); t != "" {
			name := t[strings.LastIndexByte(t, '/')+1:]
			switch {
			case isArticleType(name):
				c.isArticle = true
			case name == "Comment", name == "WebSite", name == "Product", name == "ItemList",
				name == "Organization" && attr(n, "itemprop") == "":
				return false
			}
		}
		for _, prop := range strings.Fields(attr(n, "itemprop")) {
			c.property(prop, n)
		}
		return true
	})
	if c.published == "" {
		if n := publishedTime(d); n != nil {
			c.published = attr(n, "datetime")
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
		if name := authorText(n); letterCount(name) <= maxByline {
			c.authors = mergeAuthors(c.authors, parseByline(name))
		}
	}
}

func propertyText(n *html.Node) string {
	for _, name := range []string{"content", "datetime"} {
		if v := squeeze(attr(n, name)); v != "" {
			return v
		}
	}
	text, _ := shortText(n, maxField)
	return squeeze(text)
}

// authorText is the name inside an author item, whose text may hold a picture
// and a biography too.
func authorText(n *html.Node) string {
	name := ""
	search(n, func(e *html.Node) bool {
		if attr(e, "itemprop") == "name" {
			name = propertyText(e)
		}
		return name != ""
	})
	if name == "" {
		name = propertyText(n)
	}
	return name
}

var headOrTime = mustMatcher("h1, time[datetime]")

// publishedTime is the <time datetime> that is the article's: one that says so,
// else the only one, else the first after the first h1.
func publishedTime(d *document) *html.Node {
	var times []*html.Node
	headed := false
	var afterHead *html.Node
	for _, n := range find(d.body, headOrTime) {
		switch {
		case n.Data == "h1":
			headed = true
		case n.Data == "time" && attr(n, "datetime") != "":
			if hinted(n, "updated", "modified", "update") || hinted(n.Parent, "updated", "modified", "update", "comment") ||
				modifiedLabel.MatchString(lineOf(n.Parent)) {
				continue
			}
			times = append(times, n)
			if headed && afterHead == nil {
				afterHead = n
			}
		}
	}
	for _, n := range times {
		if _, ok := attrIf(n, "pubdate"); ok || hinted(n, "published", "pubdate", "publish") {
			return n
		}
	}
	if len(times) == 1 {
		return times[0]
	}
	return afterHead
}

// lineOf is the beginning of an element's text.
func lineOf(n *html.Node) string {
	text, _ := shortText(n, maxByline)
	return text
}
