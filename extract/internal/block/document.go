package block

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// Document is the page while it is being read.
type Document struct {
	Root     *html.Node
	Body     *html.Node
	Address  dom.Address
	Rule     *site.Rule // nil when no rule names this site
	Marks    Marks
	TitleTag string                   // text of <title>
	LogoAlt  string                   // the logo's alternative text
	Holds    map[*html.Node]*Contents // of every element, once the tree is pruned
	Warnings []article.Warning
}

// maxWarnings bounds what a page can make us say about it.
const maxWarnings = 100

// Warn adds a warning once; there are no more than maxWarnings. where is a word for
// the part of the page, or the address of a picture.
func (d *Document) Warn(code, message, where string) {
	w := article.Warning{Code: code, Message: message, Where: where}
	if slices.Contains(d.Warnings, w) || len(d.Warnings) > maxWarnings {
		return
	}
	if len(d.Warnings) == maxWarnings {
		w = article.Warning{Code: "warnings-many", Message: "there were more warnings than these", Where: "page"}
	}
	d.Warnings = append(d.Warnings, w)
}

// maxHeadline is as much of <title>, in characters, as every block is compared with.
const maxHeadline = 500

var (
	bodyElement = dom.MustCompile("body")
	headTitle   = dom.MustCompile("head title")
	anyTitle    = dom.MustCompile("title")
)

// Open makes a document of a tree; rule is nil when none names its site.
func Open(root *html.Node, at dom.Address, rule *site.Rule) *Document {
	d := &Document{Root: root, Body: dom.FindFirst(root, bodyElement), Address: at, Rule: rule}
	if d.Body == nil { // a frameset
		d.Body = &html.Node{Type: html.ElementNode, Data: "body"}
	}
	d.Marks = readMarks(d)
	if t := dom.FindFirst(root, headTitle); t != nil {
		d.TitleTag = dom.Squeeze(dom.Text(t))
	} else if t := dom.FindFirst(root, anyTitle); t != nil && !dom.Within(t, "svg") {
		d.TitleTag = dom.Squeeze(dom.Text(t))
	}
	d.TitleTag = strings.TrimSpace(d.TitleTag)
	if dom.LetterCount(d.TitleTag) > maxHeadline {
		d.TitleTag = dom.TrimEdges(dom.CutRunes(d.TitleTag, 0, maxHeadline))
		d.Warn("title-cut", fmt.Sprintf("only the first %d characters of <title> were looked at", maxHeadline), "page")
	}
	return d
}
