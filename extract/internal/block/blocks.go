package block

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// reader turns a tree into blocks in reading order. Every run of inline text
// between two block boundaries is one paragraph.
type reader struct {
	d       *Document
	out     []Piece
	line    []article.Inline // the open paragraph
	style   article.Inline   // the style in force; Text is empty
	pending byte             // white space not yet written: 0, ' ' or '\n'
	gapIn   article.Inline   // the style that the white space stood in
	solid   bool             // the open paragraph holds more than space
	broken  bool             // the line ends with <br>
	indent  bool             // and an indent made of characters follows it
	level   int              // > 0 inside a heading
	skip    map[*html.Node]bool
}

// Read reads the whole of an element.
func Read(d *Document, n *html.Node) []Piece {
	r := &reader{d: d}
	r.block(n)
	return r.out
}

// inside reads an element by itself, a list item or a quote: its blocks are
// added to the others, and who asked may take them back. (They are not handed
// up one level at a time, which would copy them at each.)
func (r *reader) inside(n *html.Node) {
	in := &reader{d: r.d, out: r.out, style: r.style, skip: r.skip}
	in.children(n)
	in.flush(n)
	r.out = in.out
}

func (r *reader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			r.text(c.Data, n)
		case html.ElementNode:
			if dom.IsBlock(c) {
				r.block(c)
			} else {
				r.inline(c)
			}
		}
	}
}

// block reads one block-level element.
func (r *reader) block(n *html.Node) {
	if r.skip[n] {
		return
	}
	outer := n.Parent
	r.flush(outer)
	defer r.flush(n)
	if r.d.Marks.Of[n] == site.RoleHeading {
		r.heading(n, 2)
		return
	}
	if r.d.Marks.Of[n] == site.RoleFigure || n.Data == "figure" {
		if r.figure(n) {
			return
		}
	}
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading(n, max(2, int(n.Data[1]-'0')))
	case "ul", "ol", "menu", "dir":
		r.list(n)
	case "blockquote":
		r.quote(n)
	case "table":
		r.table(n)
	case "dl":
		if !r.pictureBox(n) {
			r.children(n)
		}
	case "pre":
		r.pre(n)
	case "hr":
		r.emit(Piece{Block: article.Block{Kind: article.Rule}, Node: n})
	case "iframe", "video", "audio":
		r.embed(n)
	default:
		if !r.pictureBox(n) {
			r.children(n)
		}
	}
}

func (r *reader) heading(n *html.Node, level int) {
	outer := r.level
	r.level = level
	r.children(n)
	r.flush(n)
	r.level = outer
}

// pre keeps its text as it is, but for the line breaks at its ends.
func (r *reader) pre(n *html.Node) {
	text := strings.Trim(strings.ReplaceAll(rawText(n), "\r\n", "\n"), "\n")
	if strings.TrimSpace(text) != "" {
		inlines := []article.Inline{{Text: text, Code: true}}
		r.emit(Piece{Block: article.Block{Kind: article.Pre, Text: text, Inlines: inlines}, Node: n})
	}
}

func rawText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Data == "br" {
		return "\n"
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(rawText(c))
	}
	return b.String()
}

// embed keeps a video, map or post as a link.
func (r *reader) embed(n *html.Node) {
	src := dom.Attr(n, "src")
	if src == "" {
		src = dom.Attr(n, "data-src")
	}
	if src == "" {
		src = dom.Attr(dom.FindFirst(n, sourceElement), "src")
	}
	if u := r.d.Address.Link(src); u != "" {
		r.emit(Piece{Block: article.Block{Kind: article.Embed, URL: u, Text: dom.Squeeze(dom.Attr(n, "title"))}, Node: n})
	}
}

func (r *reader) emit(p Piece) {
	p.Role = r.d.roleOf(p.Node)
	p.kept = &memo{}
	r.out = append(r.out, p)
}

// roleOf is the role of the nearest element that has one.
func (d *Document) roleOf(n *html.Node) site.Role {
	if len(d.Marks.Of) == 0 || n == nil {
		return ""
	}
	if r := d.Marks.Of[n]; r != "" {
		return r
	}
	r, remembered := d.Marks.around[n]
	if !remembered {
		r = d.roleOf(n.Parent)
		d.Marks.around[n] = r
	}
	return r
}

// flush ends the open paragraph. n is the element that it stood in.
func (r *reader) flush(n *html.Node) {
	inlines := tidy(r.line)
	r.line, r.pending, r.solid, r.broken, r.indent = nil, 0, false, false, false
	if len(inlines) == 0 {
		return
	}
	b := article.Block{Kind: article.Paragraph, Inlines: inlines, Text: article.JoinText(inlines)}
	if r.level > 0 {
		b.Kind, b.Level = article.Heading, r.level
		for i := range b.Inlines {
			b.Inlines[i].Bold = false // a heading is bold as a whole
		}
		b.Inlines = tidy(b.Inlines)
	}
	r.emit(Piece{Block: b, Node: n})
}

// last is the last character of the open paragraph, or 0.
func (r *reader) last() rune {
	for i := len(r.line) - 1; i >= 0; i-- {
		if t := r.line[i].Text; t != "" {
			c, _ := utf8.DecodeLastRuneInString(t)
			return c
		}
	}
	return 0
}

// write adds to the open paragraph; tidy joins later what is of one style.
func (r *reader) write(in article.Inline) { r.line = append(r.line, in) }
