package extract

import (
	"regexp"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// postscript is how one begins, behind a rule or not.
var postscript = regexp.MustCompile(`(?i)^[【\[〔（(]?(?:` + postscriptWords + `|补记|補記|又记|又記|又及|作者(?:附)?[按注註]|笔者按|` +
	`筆者按|更正|勘误|勘誤|追記|付記|訂正|P\.? ?S\.?)[】\]〕）)]?\s*[` + headingMarks + `]`)

// maxPostscript is how many blocks behind the body's box one may have.
const maxPostscript = 20

// extend adds a postscript straight after the body, though the box that holds
// the body ends between them: paragraphs behind a rule, long or one sentence
// each; a paragraph that calls itself one; and what stands under such a heading.
func (s *story) extend() {
	_, last, ok := s.span()
	if !ok || last+1 >= len(s.pieces) || s.pieces[last].Node == nil || s.pieces[last+1].Node == nil {
		return
	}
	next := s.pieces[last+1]
	box := next.Node.Parent
	if !dom.Contains(box, s.pieces[last].Node) {
		return
	}
	ruled := next.Kind == article.Rule
	headed := next.Kind == article.Heading && postscriptHead(next)
	from := last + 1
	if ruled || headed {
		from++
	}
	for i := from; i < len(s.pieces) && i < from+maxPostscript; i++ {
		p := s.pieces[i]
		isText := p.Kind == article.Paragraph || p.Kind == article.Quote
		if !isText || !dom.Contains(box, p.Node) || dom.Within(p.Node, "aside", "nav", "footer", "form") || !addsToText(p) {
			return
		}
		announced := headed && i == from
		reads := (ruled || headed) && (prose(p) || isSentence(p.Text))
		if !announced && !reads && !postscript.MatchString(p.Text) {
			return
		}
		s.inside[last+1], s.inside[i] = true, true
	}
}

// postscriptHead reports whether a heading is that of a postscript: 后记, 附记. Sources
// and notes are lists of links too often.
func postscriptHead(p block.Piece) bool { return postscript.MatchString(dom.Squeeze(p.Text) + "：") }

// addsToText reports whether a block is none of what pages print under articles.
func addsToText(p block.Piece) bool {
	text := dom.Squeeze(block.Text(p.Block))
	if text == "" || isDisclaimer(text) || isFurniture(p.Block) || mostlyLinks(p) || commentMarkers.MatchString(text) {
		return false
	}
	isByline := !postscript.MatchString(text) && len(labelledFields(text)) > 0
	return !isByline && !isRecord(p)
}

// endsBox reports whether a heading is the last thing in its box: nothing that it
// could head was left out.
func endsBox(n *html.Node) bool {
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode || c.Type == html.TextNode && dom.TrimEdges(c.Data) != "" {
			return false
		}
	}
	return true
}
