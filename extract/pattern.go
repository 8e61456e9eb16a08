package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dates"
	"offprint/extract/internal/dom"
)

// Where the visible patterns are looked for.
const (
	aboveHeadline = 10  // blocks above the headline
	belowBody     = 12  // blocks after the last paragraph
	maxMetaLine   = 160 // characters of a line
	farOff        = 200 // blocks behind the headline, and before the text, where these are far from each other
	maxRecords    = 50  // lines in the text that say when it appeared
)

// readPatterns is the witness of what stands round the headline in print:
// labelled lines (作者：, 發表時間：, 来源：), a byline, a bare date.
func readPatterns(d *block.Document, s *story, headline int) claims {
	c := claims{source: "pattern", confidence: confidencePattern}
	head, opening, tail, end := s.surroundings(headline)
	records := 0
	for i, p := range s.pieces {
		above := i >= head && i < opening && (i < head+farOff || i >= opening-farOff)
		near := above || i >= tail && i < end
		if !near && (!s.inside[i] || records >= maxRecords) {
			continue
		}
		lines := metaLines(p)
		if !near && len(lines) == 1 && !isRecord(p) {
			continue
		}
		for _, line := range lines {
			if near {
				c.readLine(line, i < opening)
			} else if records < maxRecords && isLabelledRecord(line) {
				records++
				c.readLine(line, i < opening)
			}
		}
	}
	c.subtitle = lineUnder(s.pieces, headline)
	if len(c.authors) == 0 {
		if a := hintedAuthors(d); len(a) > 0 {
			c.authors = a
			c.setRule("author", "class of author")
		}
	}
	if len(c.authors) == 0 {
		c.authors = creditedInText(s)
	}
	if len(c.authors) == 0 {
		c.authors = bareName(d, s.pieces, headline, opening)
		c.setRule("author", "a name under the headline")
	}
	return c
}

// maxSubtitle is the longest heading, in characters, that is the headline's own.
const maxSubtitle = 80

// lineUnder is a heading straight under the headline, with the byline below it:
// a heading of the text would have the text below it.
func lineUnder(pieces []block.Piece, headline int) string {
	if headline < 0 || headline+2 >= len(pieces) {
		return ""
	}
	p := pieces[headline+1]
	if p.Kind != article.Heading || dom.LetterCount(p.Text) > maxSubtitle || wholeLink(p) {
		return ""
	}
	if isFurniture(p.Block) || sectionMarkers.MatchString(p.Text) {
		return ""
	}
	below := pieces[headline+2 : min(headline+4, len(pieces))]
	if prose(below[0]) || !slices.ContainsFunc(below, isByline) {
		return ""
	}
	return dom.Squeeze(p.Text)
}

// surroundings are the blocks from a little above the headline to the first
// paragraph, and those after the last one.
func (s *story) surroundings(headline int) (head, opening, tail, end int) {
	opening = s.opening()
	head = headline - aboveHeadline
	if headline < 0 || headline > opening {
		head = opening - 2*aboveHeadline
	}
	if _, last := s.proseSpan(); last >= 0 {
		tail, end = last+1, last+1+belowBody
	}
	return head, opening, tail, end
}

// metaLines are the short lines of a block, a list's or a table's too.
func metaLines(p block.Piece) []string {
	if p.Kind == article.Figure {
		return nil
	}
	var lines []string
	for _, line := range strings.Split(block.Text(p.Block), "\n") {
		if line = dom.Squeeze(line); line != "" && dom.LetterCount(line) <= maxMetaLine {
			lines = append(lines, line)
		}
	}
	return lines
}

// maxDateLine is the longest line, in characters, whose date needs no label.
const maxDateLine = 80

// readLine reads one line of the head or the tail.
func (c *claims) readLine(line string, head bool) {
	fields := labelledFields(line)
	for _, f := range fields {
		switch f.kind {
		case labelAuthor:
			authors := parseByline(f.value)
			for i := range authors {
				if authors[i].Role == "" {
					authors[i].Role = f.label
				}
			}
			c.authors = mergeAuthors(c.authors, authors)
			c.setRule("author", "label "+f.label)
		case labelDate:
			if c.published == "" || c.rules["published"] == "bare date" {
				if datedLine(f.value) {
					c.published = f.value
					c.setRule("published", "label "+f.label)
				}
			}
		case labelEdit:
			if c.modified == "" && datedLine(f.value) {
				c.modified = f.value
			}
		case labelSource:
			if name := firstName(f.value); c.agency == "" && name != "" {
				c.agency = name
			}
		case labelColumn:
			if c.column == "" && dom.LetterCount(f.value) <= maxName {
				c.column = f.value
			}
		}
	}
	if len(c.authors) == 0 {
		c.readByline(line, head)
	}
	bareDate := head && c.published == "" && datedLine(line) && !modifiedLabel.MatchString(line)
	if bareDate && dom.LetterCount(line) <= maxDateLine {
		c.published = untilOther(line, fields)
		c.setRule("published", "bare date")
	}
}

// untilOther leaves "来源：…　更新：…" off a line that begins with a date.
func untilOther(line string, fields []labelled) string {
	for _, f := range fields {
		if before, _, ok := strings.Cut(line, f.label); ok && datedLine(before) {
			return dom.TrimMarks(before)
		}
	}
	return line
}

// datedLine reports whether a text holds a date, be it one that is refused.
func datedLine(s string) bool {
	_, bad := parseDate(s, nil, dates.East8)
	return bad != dates.NoDate
}

// A name of a source has so many characters.
const (
	minAgency = 2
	maxAgency = 30
)

// firstName is the name at the start of a value.
func firstName(s string) string {
	if m := bylineEnd.FindStringIndex(s); m != nil {
		s = s[:m[0]]
	}
	if i := strings.IndexAny(s, " 　"); i > 0 && dom.IsWide([]rune(s)[0]) {
		s = s[:i]
	}
	s = dom.TrimMarks(s)
	if size := dom.LetterCount(s); size < minAgency || size > maxAgency {
		return ""
	}
	return s
}

var authorHints = []string{"author", "byline", "writer", "reporter", "authors", "journalist", "zuozhe"}

// hintedAuthors reads the first short element whose class calls it the author.
func hintedAuthors(d *block.Document) []article.Author {
	var found []article.Author
	dom.Walk(d.Body, func(n *html.Node) bool {
		if len(found) > 0 || dom.Is(n, "aside", "footer") {
			return false
		}
		if dom.Attr(n, "rel") == "author" || dom.Hinted(n, authorHints...) {
			text, short := dom.ShortText(n, maxByline)
			if short && dom.TrimEdges(text) != "" && dom.LetterCount(text) <= maxByline {
				found = parseByline(text)
				if len(found) == 1 && n.Data == "a" {
					found[0].URL = d.Address.Link(dom.Attr(n, "href"))
				}
				return false
			}
		}
		return true
	})
	return found
}

// creditedInText reads such a byline at the start of the first paragraph.
func creditedInText(s *story) []article.Author {
	opening := s.opening()
	if opening < 0 {
		return nil
	}
	if m := inText.FindStringSubmatch(s.pieces[opening].Text); m != nil {
		return parseByline(m[1])
	}
	return nil
}
