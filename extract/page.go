package extract

import (
	"io/fs"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
)

// Page is one document as it was fetched.
type Page struct {
	URL         string // where it was read from; empty for standard input
	BaseURL     string // what relative links are resolved against; empty: URL
	ContentType string // the Content-Type header, when there was one
	Body        []byte // at most 8 MB are read
}

// Options are the choices of whoever asks.
type Options struct {
	Lang    string  // BCP 47; overrides what the page says
	Sites   []fs.FS // folders of site rules (*.json) that go before the built-in ones
	Explain bool    // fill Article.Provenance
}

// document is the page while it is being read.
type document struct {
	root     *html.Node
	body     *html.Node
	at       place
	rule     *Rule // nil when no rule names this site
	marks    marks
	headline string // text of <title>
	logoAlt  string // the logo's alternative text
	warnings []article.Warning
}

func (d *document) warn(code, message, where string) {
	for _, w := range d.warnings {
		if w.Code == code && w.Message == message && w.Where == where {
			return
		}
	}
	d.warnings = append(d.warnings, article.Warning{Code: code, Message: message, Where: where})
}

func newDocument(page Page, root *html.Node, rules []*Rule) *document {
	d := &document{root: root, body: first(root, "body")}
	if d.body == nil { // a frameset
		d.body = &html.Node{Type: html.ElementNode, Data: "body"}
	}
	d.at = newPlace(page, root)
	d.rule = matchRule(rules, d.at)
	d.marks = readMarks(d)
	if t := first(first(root, "head"), "title"); t != nil {
		d.headline = squeeze(textOf(t))
	} else if t := first(root, "title"); t != nil && !within(t, "svg") {
		d.headline = squeeze(textOf(t))
	}
	d.headline = strings.TrimSpace(d.headline)
	return d
}
