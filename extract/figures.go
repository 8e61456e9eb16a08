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

// figure reads <figure>: every picture in it, each with the caption that stands
// with it.
func (r *reader) figure(n *html.Node) bool {
	images := pictures(n)
	if len(images) == 0 {
		return false
	}
	captions := r.captionsIn(n)
	if len(captions) == 0 && length(textOf(n)) > maxCaption {
		return false
	}
	read := r.readFigures(images, len(captions) > 0)
	if len(captions) == 0 {
		if !slices.ContainsFunc(read, func(im *article.Image) bool { return im != nil }) {
			return false
		}
		captions = []*html.Node{n} // its other text is the caption
	}
	for _, c := range captions {
		if im := pictureOf(c, n, images, read); im != nil {
			setCaption(r.d, im, c)
		}
	}
	for _, c := range r.d.marks.nodes(roleCredit) {
		if im := pictureOf(c, n, images, read); im != nil && contains(n, c) && im.Credit == "" {
			setCredit(im, squeeze(textOf(c)))
		}
	}
	for _, im := range read {
		if im != nil {
			r.emit(piece{Block: article.Block{Kind: article.Figure, Image: im}, node: n})
		}
	}
	return true
}

func (r *reader) captionsIn(n *html.Node) []*html.Node {
	captions := all(n, "figcaption")
	for _, m := range r.d.marks.nodes(roleCaption) {
		if contains(n, m) && !slices.ContainsFunc(captions, func(c *html.Node) bool { return contains(c, m) || contains(m, c) }) {
			captions = append(captions, m)
		}
	}
	return captions
}

// readFigures reads the pictures of a <figure>, one each; nil is one that is no
// picture. Who puts a picture into a figure means it, whatever its name. Where
// only placeholders are there, and a caption under them, the first one holds
// the place: the caption must not be lost.
func (r *reader) readFigures(images []*html.Node, captioned bool) []*article.Image {
	read := make([]*article.Image, len(images))
	found := false
	for i, img := range images {
		if (!captioned || len(images) > 1) && (calledIcon(img) || measured(img) == looksDoubtful) {
			continue
		}
		read[i], _ = r.readImage(img)
		found = found || read[i] != nil
	}
	for i, img := range images {
		if u := r.d.at.picture(attr(img, "src")); !found && captioned && u != "" {
			read[i], found = &article.Image{URL: u, Alt: squeeze(attr(img, "alt"))}, true
			r.d.warn("picture-unknown", "only a stand-in for this picture is in the page", u)
		}
	}
	return read
}

// pictureOf is the picture that a caption in a figure belongs to: the last one
// before it in the smallest box that holds both, else the first in that box.
func pictureOf(caption, figure *html.Node, images []*html.Node, read []*article.Image) *article.Image {
	for box := caption; box != nil; box = box.Parent {
		var before, after *article.Image
		for i, img := range images {
			switch {
			case read[i] == nil || !contains(box, img):
			case box == caption || precedes(box, img, caption):
				before = read[i]
			case after == nil:
				after = read[i]
			}
		}
		if before != nil {
			return before
		}
		if after != nil {
			return after
		}
		if box == figure {
			break
		}
	}
	return nil
}

// precedes tells which of two elements in a box comes first.
func precedes(box, a, b *html.Node) bool {
	first := false
	done := false
	each(box, func(e *html.Node) bool {
		if !done && (e == a || e == b) {
			first, done = e == a, true
		}
		return !done
	})
	return first
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
	im, sure := r.readImage(img)
	if im == nil {
		return text == ""
	}
	if text != "" {
		setCaption(r.d, im, n)
	}
	r.emit(piece{Block: article.Block{Kind: article.Figure, Image: im}, node: n, doubtful: !sure})
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
	im, sure := r.readImage(n)
	if im == nil || !sure && (r.solid || within(n, "h1", "h2", "h3", "h4")) {
		return // an icon in a line of text
	}
	r.flush(n.Parent)
	r.emit(piece{Block: article.Block{Kind: article.Figure, Image: im}, node: n, doubtful: !sure})
}

func isEmoji(s string) bool {
	for _, c := range s {
		if c < 0x2600 || c > 0x1FAFF || c > 0x27BF && c < 0x1F000 && c != 0xFE0F {
			return false
		}
	}
	return s != ""
}

// pixels reads a length such as 600 or 600px; 0 is anything else.
func pixels(s string) int {
	v := strings.TrimSpace(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), "px"))
	size, err := strconv.Atoi(v)
	if err != nil || size < 0 || size > 100_000 {
		return 0
	}
	return size
}
