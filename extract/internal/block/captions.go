package block

import (
	"regexp"
	"slices"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// captionStart is how a line under a picture often begins.
var captionStart = regexp.MustCompile(`^(?:[▲△▼↑]|(?:图|圖|上图|上圖|下图|下圖|左图|左圖|右图|右圖|图为|圖為|圖爲|图[一二三四五六七八九十\d]+|` +
	`圖[一二三四五六七八九十\d]+|写真|사진)[\s　]*[` + dom.PairMarks + `＝=、])`)

// BindCaptions gives each picture the short paragraph straight after it when
// that is its caption: marked so, ending in a credit, or set smaller or
// centred while the article's paragraphs are not.
func BindCaptions(d *Document, pieces []Piece) []Piece {
	usual := usualSetting(pieces)
	var out []Piece
	for _, p := range pieces {
		if k := pictureAbove(out); k >= 0 && IsCaption(p, out[k], usual) {
			addCaption(out[k].Image, p)
			continue
		}
		if p.Role == site.RoleCaption || p.Role == site.RoleCredit {
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
func certainPictures(pieces []Piece) []Piece {
	var out []Piece
	for _, p := range pieces {
		if !p.doubtful || p.Image.Caption != "" || p.Image.Credit != "" {
			out = append(out, p)
		}
	}
	return out
}

// pictureAbove is the picture that ends the pieces, or -1. One that may be an
// icon gives way to the picture before it.
func pictureAbove(pieces []Piece) int {
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

func lastFigure(pieces []Piece) int {
	for i := len(pieces) - 1; i >= 0; i-- {
		if pieces[i].Kind == article.Figure {
			return i
		}
	}
	return -1
}

const (
	// maxSetOff is the longest sentence, in characters, that is a caption because it
	// is set smaller than the text, or centred.
	maxSetOff = 100
	// maxBesidePicture is the longest line, in characters, that is a caption because
	// it stands in one paragraph with the picture.
	maxBesidePicture = 40
)

// IsCaption reports whether a block straight after a picture is its caption.
func IsCaption(p, figure Piece, usual Setting) bool {
	if p.Kind != article.Paragraph && p.Kind != article.Heading {
		return false
	}
	if p.Role == site.RoleCaption || p.Role == site.RoleCredit {
		return true
	}
	if p.Kind == article.Heading || dom.LetterCount(p.Text) > MaxCaption {
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
	case captionLike(p.Node):
		return true
	case setOff(p.Node, usual):
		return !EndsSentence(p.Text) || dom.LetterCount(p.Text) <= maxSetOff
	case holdsPicture(p.Node, figure.Node):
		// <p><img><br>line</p>
		return dom.LetterCount(p.Text) <= maxBesidePicture && !EndsSentence(p.Text)
	}
	return false
}

// holdsPicture reports whether a paragraph's element is the one that the picture
// stands in.
func holdsPicture(n, picture *html.Node) bool {
	return n != nil && picture != nil && n == picture.Parent && dom.Is(n, "p", "center", "td")
}

func addCaption(im *article.Image, p Piece) {
	text := joinLines(p.Text)
	if p.Role == site.RoleCredit || im.Caption != "" {
		setCredit(im, text)
		return
	}
	setCaptionText(im, text)
}

var captionHints = []string{
	"caption", "captions", "cap", "figcaption", "tuzhu", "zhushi", "imgdesc", "picdesc", "desc", "pictext", "imgtext",
	"photodes", "imgtitle", "pictitle", "wp", "credit", "legend",
}

// The class words of a picture and of a line: together they are those of a caption.
var (
	pictureWords = []string{"img", "pic", "photo", "image"}
	lineWords    = []string{"text", "title", "note", "des"}
)

// How far round a line a class that calls it a caption may stand.
const (
	captionLevels  = 3 // elements, its own among them
	maxBoxChildren = 3 // of the element round it: a box of more holds other things
)

// captionLike reports whether the class of an element, or of one just round it,
// calls it a caption.
func captionLike(n *html.Node) bool {
	for up := 0; n != nil && up < captionLevels && !dom.Is(n, "body", "article", "main"); up++ {
		h := dom.Hints(n)
		if slices.Contains(h, "wp") {
			return slices.Contains(h, "caption")
		}
		if dom.SharesWord(h, captionHints) {
			return true
		}
		if dom.SharesWord(h, pictureWords) && dom.SharesWord(h, lineWords) {
			return true
		}
		if n = n.Parent; n == nil || len(n.Attr) > 0 && elementChildren(n) > maxBoxChildren {
			return false
		}
	}
	return false
}

// elementChildren counts one more than maxBoxChildren at most: nobody asks for more.
func elementChildren(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			if count++; count > maxBoxChildren {
				break
			}
		}
	}
	return count
}
