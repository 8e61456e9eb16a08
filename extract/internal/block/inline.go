package block

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// inline reads an element inside a paragraph.
func (r *reader) inline(n *html.Node) {
	if r.skip[n] {
		return
	}
	if r.d.Marks.Of[n] == site.RoleHeading {
		r.flush(n.Parent)
		r.heading(n, 2)
		return
	}
	outer := r.style
	defer func() { r.style = outer }()
	switch n.Data {
	case "br":
		r.lineBreak(n)
		return
	case "img", "picture", "amp-img":
		r.image(n)
		return
	case "ruby":
		r.ruby(n)
		return
	case "rt", "rp", "wbr", "object", "embed":
		return
	case "b", "strong":
		r.style.Bold = true
	case "i", "em", "cite", "dfn":
		r.style.Italic = true
	case "sup":
		r.style.Sup = true
	case "sub":
		r.style.Sub = true
	case "code", "kbd", "samp", "tt":
		r.style.Code = true
	case "q":
		r.children(n)
		return
	case "a":
		if u := r.d.Address.Target(dom.Attr(n, "href")); u != "" {
			r.style.Href = u
		}
	}
	switch css := dom.ParseStyle(dom.Attr(n, "style")); {
	case isBold(css["font-weight"]):
		r.style.Bold = true
	case css["font-style"] == "italic":
		r.style.Italic = true
	}
	r.children(n)
}

// isBold reports whether a font-weight is that of bold text.
func isBold(weight string) bool {
	const semibold = "600"
	numeric := len(weight) == len(semibold)
	return weight == "bold" || weight == "bolder" || numeric && weight >= semibold
}

// text adds a text node, its white space collapsed as a browser does.
func (r *reader) text(s string, n *html.Node) {
	start := -1 // where a run of other characters began
	for i, c := range s {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			if start >= 0 {
				r.run(s[start:i], n)
				start = -1
			}
			if r.pending != '\n' {
				r.pending, r.gapIn = ' ', r.style
			}
			if c == '\n' {
				r.pending = '\n'
			}
		default:
			if start < 0 {
				start = i
			}
		}
	}
	if start >= 0 {
		r.run(s[start:], n)
	}
}

// run adds characters that are no white space, after the white space that is
// pending.
func (r *reader) run(s string, n *html.Node) {
	blank := strings.TrimFunc(s, dom.IsEdge) == ""
	r.indent = r.broken && (r.indent || indented(s))
	if r.indent && !blank {
		r.flush(n) // <br>　　: a new paragraph
	}
	r.broken = r.broken && blank
	r.solid = r.solid || !blank
	last := r.last()
	firstRune, _ := utf8.DecodeRuneInString(s)
	if r.pending != 0 && last != 0 && last != '\n' && last != ' ' &&
		!(r.pending == '\n' && dom.IsWide(last) && dom.IsWide(firstRune)) {
		gap := r.gapIn
		gap.Text = " "
		r.write(gap)
	}
	r.pending = 0
	in := r.style
	in.Text = s
	r.write(in)
}

// indented reports whether a line begins with an indent made of characters: one
// ideographic space or two no-break spaces.
func indented(s string) bool {
	return strings.HasPrefix(s, "　") || strings.HasPrefix(s, "\u00a0\u00a0") || strings.HasPrefix(s, "\u2003")
}

// lineBreak is one <br>: a new line; two are a new paragraph.
func (r *reader) lineBreak(n *html.Node) {
	r.pending = 0
	switch {
	case !r.solid:
		r.line = nil
	case r.broken:
		r.flush(n.Parent)
	default:
		r.trimLineEnd()
		r.write(article.Inline{Text: "\n"})
		r.broken = true
	}
}

func (r *reader) trimLineEnd() {
	for k := len(r.line) - 1; k >= 0; k-- {
		if r.line[k].Text = strings.TrimRightFunc(r.line[k].Text, dom.IsEdge); r.line[k].Text != "" {
			return
		}
	}
}

// ruby keeps each base with its reading; a <rt> without a base is left out.
func (r *reader) ruby(n *html.Node) {
	var base strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			base.WriteString(strings.TrimFunc(c.Data, unicode.IsSpace))
		case dom.Is(c, "rb"):
			base.WriteString(dom.Squeeze(dom.Text(c)))
		case dom.Is(c, "rt"):
			if base.Len() > 0 {
				r.run(base.String(), n)
				if k := len(r.line) - 1; r.last() != 0 {
					in := r.style
					in.Text, in.Ruby = base.String(), dom.Squeeze(dom.Text(c))
					r.line[k].Text = strings.TrimSuffix(r.line[k].Text, in.Text)
					r.line = append(r.line, in)
				}
				base.Reset()
			}
		case dom.Is(c, "rp", "rtc"):
		case c.Type == html.ElementNode:
			base.WriteString(dom.Squeeze(dom.Text(c)))
		}
	}
	if base.Len() > 0 {
		r.run(base.String(), n)
	}
}
