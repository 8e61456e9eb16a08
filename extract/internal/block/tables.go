package block

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
)

// Bounds of colspan and rowspan in the HTML standard (4.9.11) are 1,000 and
// 65,534; no table of an article needs more than this.
const maxSpan = 100

var tableCaption = dom.MustCompile("caption")

// table reads a table of data; a table that lays the page out is read through,
// and one that holds a picture with a line under it is a figure.
func (r *reader) table(n *html.Node) {
	if r.pictureBox(n) {
		return
	}
	rows := ownRows(n)
	if !isData(n, rows) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				r.block(c)
			}
		}
		return
	}
	if c := dom.FindFirst(n, tableCaption); c != nil {
		r.children(c)
		r.flush(c)
	}
	b := article.Block{Kind: article.Table}
	for _, tr := range rows {
		var row []article.Cell
		head := dom.Within(tr, "thead")
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if dom.Is(c, "td", "th") {
				row = append(row, article.Cell{
					Text:    r.cellText(c),
					Header:  c.Data == "th" || head,
					Colspan: span(c, "colspan"),
					Rowspan: span(c, "rowspan"),
				})
			}
		}
		if len(row) > 0 {
			b.Rows = append(b.Rows, row)
		}
	}
	r.emit(Piece{Block: b, Node: n})
}

// cellText is a cell's text, its paragraphs parted by "\n".
func (r *reader) cellText(c *html.Node) string {
	var lines []string
	start := len(r.out)
	r.inside(c)
	for _, p := range r.out[start:] {
		if s := strings.TrimSpace(Text(p.Block)); s != "" {
			lines = append(lines, s)
		}
	}
	r.out = r.out[:start]
	return strings.Join(lines, "\n")
}

func span(c *html.Node, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(dom.Attr(c, name)))
	if err != nil || n <= 1 {
		return 0
	}
	return min(n, maxSpan)
}

// ownRows are the rows of a table, not those of tables inside it.
func ownRows(table *html.Node) []*html.Node {
	var rows []*html.Node
	dom.Walk(table, func(n *html.Node) bool {
		if n.Data == "tr" {
			rows = append(rows, n)
		}
		return n.Data == "thead" || n.Data == "tbody" || n.Data == "tfoot"
	})
	return rows
}

// A table of data has so many rows of so many columns: fewer are a list, or a frame.
const (
	minRows    = 2
	minColumns = 2
)

// isData reports whether a table holds data and does not lay out the page: at least two
// rows and two columns, no tables, headings or pictures inside, short cells.
func isData(table *html.Node, rows []*html.Node) bool {
	if dom.Attr(table, "role") == "presentation" || len(rows) < minRows {
		return false
	}
	cells, wide, size, header := 0, 0, 0, false
	for _, tr := range rows {
		columns := 0
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if !dom.Is(c, "td", "th") {
				continue
			}
			columns++
			cells++
			header = header || c.Data == "th"
			if laysOut(c) {
				return false
			}
			size += dom.LetterCount(dom.Text(c))
		}
		if columns >= minColumns {
			wide++
		}
	}
	if wide < minRows || cells == 0 {
		return false
	}
	return header || size/cells <= maxCell && size > 0
}

// maxCell is the average length, in characters, at which a cell is no data.
const maxCell = 80

var (
	pageParts = dom.MustCompile("table, h1, h2, h3, form, iframe, figure")
	paragraph = dom.MustCompile("p")
)

// laysOut reports whether a cell holds what only a page's layout puts into one: its
// parts, or a paragraph that is no data.
func laysOut(cell *html.Node) bool {
	return dom.FindFirst(cell, pageParts) != nil ||
		slices.ContainsFunc(dom.Find(cell, paragraph), func(p *html.Node) bool { return !dom.IsShort(p, maxCell) })
}
