package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// bioWords are what stands over an author note.
const bioWords = `(?:本文)?(?:作者|笔者|筆者|专栏作者|專欄作者|专栏作家|專欄作家)(?:介[绍紹]|[简簡]介|[资資]料|[档檔]案|小[传傳])|[关關][于於]作者|关于笔者|關於筆者|` +
	`(?:著者|筆者|執筆者|ライター)(?:紹介|プロフィール|略歴)|プロフィール|(?:필자|저자|글쓴이)\s?소개|[Aa]bout the [Aa]uthor|ABOUT THE AUTHOR|[Aa]uthor [Bb]io`

var (
	bioLabel = regexp.MustCompile(`^[【\[〔（(■●▶◆\s]*(?:` + bioWords + `)[】\]〕）)\s:：]*$`)
	bioStart = regexp.MustCompile(`^[【\[〔（(■●▶◆\s]*(?:` + bioWords + `)[】\]〕）)\s]*(?:[:：\n]|[】\]〕）)])[\s:：　]*`)
)

// Sizes of an author note, in characters.
const (
	minBio = 8   // less is a name
	maxBio = 800 // the note's, and that of the box it stands in
)

// takeBio takes the author note out of the page's blocks: those that are marked
// as one, or those under its label.
func takeBio(pieces []block.Piece) (rest []block.Piece, bio string) {
	var note []string
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		text := p.Text
		switch {
		case p.Role == site.RoleBio:
			if !bioLabel.MatchString(text) {
				note = append(note, dom.TrimEdges(bioStart.ReplaceAllString(block.Text(p.Block), "")))
			}
		case len(note) > 0, p.Kind != article.Paragraph && p.Kind != article.Heading:
			rest = append(rest, p)
		case bioLabel.MatchString(text):
			n := bioLength(pieces, i)
			for _, q := range pieces[i+1 : i+1+n] {
				if t := dom.TrimEdges(block.Text(q.Block)); t != "" && q.Kind != article.Figure {
					note = append(note, t)
				}
			}
			if n == 0 {
				rest = append(rest, p)
			}
			i += n
		case bioStart.MatchString(text) && dom.LetterCount(text) <= maxBio:
			if t := dom.TrimEdges(bioStart.ReplaceAllString(text, "")); t != "" {
				note = append(note, t)
			}
		default:
			rest = append(rest, p)
		}
	}
	return rest, strings.Join(note, "\n")
}

// bioLength is how many blocks after the label belong to the note: all of a
// small box that the label heads, else the next paragraph (and a portrait
// before it).
func bioLength(pieces []block.Piece, label int) int {
	if label+1 >= len(pieces) {
		return 0
	}
	box := around(pieces[label].Node, pieces[label+1].Node)
	heads := box != nil && beginsBox(pieces, label, box)
	if heads && dom.IsShort(box, maxBio) && !dom.Is(box, "body", "article", "main") {
		n := 0
		for label+1+n < len(pieces) && dom.Contains(box, pieces[label+1+n].Node) {
			n++
		}
		return n
	}
	n := 1
	if pieces[label+1].Kind == article.Figure && label+2 < len(pieces) {
		n = 2
	}
	p := pieces[label+n]
	if size := dom.LetterCount(p.Text); p.Kind != article.Paragraph || size > maxBio || size < minBio {
		return 0
	}
	return n
}

// beginsBox reports whether nothing but a portrait stands before a block in a box.
func beginsBox(pieces []block.Piece, i int, box *html.Node) bool {
	if i == 0 {
		return true
	}
	before := pieces[i-1]
	return before.Kind == article.Figure || !dom.Contains(box, before.Node)
}

// addBio gives the note to the author whose name stands in it, else the first.
func addBio(authors []article.Author, bio string) []article.Author {
	if bio == "" {
		return authors
	}
	for i := range authors {
		if strings.Contains(bio, authors[i].Name) {
			authors[i].Bio = bio
			return authors
		}
	}
	if len(authors) > 0 {
		authors[0].Bio = bio
		return authors
	}
	if m := leadingName.FindStringSubmatch(bio); m != nil {
		return []article.Author{{Name: m[1], Bio: bio}}
	}
	return authors
}

// leadingName is how a note begins: "林海，财经专栏作者。…"
var leadingName = regexp.MustCompile(`^(\p{Han}{2,4})[，,（(：:]`)
