package block

import (
	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

var topHeading = dom.MustCompile("h1, h2, h3")

// pictureBox reads a small box that holds one picture and a short text as a
// figure: <dl><dt><img><dd>…, a table with the caption in the next row,
// <div class="pic"><img><span>….
func (r *reader) pictureBox(n *html.Node) bool {
	switch n.Data {
	case "dl", "table", "div", "p", "center", "li", "section", "td", "span", "aside":
	default:
		return false
	}
	if len(r.d.Marks.Of) > 0 && (r.d.Marks.Of[n] == site.RoleBody || r.d.Marks.Of[n] == site.RoleLogo) {
		return false
	}
	if inside := r.d.contentsOf(n); inside.Pictures != 1 || inside.Text > MaxCaption {
		return false
	}
	img, ok := onlyPicture(n)
	if !ok {
		return false
	}
	text := dom.Squeeze(dom.Text(n))
	if dom.LetterCount(text) > MaxCaption || dom.FindFirst(n, topHeading) != nil {
		return false
	}
	if text != "" && !boxed(n, img, text) {
		return false
	}
	im, sure := r.readImage(img)
	if im == nil {
		return text == ""
	}
	if text != "" {
		setCaption(r.d, im, n)
	}
	r.emit(Piece{Block: article.Block{Kind: article.Figure, Image: im}, Node: n, doubtful: !sure})
	return true
}

// maxBoxedLine is the longest line, in characters, that is taken for a caption though
// it ends as a sentence does, or stands in one paragraph with the picture.
const maxBoxedLine = 60

// boxed reports whether a box with one picture and some text is a picture with
// its caption rather than, say, a teaser or a paragraph with an icon.
func boxed(n, img *html.Node, text string) bool {
	if linksAway(n, img) {
		return false
	}
	if _, c, _ := splitCredit(text); c != "" {
		return true
	}
	if n.Data == "dl" || n.Data == "table" {
		return true
	}
	if EndsSentence(text) && dom.LetterCount(text) > maxBoxedLine {
		return false
	}
	if n.Data == "p" {
		return textAfter(n, img) && dom.LetterCount(text) <= maxBoxedLine
	}
	return dom.Hinted(n, pictureHints...) || captionLike(lastTextElement(n))
}

// linksAway reports whether picture and text of a box both link elsewhere.
func linksAway(n, img *html.Node) bool {
	a := dom.Closest(img, "a")
	if a == nil || !dom.Contains(n, a) {
		return false
	}
	size := dom.LetterCount(dom.Text(n))
	return size > 0 && linkedText(n) == size
}

// pictureHints are the class words of boxes that hold a picture and its caption.
var pictureHints = []string{
	"pic", "pics", "picture", "pict", "img", "imgs", "image", "images", "photo", "photos", "figure", "fig", "media",
	"caption", "captioned", "thumb", "thumbnail", "illustration", "tu", "tupian", "graphic", "imgbox", "picbox",
}

func linkedText(n *html.Node) int {
	total := 0
	dom.Walk(n, func(e *html.Node) bool {
		if e.Data == "a" {
			total += dom.LetterCount(dom.Text(e))
			return false
		}
		return true
	})
	return total
}

// textAfter reports whether no text stands before the picture.
func textAfter(n, img *html.Node) bool {
	before := true
	blank := true
	var walk func(*html.Node)
	walk = func(e *html.Node) {
		for c := e.FirstChild; c != nil && before; c = c.NextSibling {
			if c == img {
				before = false
				return
			}
			if c.Type == html.TextNode && dom.TrimEdges(c.Data) != "" {
				blank = false
			}
			walk(c)
		}
	}
	walk(n)
	return blank
}

func lastTextElement(n *html.Node) *html.Node {
	var last *html.Node
	dom.Walk(n, func(e *html.Node) bool {
		if dom.TrimEdges(dom.Text(e)) != "" {
			last = e
		}
		return true
	})
	return last
}

// maxBoxElements is how many elements a box of a picture and its caption may have.
const maxBoxElements = 40

// onlyPicture gives the one picture of a small box.
func onlyPicture(n *html.Node) (*html.Node, bool) {
	var img *html.Node
	count, elements := 0, 0
	var walk func(*html.Node) bool
	walk = func(n *html.Node) bool {
		for e := n.FirstChild; e != nil; e = e.NextSibling {
			if e.Type != html.ElementNode {
				continue
			}
			elements++
			switch e.Data {
			case "picture", "img", "amp-img":
				img = e
				count++
				continue // the <img> of a <picture> is not counted again
			case "ul", "ol", "blockquote", "iframe", "video", "pre", "figure":
				count += 2
			}
			if count > 1 || elements >= maxBoxElements || !walk(e) {
				return false
			}
		}
		return true
	}
	walk(n)
	return img, count == 1 && elements < maxBoxElements
}
