package block

import (
	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/site"
)

// Piece is a block with the element that it was read from, so that later steps
// can ask how it stood in the page.
type Piece struct {
	article.Block
	Node *html.Node
	Role site.Role // caption, credit, bio, …: what the publisher or a rule says it is

	doubtful bool // a picture that may be decoration: it stays if it gets a caption

	Last bool  // a heading that ends the text: nothing was left out under it
	kept *memo // see MemoOf
}

// memo keeps what a step found out about a piece's text, for as long as the text
// stays the one that it is about.
type memo struct {
	text string
	kept any
}

// MemoOf is what is kept of a piece's text as it is now, a zero T at first. What a
// step keeps, and so what T is, is its own affair; there is one T in a program.
func MemoOf[T any](p Piece) *T {
	if p.kept == nil {
		return new(T)
	}
	kept, ok := p.kept.kept.(*T)
	if !ok || p.kept.text != p.Text {
		kept = new(T)
		p.kept.text, p.kept.kept = p.Text, kept
	}
	return kept
}
