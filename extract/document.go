package extract

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// document is the page while it is being read.
type document struct {
	root     *html.Node
	body     *html.Node
	at       dom.Address
	rule     *site.Rule // nil when no rule names this site
	marks    marks
	titleTag string                   // text of <title>
	logoAlt  string                   // the logo's alternative text
	holds    map[*html.Node]*contents // of every element, once the tree is pruned
	warnings []article.Warning
}

// maxWarnings bounds what a page can make us say about it.
const maxWarnings = 100

func (d *document) warn(code, message, where string) {
	w := article.Warning{Code: code, Message: message, Where: where}
	if slices.Contains(d.warnings, w) || len(d.warnings) > maxWarnings {
		return
	}
	if len(d.warnings) == maxWarnings {
		w = article.Warning{Code: "warnings-many", Message: "there were more warnings than these", Where: "page"}
	}
	d.warnings = append(d.warnings, w)
}

// maxHeadline is as much of <title>, in characters, as every block is compared with.
const maxHeadline = 500

var (
	bodyElement = dom.MustCompile("body")
	headTitle   = dom.MustCompile("head title")
	anyTitle    = dom.MustCompile("title")
)

// readDocument makes a document of a tree; rule is nil when none names its site.
func readDocument(root *html.Node, at dom.Address, rule *site.Rule) *document {
	d := &document{root: root, body: dom.FindFirst(root, bodyElement), at: at, rule: rule}
	if d.body == nil { // a frameset
		d.body = &html.Node{Type: html.ElementNode, Data: "body"}
	}
	d.marks = readMarks(d)
	if t := dom.FindFirst(root, headTitle); t != nil {
		d.titleTag = dom.Squeeze(dom.Text(t))
	} else if t := dom.FindFirst(root, anyTitle); t != nil && !dom.Within(t, "svg") {
		d.titleTag = dom.Squeeze(dom.Text(t))
	}
	d.titleTag = strings.TrimSpace(d.titleTag)
	if dom.LetterCount(d.titleTag) > maxHeadline {
		d.titleTag = dom.TrimEdges(dom.CutRunes(d.titleTag, 0, maxHeadline))
		d.warn("title-cut", fmt.Sprintf("only the first %d characters of <title> were looked at", maxHeadline), "page")
	}
	return d
}
