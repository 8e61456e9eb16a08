package extract

import (
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// What belongs to an article though it stands in a box of its own.

// maxFactLinks is the share of an aside's text, in percent, that may be links.
const maxFactLinks = 20

// minFacts is the least that a fact box says, in characters.
const minFacts = 30

// maxFactBoxes bounds how many are looked at; each is compared with the text.
const maxFactBoxes = 30

// isFactBox reports whether an <aside> between paragraphs is part of the text: it
// says something in a sentence, hardly links, and does not repeat the text as a
// pull quote does. Its blocks stay where they stand.
//
// first is its first block; the others follow it.
func (s *story) isFactBox(box *html.Node, first int) bool {
	text, links, sentence := 0, 0, false
	var paragraphs []string
	for _, p := range s.pieces[first:] {
		if !dom.Contains(box, p.Node) {
			break
		}
		words := dom.Squeeze(block.Text(p.Block))
		if sectionMarkers.MatchString(words) {
			return false
		}
		text += dom.LetterCount(words)
		links += block.LinkedLength(p.Block)
		sentence = sentence || isSentence(words)
		if p.Kind == article.Paragraph || p.Kind == article.Quote {
			paragraphs = append(paragraphs, words)
		}
	}
	return sentence && text >= minFacts && links*100 <= text*maxFactLinks && !s.repeats(paragraphs)
}

// repeats reports whether the text outside says one of these words for word.
func (s *story) repeats(paragraphs []string) bool {
	for i, p := range s.pieces {
		if !s.inside[i] {
			continue
		}
		text := dom.MatchKey(p.Text)
		for _, words := range paragraphs {
			if k := dom.MatchKey(words); k != "" && strings.Contains(text, k) {
				return true
			}
		}
	}
	return false
}
