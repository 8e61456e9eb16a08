package extract

import (
	"encoding/base64"
	"strings"

	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
)

var (
	drawingElement = dom.MustCompile("figure svg, figure object[data], figure embed[src]")
	figureContent  = dom.MustCompile("img, picture, amp-img, video, audio, iframe, table, pre, blockquote, canvas, math")
	figureCaption  = dom.MustCompile("figcaption")
)

// mostDrawing bounds a drawing that is kept, in bytes.
const mostDrawing = 2 << 20

// settleDrawings puts a picture in the place of the drawing that is all there is in a
// figure with a caption: SVG in the page itself, or a file that <object> or <embed>
// names. Whether it can be printed is told where pictures are read; here, the caption
// keeps what it belongs to. Each figure is looked at once.
func settleDrawings(body *html.Node) {
	seen := map[*html.Node]bool{}
	for _, n := range dom.Find(body, drawingElement) {
		figure := dom.Closest(n, "figure")
		if figure == nil || seen[figure] || dom.Within(figure.Parent, "figure") {
			continue
		}
		seen[figure] = true
		if dom.FindFirst(figure, figureContent) != nil {
			continue
		}
		caption := dom.FindFirst(figure, figureCaption)
		if caption == nil || dom.Contains(caption, n) || dom.TrimEdges(dom.Text(caption)) == "" {
			continue
		}
		if img := drawn(n); img != nil {
			n.Parent.InsertBefore(img, n)
			dom.Remove(n)
		}
	}
}

// drawn gives a picture element for a drawing; nil where it is too large or fails.
func drawn(n *html.Node) *html.Node {
	src, alt := dom.Attr(n, "data")+dom.Attr(n, "src"), dom.Attr(n, "aria-label")
	if n.Data == "svg" {
		var text strings.Builder
		if err := html.Render(&text, n); err != nil || text.Len() > mostDrawing {
			return nil
		}
		src = "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(text.String()))
	}
	return &html.Node{Type: html.ElementNode, Data: "img", Attr: []html.Attribute{
		{Key: "src", Val: src},
		{Key: "alt", Val: alt},
		{Key: "width", Val: dom.Attr(n, "width")},
		{Key: "height", Val: dom.Attr(n, "height")},
	}}
}
