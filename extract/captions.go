package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
)

// captionStart is how a line under a picture often begins.
var captionStart = regexp.MustCompile(`^(?:[▲△▼↑]|(?:图|圖|上图|上圖|下图|下圖|左图|左圖|右图|右圖|图为|圖為|圖爲|图[一二三四五六七八九十\d]+|圖[一二三四五六七八九十\d]+|写真|사진)[\s　]*[:：／/∕⁄╱＝=、])`)

// bindCaptions gives each picture the short paragraph straight after it when
// that is its caption: marked so, ending in a credit, or set smaller or
// centred while the article's paragraphs are not.
func bindCaptions(d *document, pieces []piece) []piece {
	usual := usualSetting(pieces)
	var out []piece
	for _, p := range pieces {
		if k := pictureAbove(out); k >= 0 && isCaption(p, out[k], usual) {
			addCaption(out[k].Image, p)
			continue
		}
		if p.role == roleCaption || p.role == roleCredit {
			if k := lastFigure(out); k >= 0 && k >= len(out)-2 && out[k].Image.Caption == "" {
				addCaption(out[k].Image, p)
				continue
			}
		}
		out = append(out, p)
	}
	return certainPictures(out)
}

// certainPictures leaves out the pictures that may be decoration and that
// nobody wrote a caption for.
func certainPictures(pieces []piece) []piece {
	var out []piece
	for _, p := range pieces {
		if !p.doubtful || p.Image.Caption != "" || p.Image.Credit != "" {
			out = append(out, p)
		}
	}
	return out
}

// pictureAbove is the picture that ends the pieces, or -1. One that may be an
// icon gives way to the picture before it.
func pictureAbove(pieces []piece) int {
	k := len(pieces) - 1
	for i := k; i >= 0 && pieces[i].Kind == article.Figure; i-- {
		if !pieces[i].doubtful {
			return i
		}
	}
	if k >= 0 && pieces[k].Kind == article.Figure {
		return k
	}
	return -1
}

func lastFigure(pieces []piece) int {
	for i := len(pieces) - 1; i >= 0; i-- {
		if pieces[i].Kind == article.Figure {
			return i
		}
	}
	return -1
}

func isCaption(p, figure piece, usual setting) bool {
	if p.Kind != article.Paragraph && p.Kind != article.Heading {
		return false
	}
	if p.role == roleCaption || p.role == roleCredit {
		return true
	}
	if p.Kind == article.Heading || letterCount(p.Text) > maxCaption {
		return false
	}
	caption, credit, _ := splitCredit(p.Text)
	if figure.Image.Caption != "" {
		// A second line may only add the credit.
		return credit != "" && caption == "" && figure.Image.Credit == ""
	}
	switch {
	case credit != "", captionStart.MatchString(p.Text):
		return true
	case captionLike(p.node):
		return true
	case setOff(p.node, usual):
		return !(endsSentence(p.Text) && letterCount(p.Text) > 100)
	case p.node != nil && figure.node != nil && p.node == figure.node.Parent && isElement(p.node, "p", "center", "td"):
		// <p><img><br>line</p>
		return letterCount(p.Text) <= 40 && !endsSentence(p.Text)
	}
	return false
}

func addCaption(im *article.Image, p piece) {
	text := joinLines(p.Text)
	if p.role == roleCredit || im.Caption != "" {
		setCredit(im, text)
		return
	}
	setCaptionText(im, text)
}

var captionHints = []string{
	"caption", "captions", "cap", "figcaption", "tuzhu", "zhushi", "imgdesc", "picdesc", "desc", "pictext", "imgtext",
	"photodes", "imgtitle", "pictitle", "wp", "credit", "legend",
}

// captionLike reports whether the class of an element, or of one just round it,
// calls it a caption.
func captionLike(n *html.Node) bool {
	for up := 0; n != nil && up < 3 && !isElement(n, "body", "article", "main"); up++ {
		h := hints(n)
		if slices.Contains(h, "wp") {
			return slices.Contains(h, "caption")
		}
		for _, word := range captionHints {
			if slices.Contains(h, word) {
				return true
			}
		}
		if (slices.Contains(h, "img") || slices.Contains(h, "pic") || slices.Contains(h, "photo") || slices.Contains(h, "image")) &&
			(slices.Contains(h, "text") || slices.Contains(h, "title") || slices.Contains(h, "note") || slices.Contains(h, "des")) {
			return true
		}
		if n = n.Parent; n == nil || len(n.Attr) > 0 && elementChildren(n) > 3 {
			return false
		}
	}
	return false
}

// elementChildren counts up to four.
func elementChildren(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			if count++; count > 3 {
				break // nobody asks for more
			}
		}
	}
	return count
}

// setting is how a paragraph is set as far as its mark-up says so.
type setting struct {
	centred bool
	size    string // "" is the page's own
}

// settingOf looks at an element and those round it, up to the article.
func settingOf(n *html.Node) setting {
	var s setting
	aligned := false
	for up := 0; n != nil && up < 5 && !isElement(n, "body", "article", "main", "table"); up++ {
		css := declared(attr(n, "style"))
		align := strings.ToLower(attr(n, "align"))
		if css["text-align"] != "" {
			align = css["text-align"]
		}
		if n.Data == "center" {
			align = "center"
		}
		if align != "" && !aligned {
			s.centred, aligned = align == "center", true
		}
		if s.size == "" {
			s.size = sizeOf(n, css)
		}
		n = n.Parent
	}
	return s
}

func sizeOf(n *html.Node, css map[string]string) string {
	switch {
	case n.Data == "small":
		return "small"
	case n.Data == "font" && attr(n, "size") != "":
		return "font " + attr(n, "size")
	case css["font-size"] != "":
		return css["font-size"]
	}
	return ""
}

// innerSetting adds what a paragraph's only child says: <p><font size="1">….
func innerSetting(p *html.Node) setting {
	s := settingOf(p)
	for p != nil {
		var only *html.Node
		seen := 0
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			if seen++; seen > 40 {
				return s // a box with many things in it
			}
			if c.Type == html.TextNode && trimEdges(c.Data) != "" {
				return s
			}
			if c.Type == html.ElementNode && !isElement(c, "br", "img", "picture") {
				if only != nil {
					return s
				}
				only = c
			}
		}
		if only == nil {
			return s
		}
		if size := sizeOf(only, declared(attr(only, "style"))); size != "" {
			s.size = size
		}
		if only.Data == "center" {
			s.centred = true
		}
		p = only
	}
	return s
}

// usualSetting is the setting of most of the long paragraphs.
func usualSetting(pieces []piece) setting {
	counts := map[setting]int{}
	var best setting
	for _, p := range pieces {
		if p.Kind == article.Paragraph && letterCount(p.Text) > 60 {
			s := innerSetting(p.node)
			counts[s]++
			if counts[s] > counts[best] {
				best = s
			}
		}
	}
	return best
}

// setOff reports whether a paragraph is set smaller than the article, or centred
// where the article is not.
func setOff(n *html.Node, usual setting) bool {
	s := innerSetting(n)
	return s.centred && !usual.centred || smaller(s.size, usual.size)
}

// smaller compares two sizes of one kind; a size where the article names none
// counts as smaller when it is below the browser's own.
func smaller(a, b string) bool {
	if a == "" || a == b {
		return false
	}
	x, okx := points(a)
	y, oky := points(b)
	return okx && oky && x < y
}

// points are CSS pixels.
func points(size string) (float64, bool) {
	switch size {
	case "":
		return 16, true
	case "small", "smaller":
		return 13, true
	case "x-small", "xx-small":
		return 10, true
	}
	if n, ok := strings.CutPrefix(size, "font "); ok {
		html := []float64{10, 10, 13, 16, 18, 24, 32, 48} // HTML standard, 15.3.1
		v, err := strconv.Atoi(n)
		if err != nil {
			return 0, false
		}
		if strings.HasPrefix(n, "+") || strings.HasPrefix(n, "-") {
			v += 3
		}
		return html[min(max(v, 1), 7)], true
	}
	for unit, factor := range map[string]float64{"px": 1, "pt": 4.0 / 3, "em": 16, "rem": 16, "%": 0.16} {
		if n, ok := strings.CutSuffix(size, unit); ok {
			if v, err := strconv.ParseFloat(n, 64); err == nil {
				return v * factor, true
			}
		}
	}
	return 0, false
}

// endsSentence reports whether a text ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "」』”’）)\"'　 ")
	for _, end := range []string{"。", "！", "？", "!", "?", ".", "…", "；", "：", ":"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
