package extract

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
)

// maxCaption is the longest text, in characters, that is taken for a caption.
const maxCaption = 160

// figure reads <figure>: every picture in it, the caption with the last one
// unless there are as many captions as pictures.
func (r *reader) figure(n *html.Node) bool {
	images := pictures(n)
	if len(images) == 0 {
		return false
	}
	captions := all(n, "figcaption")
	for _, m := range r.d.marks.nodes(roleCaption) {
		if contains(n, m) && !slices.ContainsFunc(captions, func(c *html.Node) bool { return contains(c, m) || contains(m, c) }) {
			captions = append(captions, m)
		}
	}
	if len(captions) == 0 {
		return r.figureWithText(n, images)
	}
	var figures []piece
	for _, img := range images {
		im := r.readImage(img)
		if im == nil && len(images) == 1 { // who captions a picture means it, whatever its name
			if u := r.d.at.picture(attr(img, "src")); u != "" {
				im = &article.Image{URL: u, Alt: squeeze(attr(img, "alt"))}
			}
		}
		if im != nil {
			figures = append(figures, piece{Block: article.Block{Kind: article.Figure, Image: im}, node: n})
		}
	}
	for i, c := range captions {
		at := len(figures) - 1
		if len(captions) == len(figures) {
			at = i
		}
		if at >= 0 {
			setCaption(r.d, figures[at].Image, c)
		}
	}
	for _, c := range r.d.marks.nodes(roleCredit) {
		if at := len(figures) - 1; at >= 0 && contains(n, c) && figures[at].Image.Credit == "" {
			setCredit(figures[at].Image, squeeze(textOf(c)))
		}
	}
	for _, f := range figures {
		r.emit(f)
	}
	return true
}

// figureWithText is a <figure> without <figcaption>: its other text is the
// caption.
func (r *reader) figureWithText(n *html.Node, images []*html.Node) bool {
	if length(textOf(n)) > maxCaption {
		return false
	}
	for i, img := range images {
		im := r.readImage(img)
		if im == nil {
			continue
		}
		if i == len(images)-1 {
			setCaption(r.d, im, n)
		}
		r.emit(piece{Block: article.Block{Kind: article.Figure, Image: im}, node: n})
	}
	return true
}

// pictureBox reads a small box that holds one picture and a short text as a
// figure: <dl><dt><img><dd>…, a table with the caption in the next row,
// <div class="pic"><img><span>….
func (r *reader) pictureBox(n *html.Node) bool {
	switch n.Data {
	case "dl", "table", "div", "p", "center", "li", "section", "td", "span", "aside":
	default:
		return false
	}
	if len(r.d.marks.of) > 0 && (r.d.marks.of[n] == roleBody || r.d.marks.of[n] == roleLogo) {
		return false
	}
	img, ok := onlyPicture(n)
	if !ok {
		return false
	}
	text := squeeze(textOf(n))
	if length(text) > maxCaption || first(n, "h1") != nil || first(n, "h2") != nil || first(n, "h3") != nil {
		return false
	}
	if text != "" && !boxed(n, img, text) {
		return false
	}
	im := r.readImage(img)
	if im == nil {
		return text == ""
	}
	if text != "" {
		setCaption(r.d, im, n)
	}
	r.emit(piece{Block: article.Block{Kind: article.Figure, Image: im}, node: n})
	return true
}

// boxed tells whether a box with one picture and some text is a picture with
// its caption rather than, say, a teaser or a paragraph with an icon.
func boxed(n, img *html.Node, text string) bool {
	if a := enclosing(img, "a"); a != nil && contains(n, a) && length(textOf(n)) > 0 && linkedText(n) == length(textOf(n)) {
		return false // picture and text both link elsewhere: a teaser
	}
	if _, c, _ := splitCredit(text); c != "" {
		return true
	}
	if n.Data == "dl" || n.Data == "table" {
		return true
	}
	if endsSentence(text) && length(text) > 60 {
		return false
	}
	if n.Data == "p" {
		return textAfter(n, img) && length(text) <= 60
	}
	return hinted(n, pictureHints...) || captionLike(lastTextElement(n))
}

var pictureHints = []string{
	"pic", "pics", "picture", "pict", "img", "imgs", "image", "images", "photo", "photos", "figure", "fig", "media",
	"caption", "captioned", "thumb", "thumbnail", "illustration", "tu", "tupian", "graphic", "imgbox", "picbox",
}

func enclosing(n *html.Node, name string) *html.Node {
	for ; n != nil; n = n.Parent {
		if isElement(n, name) {
			return n
		}
	}
	return nil
}

func linkedText(n *html.Node) int {
	total := 0
	each(n, func(e *html.Node) bool {
		if e.Data == "a" {
			total += length(textOf(e))
			return false
		}
		return true
	})
	return total
}

// textAfter tells whether no text stands before the picture.
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
			if c.Type == html.TextNode && trimEdges(c.Data) != "" {
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
	each(n, func(e *html.Node) bool {
		if trimEdges(textOf(e)) != "" {
			last = e
		}
		return true
	})
	return last
}

// pictures are the picture elements under n; the <img> of a <picture> is not
// counted again.
func pictures(n *html.Node) []*html.Node {
	var found []*html.Node
	each(n, func(e *html.Node) bool {
		switch e.Data {
		case "picture", "img", "amp-img":
			found = append(found, e)
			return false
		}
		return true
	})
	return found
}

// onlyPicture gives the one picture of a small box.
func onlyPicture(n *html.Node) (*html.Node, bool) {
	var img *html.Node
	count, elements := 0, 0
	each(n, func(e *html.Node) bool {
		elements++
		switch e.Data {
		case "picture", "img", "amp-img":
			img = e
			count++
			return false
		case "ul", "ol", "blockquote", "iframe", "video", "pre", "figure":
			count += 2
		}
		return count < 2 && elements < 40
	})
	return img, count == 1 && elements < 40
}

// image reads a picture inside text: a figure of its own, unless it is an icon
// or an emoji.
func (r *reader) image(n *html.Node) {
	if alt := attr(n, "alt"); alt != "" && (hinted(n, "emoji", "wp-smiley") || isEmoji(alt)) {
		r.text(alt, n.Parent)
		return
	}
	im := r.readImage(n)
	if im == nil {
		return
	}
	r.flush(n.Parent)
	r.emit(piece{Block: article.Block{Kind: article.Figure, Image: im}, node: n})
}

func isEmoji(s string) bool {
	for _, c := range s {
		if c < 0x2600 || c > 0x1FAFF || c > 0x27BF && c < 0x1F000 && c != 0xFE0F {
			return false
		}
	}
	return s != ""
}

func pixels(n *html.Node, name string) int {
	v := strings.TrimSpace(strings.TrimSuffix(strings.ToLower(attr(n, name)), "px"))
	size, err := strconv.Atoi(v)
	if err != nil || size < 0 || size > 100_000 {
		return 0
	}
	return size
}
