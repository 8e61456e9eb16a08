package extract

import (
	"fmt"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// minRepeated is the shortest paragraph, in characters, whose return is looked
// into: shorter ones come back for good reasons (——, an address, 他没有回答。). With 80
// four cases of TestRepeatedText fail; 20 changes nothing.
const minRepeated = 40

// dropCopies drops what the page carries twice: the article's copy for phones,
// the standfirst as the first paragraph once more, and a picture that came
// before with the same caption. What the author says twice stays.
//
// A repeated paragraph is part of a copy when it stands in a box that the first
// one doesn't stand in, and what repeats there is at least half of the prose
// before that box, in two paragraphs or more, or all of it. A refrain repeats
// less, or stands beside its first coming. Of two that stand side by side, the
// second goes only when they open the article: a standfirst.
func dropCopies(d *block.Document, pieces []block.Piece) []block.Piece {
	type copied struct { // a text that stands a second time
		box  *html.Node
		text string
	}
	boxes, dropped := copiedBoxes(pieces), 0
	figures := map[string]int{}        // of out, by address
	stood := map[string][]*html.Node{} // where a text stood outside the copies
	found := map[copied]int{}          // how often a copy had it
	var out []block.Piece
	for _, p := range pieces {
		if p.Kind == article.Figure {
			at, again := figures[p.Image.URL]
			if again && sameCaption(out[at].Image, p.Image) {
				continue
			}
			if !again {
				figures[p.Image.URL] = len(out)
			}
			out = append(out, p)
			continue
		}
		if text := block.Text(p.Block); len(boxes) > 0 {
			here := copied{text: text}
			if len(stood[text]) > 0 {
				here.box = apart(p.Node, stood[text][0])
			}
			inCopy := here.box != nil && boxes[here.box]
			if inCopy && found[here] < len(stood[text]) {
				found[here]++
				if p.Kind != article.Rule {
					dropped++
				}
				continue
			}
			if !inCopy {
				stood[text] = append(stood[text], p.Node)
			}
		}
		out = append(out, p)
	}
	if dropped > 0 {
		d.Warn("copy-dropped", fmt.Sprintf("blocks that the page carries a second time were left out: %d", dropped), "body")
	}
	return out
}

// sameCaption reports whether a picture that came before adds nothing; a caption
// that only the second one has is given to the first.
func sameCaption(first, second *article.Image) bool {
	captionKey := func(im *article.Image) string { return dom.MatchKey(im.Caption + im.Credit) }
	switch {
	case captionKey(second) == "", captionKey(first) == captionKey(second):
		return true
	case captionKey(first) == "":
		first.Caption, first.Credit, first.CreditLine = second.Caption, second.Credit, second.CreditLine
		return true
	}
	return false
}

// copiedBoxes finds the elements that are copies of what stands before them.
func copiedBoxes(pieces []block.Piece) map[*html.Node]bool {
	type box struct{ before, repeated, count int } // the first two in characters
	first := map[string]*html.Node{}
	found := map[*html.Node]*box{}
	size := 0 // of the prose so far, without repetitions
	var standfirst *html.Node
	copies := map[*html.Node]bool{}
	for _, p := range pieces {
		if p.Kind != article.Paragraph || dom.LetterCount(p.Text) < minRepeated {
			continue
		}
		n := dom.LetterCount(p.Text)
		original, again := first[p.Text]
		if !again {
			if size > 0 && standfirst != nil {
				copies[standfirst] = true // the article goes on
			}
			first[p.Text] = p.Node
			size += n
			continue
		}
		outer := apart(p.Node, original)
		switch {
		case outer == nil:
		case outer == p.Node: // beside the first one
			if size == n && standfirst == nil {
				standfirst = outer
			}
		case found[outer] == nil:
			found[outer] = &box{size, n, 1}
		default:
			found[outer].repeated += n
			found[outer].count++
		}
	}
	for n, b := range found {
		all, half := b.repeated >= b.before, b.repeated*2 >= b.before
		if all || half && b.count > 1 {
			copies[n] = true
		}
	}
	return copies
}

// apart is the outermost element round n that does not hold other; nil when
// there is none.
func apart(n, other *html.Node) *html.Node {
	deep, far := depth(n), depth(other)
	for ; far > deep; far-- {
		other = other.Parent
	}
	var outer *html.Node
	for ; deep > far; deep-- {
		outer, n = n, n.Parent
	}
	for n != other {
		outer, n, other = n, n.Parent, other.Parent
	}
	return outer
}

// around is the innermost element that holds both; nil when there is none.
func around(n, other *html.Node) *html.Node {
	if n == nil || other == nil {
		return nil
	}
	if o := apart(n, other); o != nil {
		return o.Parent
	}
	return n // it holds the other
}

func depth(n *html.Node) int {
	d := 0
	for ; n != nil; n = n.Parent {
		d++
	}
	return d
}
