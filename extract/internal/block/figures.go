package block

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// MaxCaption is the longest text, in characters, that is taken for a caption.
const MaxCaption = 160

// figure reads <figure>: every picture in it, each with the caption that stands
// with it.
func (r *reader) figure(n *html.Node) bool {
	inside := r.d.contentsOf(n)
	if inside.Pictures == 0 {
		return false
	}
	captions := r.captionsIn(n)
	if len(captions) == 0 && (inside.Text > MaxCaption || inside.Pictures > maxGallery) {
		return false
	}
	images := Pictures(n)
	read := r.readFigures(images, len(captions) > 0)
	if len(captions) == 0 {
		if !slices.ContainsFunc(read, func(im *article.Image) bool { return im != nil }) {
			return false
		}
		captions = []*html.Node{n} // its other text is the caption
	}
	order := orderOf(n, images, read)
	for _, c := range captions {
		if im := order.pictureOf(c); im != nil {
			setCaption(r.d, im, c)
		}
	}
	for _, c := range r.markedIn(n, site.RoleCredit) {
		if im := order.pictureOf(c); im != nil && im.Credit == "" {
			setCredit(im, dom.Squeeze(dom.Text(c)))
		}
	}
	for _, im := range read {
		if im != nil {
			r.emit(Piece{Block: article.Block{Kind: article.Figure, Image: im}, Node: n})
		}
	}
	return true
}

// maxGallery is the most pictures that a box without any caption is a figure for.
const maxGallery = 100

var figcaption = dom.MustCompile("figcaption")

// captionsIn are the elements in a figure that hold a caption, each once.
func (r *reader) captionsIn(n *html.Node) []*html.Node {
	var captions []*html.Node
	if r.d.contentsOf(n).captions > 0 {
		captions = dom.Find(n, figcaption)
	}
	marked := r.markedIn(n, site.RoleCaption)
	if len(marked) == 0 {
		return captions
	}
	taken, above := dom.SetOf(captions), map[*html.Node]bool{} // the captions, and what holds one
	for _, c := range captions {
		for up := c; up != n && up != nil && !above[up]; up = up.Parent {
			above[up] = true
		}
	}
	for _, m := range marked {
		if !dom.StandsIn(taken, m) && !above[m] {
			captions = append(captions, m)
		}
	}
	return captions
}

// markedIn are the elements of a role in n that stand by themselves.
func (r *reader) markedIn(n *html.Node, wanted site.Role) []*html.Node {
	marked := r.d.Marks.Set(wanted)
	if len(marked) == 0 {
		return nil
	}
	var found []*html.Node
	if marked[n] {
		found = append(found, n)
	}
	dom.Walk(n, func(e *html.Node) bool {
		if marked[e] {
			found = append(found, e)
		}
		return true
	})
	return found
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
		if u := r.d.Address.Picture(dom.Attr(img, "src")); !found && captioned && u != "" {
			read[i], found = &article.Image{URL: u, Alt: dom.Squeeze(dom.Attr(img, "alt"))}, true
			r.d.Warn("picture-unknown", "only a stand-in for this picture is in the page", u)
		}
	}
	return read
}

// ordered are the pictures of a figure in reading order, and from where to where
// each element of it goes in that order.
type ordered struct {
	figure *html.Node
	first  map[*html.Node]int
	last   map[*html.Node]int
	images []*article.Image // those that are pictures
	at     []int            // where each of them stands
}

func orderOf(figure *html.Node, images []*html.Node, read []*article.Image) *ordered {
	o := &ordered{figure: figure, first: map[*html.Node]int{}, last: map[*html.Node]int{}}
	n := 0
	var walk func(*html.Node)
	walk = func(e *html.Node) {
		o.first[e] = n
		n++
		for c := e.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				walk(c)
			}
		}
		o.last[e] = n - 1
	}
	walk(figure)
	for i, im := range read {
		if im != nil {
			o.images, o.at = append(o.images, im), append(o.at, o.first[images[i]])
		}
	}
	return o
}

// pictureOf is the picture that a caption in a figure belongs to: the last one
// before it in the smallest box that holds both, else the first in that box.
func (o *ordered) pictureOf(caption *html.Node) *article.Image {
	for box := caption; box != nil; box = box.Parent {
		from, _ := slices.BinarySearch(o.at, o.first[box])
		to, _ := slices.BinarySearch(o.at, o.last[box]+1)
		if from < to {
			if box == caption {
				return o.images[to-1]
			}
			if before, _ := slices.BinarySearch(o.at, o.first[caption]); before > from {
				return o.images[before-1]
			}
			return o.images[from]
		}
		if box == o.figure {
			break
		}
	}
	return nil
}

// Pictures are the picture elements under n; the <img> of a <picture> is not
// counted again.
func Pictures(n *html.Node) []*html.Node {
	var found []*html.Node
	dom.Walk(n, func(e *html.Node) bool {
		switch e.Data {
		case "picture", "img", "amp-img":
			found = append(found, e)
			return false
		}
		return true
	})
	return found
}

// image reads a picture inside text: a figure of its own, unless it is an icon
// or an emoji.
func (r *reader) image(n *html.Node) {
	if alt := dom.Attr(n, "alt"); alt != "" && (dom.Hinted(n, "emoji", "wp-smiley") || isEmoji(alt)) {
		r.text(alt, n.Parent)
		return
	}
	im, sure := r.readImage(n)
	if im == nil || !sure && (r.solid || dom.Within(n, "h1", "h2", "h3", "h4")) {
		return // an icon in a line of text
	}
	r.flush(n.Parent)
	r.emit(Piece{Block: article.Block{Kind: article.Figure, Image: im}, Node: n, doubtful: !sure})
}

// isEmoji reports whether a text is nothing but symbols, pictographs and the sign that
// asks for their coloured form.
func isEmoji(s string) bool {
	for _, c := range s {
		symbol := c >= 0x2600 && c <= 0x27BF
		pictograph := c >= 0x1F000 && c <= 0x1FAFF
		coloured := c == 0xFE0F
		if !symbol && !pictograph && !coloured {
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
