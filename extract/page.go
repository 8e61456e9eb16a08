package extract

import (
	"fmt"
	"io/fs"

	"golang.org/x/net/html"

	"offprint/extract/internal/block"
	"offprint/extract/internal/charset"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
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

// newDocument puts a page's tree together with where it stands and what is known
// of its site.
func newDocument(page Page, root *html.Node, rules []*site.Rule) *block.Document {
	at := dom.NewAddress(page.URL, page.BaseURL, root)
	return block.Open(root, at, site.Match(rules, at.Host(), at.Path()))
}

// warnOfCharset says that the encoding was guessed, or that it does not fit.
func warnOfCharset(d *block.Document, text charset.Text) {
	if text.Guessed {
		d.Warn("charset-guessed", "the page names no encoding that fits; it was read as "+text.Name, "page")
	}
	if text.Broken > 0 {
		d.Warn("charset-broken", fmt.Sprintf("characters that could not be read as %s: %d", text.Name, text.Broken), "page")
	}
}
