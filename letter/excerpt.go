package letter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"offprint/article"
	"offprint/mailer"
)

// The article's opening, as a letter shows it, in characters: it ends with the
// paragraph in which it passes openingLength; a paragraph that goes on beyond
// openingLimit is cut after a sentence.
const (
	openingLength = 400
	openingLimit  = 800
)

// opening returns the first paragraphs, and reports whether the article has no more.
// Pictures are left out of it, and so is a heading that would stand last.
func opening(art *article.Article, drop []int) (blocks []mailer.Block, whole bool) {
	all := wholeText(art, drop)
	length := 0
	for _, block := range all {
		if block.Kind == mailer.Caption {
			continue
		}
		if length >= openingLength {
			return withoutLastHeading(blocks), false
		}
		if room := openingLimit - length; utf8.RuneCountInString(block.Text) > room {
			block.Text = cutSentence(block.Text, room)
			return append(blocks, block), false
		}
		length += utf8.RuneCountInString(block.Text)
		blocks = append(blocks, block)
	}
	return blocks, len(blocks) == len(all)
}

func withoutLastHeading(blocks []mailer.Block) []mailer.Block {
	for len(blocks) > 0 && blocks[len(blocks)-1].Kind == mailer.Heading {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

// sentenceEnds are the marks after which a text may be cut.
const sentenceEnds = "。！？!?"

// cutSentence shortens text to at most limit characters: after the last sentence
// that is whole, else anywhere.
func cutSentence(text string, limit int) string {
	runes := []rune(text)[:max(1, limit-1)]
	for i := len(runes) - 1; i > limit/2; i-- {
		if strings.ContainsRune(sentenceEnds, runes[i]) || runes[i] == ' ' && runes[i-1] == '.' {
			return strings.TrimSpace(string(runes[:i+1])) + "…"
		}
	}
	return strings.TrimSpace(string(runes)) + "…"
}

// wholeText gives the whole article as blocks of a letter, without the blocks
// that the reader dropped, and its disclaimer.
func wholeText(art *article.Article, drop []int) []mailer.Block {
	var blocks []mailer.Block
	for i := range art.Blocks {
		if !slices.Contains(drop, i) {
			blocks = appendBlock(blocks, &art.Blocks[i], mailer.Paragraph)
		}
	}
	for _, text := range art.Disclaimer {
		blocks = appendText(blocks, mailer.Caption, text)
	}
	return blocks
}

// appendBlock adds what a letter can show of a block: its words. within is what
// a paragraph becomes: an item in a list, a quote in a quotation.
func appendBlock(blocks []mailer.Block, b *article.Block, within mailer.BlockKind) []mailer.Block {
	switch b.Kind {
	case article.Heading:
		return appendText(blocks, mailer.Heading, b.Text)
	case article.Figure:
		if b.Image != nil {
			return appendText(blocks, mailer.Caption, b.Image.FullCaption())
		}
	case article.List, article.Quote:
		kind := mailer.Item
		if b.Kind == article.Quote {
			kind = mailer.Quote
		}
		for _, item := range b.Items {
			for i := range item {
				blocks = appendBlock(blocks, &item[i], kind)
			}
		}
	case article.Table:
		for _, row := range b.Rows {
			cells := make([]string, len(row))
			for i, cell := range row {
				cells[i] = cell.Text
			}
			blocks = appendText(blocks, mailer.Item, strings.Join(cells, " | "))
		}
	case article.Embed:
		return appendText(blocks, mailer.Caption, strings.TrimSpace(b.Text+" "+b.URL))
	default:
		return appendText(blocks, within, b.Text)
	}
	return blocks
}

// appendText adds a block of lines that a letter accepts, unless it is empty.
func appendText(blocks []mailer.Block, kind mailer.BlockKind, text string) []mailer.Block {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = mailer.OneLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return blocks
	}
	return append(blocks, mailer.Block{Kind: kind, Text: strings.Join(lines, "\n")})
}
