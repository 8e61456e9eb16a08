package block

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
)

// list reads <ul> and <ol>. A list that only lays pictures out is read through.
func (r *reader) list(n *html.Node) {
	type part struct {
		from, to int
		node     *html.Node
	}
	start := len(r.out)
	var parts []part
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || r.skip[c] {
			continue
		}
		from := len(r.out)
		r.inside(c)
		parts = append(parts, part{from, len(r.out), c})
	}
	inner := r.out[start:]
	if pictured(inner) {
		return
	}
	var items []listItem
	for _, p := range parts {
		if blocks := Bare(r.out[p.from:p.to]); len(blocks) > 0 {
			items = append(items, listItem{blocks, p.node})
		}
	}
	r.out = r.out[:start]
	if n.Data == "ol" && strings.TrimSpace(dom.Attr(n, "start")) == "0" {
		r.d.Warn("list-from-zero", "a list that begins with 0 is numbered from 1", "body")
	}
	if len(items) > 0 {
		for _, b := range numbered(n, items) {
			r.emit(Piece{Block: b, Node: n})
		}
	}
}

type listItem struct {
	blocks []article.Block
	node   *html.Node
}

// numbered makes the list of its items. The numbers of <ol> are part of what it
// says: start, reversed, and value, where a new list begins.
func numbered(n *html.Node, items []listItem) []article.Block {
	if n.Data != "ol" {
		b := article.Block{Kind: article.List}
		for _, item := range items {
			b.Items = append(b.Items, item.blocks)
		}
		return []article.Block{b}
	}
	_, reversed := dom.LookupAttr(n, "reversed")
	next, step := 1, 1
	if reversed {
		next, step = len(items), -1
	}
	if v, err := strconv.Atoi(strings.TrimSpace(dom.Attr(n, "start"))); err == nil {
		next = v
	}
	var lists []article.Block
	for _, item := range items {
		v, err := strconv.Atoi(strings.TrimSpace(dom.Attr(item.node, "value")))
		if jump := err == nil && v != next; jump || len(lists) == 0 {
			if jump {
				next = v
			}
			lists = append(lists, article.Block{Kind: article.List, Ordered: true, Reversed: reversed, Start: next})
		}
		b := &lists[len(lists)-1]
		b.Items = append(b.Items, item.blocks)
		next += step
	}
	for i := range lists {
		if b := &lists[i]; !reversed && b.Start == 1 || reversed && b.Start == len(b.Items) {
			b.Start = 0 // as it is without being said
		}
	}
	return lists
}

// pictured reports whether half of the blocks or more are pictures.
func pictured(pieces []Piece) bool {
	figures := 0
	for _, p := range pieces {
		if p.Kind == article.Figure && !p.doubtful {
			figures++
		}
	}
	return figures > 0 && figures*2 >= len(pieces)
}

// quote reads <blockquote>. One that holds pictures or long structure only
// indents (old pages do that to whole articles) and is read through.
func (r *reader) quote(n *html.Node) {
	start := len(r.out)
	r.inside(n)
	inner := r.out[start:]
	if len(inner) == 0 {
		return
	}
	size := 0
	for _, p := range inner {
		size += dom.LetterCount(p.Text)
		if size > maxQuote || p.Kind == article.Figure || p.Kind == article.Heading || p.Kind == article.Table {
			return
		}
	}
	inner = slices.Clone(inner)
	r.out = r.out[:start]
	r.emit(Piece{Block: article.Block{Kind: article.Quote, Items: [][]article.Block{Bare(inner)}}, Node: n})
}

// maxQuote is the longest quotation, in characters, that is believed to be one.
const maxQuote = 1500

// Bare are the blocks without their elements; pictures that may be decoration and
// have no caption are left out.
func Bare(pieces []Piece) []article.Block {
	var out []article.Block
	for _, p := range certainPictures(pieces) {
		out = append(out, p.Block)
	}
	return out
}
