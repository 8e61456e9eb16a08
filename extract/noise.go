package extract

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// toolWordsBy holds them by their first character, longest first.
var toolWordsBy = sync.OnceValue(func() map[rune][]string {
	by := map[rune][]string{}
	for _, w := range strings.Fields(toolWords) {
		w = strings.ReplaceAll(w, "_", " ")
		r, _ := utf8.DecodeRuneInString(w)
		by[r] = append(by[r], w)
	}
	for _, words := range by {
		slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	}
	return by
})

// maxFurniture is the longest line, in characters, that these patterns judge.
const maxFurniture = 80

// isFurniture reports whether a block is a row of tools, a label or a link to
// elsewhere.
func isFurniture(b article.Block) bool {
	if b.Kind == article.Figure || b.Kind == article.Rule || b.Kind == article.Embed || b.Kind == article.Table {
		return false
	}
	text := dom.Squeeze(block.Text(b))
	if text == "" || dom.LetterCount(text) > maxFurniture {
		return false
	}
	return onlyTools(text) || furnitureLines.MatchString(text)
}

// onlyTools reports whether a text is nothing but tool words, digits and punctuation.
// The longest word is taken at each letter; one letter that no word begins with ends
// the search.
func onlyTools(text string) bool {
	found := false
	for rest := strings.ToLower(text); rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if !unicode.IsLetter(r) {
			rest = rest[size:]
			continue
		}
		words := toolWordsBy()[r]
		i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(rest, w) })
		if i < 0 {
			return false
		}
		rest, found = rest[len(words[i]):], true
	}
	return found && dom.LetterCount(text) > 1
}

// cutComments cuts at the readers' comments: their heading, once most of the
// text has passed.
func cutComments(pieces []block.Piece, certain bool) []block.Piece {
	last := lastProse(pieces)
	passed, total := 0, proseSize(pieces)
	for i, p := range pieces {
		text := dom.Squeeze(block.Text(p.Block))
		behindText := i > last || !certain && mostPassed(passed, total)
		if behindText && commentMarkers.MatchString(text) {
			return pieces[:i]
		}
		if prose(p) {
			passed += dom.LetterCount(text)
		}
	}
	return pieces
}

// dropNoise takes furniture and the lists after section markers out, and cuts
// at a heading that no text follows.
func dropNoise(d *block.Document, pieces []block.Piece, certain bool) []block.Piece {
	var out []block.Piece
	last := lastProse(pieces) // the last block that is plainly text
	listed := false           // after "Related articles"
	notes := false            // after "Sources"
	for i, p := range pieces {
		text := dom.Squeeze(block.Text(p.Block))
		if p.Kind == article.Heading {
			notes = notesHead.MatchString(text)
		}
		behind := i > last
		heading := p.Kind == article.Heading && last >= 0
		switch {
		case p.Role == site.RoleCaption || p.Role == site.RoleCredit:
			out = append(out, p)
		case sectionMarkers.MatchString(text):
			listed = true
		case heading && i == len(pieces)-1 && closesText(p, pieces[last]):
			p.Last = true
			out = append(out, p)
		case heading && behind && !certain && !headsText(d, p, pieces[i+1:], pieces[last]):
			return out
		case isFurniture(p.Block):
		case listed && (mostlyLinks(p) || behind && isTeaser(text)):
		case behind && mostlyLinks(p) && p.Kind != article.Figure && !(notes && elsewhere(d, p.Block)):
		case p.Kind == article.List && mostlyLinks(p) && manyLinks(p) && !elsewhere(d, p.Block):
		default:
			listed = listed && !prose(p)
			out = append(out, p)
		}
	}
	return out
}

// closesText reports whether a heading stands with the last paragraph and ends
// their box: nothing that it heads was left out.
func closesText(heading, last block.Piece) bool {
	return !isFurniture(heading.Block) && beside(heading, last) && endsBox(heading.Node)
}

// maxTeaser is the length, in characters, below which a line in a list of articles
// is a headline. With 20 a page of testdata keeps one; 80 changes none.
const maxTeaser = 40

// isTeaser reports whether a line is short and no sentence.
func isTeaser(text string) bool { return dom.LetterCount(text) < maxTeaser && !isSentence(text) }

// minUnderHeading is the length, in characters, from which a block under a heading
// is text that it heads. A shorter one is a name, a button or a teaser, unless it
// stands beside the text.
const minUnderHeading = 20

// headsText reports whether a list, a table or a line of text that isn't a link
// follows a heading. It may be short when it stands beside the article's last
// paragraph: 后记, 谢谢老周.
func headsText(d *block.Document, heading block.Piece, rest []block.Piece, last block.Piece) bool {
	notes := notesHead.MatchString(dom.Squeeze(heading.Text))
	for _, p := range rest {
		switch p.Kind {
		case article.Heading:
			return false
		case article.List, article.Table, article.Paragraph, article.Quote, article.Pre:
			if mostlyLinks(p) {
				return notes && elsewhere(d, p.Block)
			}
			long := dom.LetterCount(block.Text(p.Block)) >= minUnderHeading
			ofArticle := notes || beside(p, last)
			return long || ofArticle && !isFurniture(p.Block)
		}
	}
	return false
}

// elsewhere reports whether every link of a block leads to another site: a list of
// sources does, one of related articles does not.
func elsewhere(d *block.Document, b article.Block) bool {
	own := d.Address.Host()
	if own == "" {
		return false
	}
	for _, in := range b.Inlines {
		if in.Href == "" {
			continue
		}
		u, err := url.Parse(in.Href)
		if err != nil || u.Host == "" {
			return false
		}
		to := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		if isSubdomain(to, own) || isSubdomain(own, to) {
			return false
		}
	}
	for _, item := range b.Items {
		for _, inner := range item {
			if !elsewhere(d, inner) {
				return false
			}
		}
	}
	return true
}

// isSubdomain reports whether a host is another one or stands below it.
func isSubdomain(host, of string) bool { return strings.HasSuffix("."+host, "."+of) }

// A list of articles.
const (
	minListed     = 3  // it has this many items; two links may be two sources
	itemLinkShare = 90 // percent of an item's text is the link
)

// manyLinks reports whether a list has several items each of which is one link.
func manyLinks(p block.Piece) bool {
	return len(p.Items) >= minListed && !slices.ContainsFunc(p.Items, func(item []article.Block) bool {
		return len(item) != 1 || block.LinkedLength(item[0])*100 < dom.LetterCount(block.Text(item[0]))*itemLinkShare
	})
}

// isSentence reports whether a text is a sentence, which a headline is not.
func isSentence(text string) bool {
	opensAnother := strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：") || strings.HasSuffix(text, "…")
	return block.EndsSentence(text) && !opensAnother
}
