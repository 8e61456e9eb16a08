package block

import (
	"regexp"
	"slices"
	"strings"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// maxHeading is the longest bold line, in characters, that is a heading.
const maxHeading = 40

// minHeading is the shortest: one character is a drop cap or an ornament.
const minHeading = 2

// FindHeadings makes headings of short lines that are wholly bold, or larger
// than the text, or that a class calls so, and that text follows. A bold first
// line of a paragraph is parted from it. prose reports whether a block is plainly
// a paragraph of an article.
func FindHeadings(pieces []Piece, prose func(Piece) bool) []Piece {
	level := 2
	if slices.ContainsFunc(pieces, func(p Piece) bool { return p.Kind == article.Heading && p.Level == 2 }) {
		level = 3
	}
	usual := usualSetting(pieces)
	pieces = partBoldLines(pieces)
	for i := range len(pieces) - 1 {
		set := isHeadingLine(pieces[i], usual) && (!allBold(pieces[i+1].Inlines) || numbersHeading(pieces[i:], usual))
		if set || isMarkedLine(pieces[i]) && prose(pieces[i+1]) && !headingMark.MatchString(pieces[i+1].Text) {
			pieces[i].Kind, pieces[i].Level = article.Heading, level
			unbold(pieces[i].Inlines)
			pieces[i].Inlines = tidy(pieces[i].Inlines)
		}
	}
	return pieces
}

var (
	ordinal     = regexp.MustCompile(`^(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[IVX]{1,4})[、.．]?$`)
	headingMark = regexp.MustCompile(`^[■◆▼●◎★]\s*[^■◆▼●◎★\s]`)
)

// numbersHeading reports whether a bold line is the number over a bold heading:
// 01, then the words.
func numbersHeading(pieces []Piece, usual Setting) bool {
	return len(pieces) > 2 && ordinal.MatchString(pieces[0].Text) &&
		isHeadingLine(pieces[1], usual) && !allBold(pieces[2].Inlines)
}

// maxMarkedHeading is the longest line, in characters, that heads a paragraph by
// the mark before it.
const maxMarkedHeading = 24

// isMarkedLine reports whether a short line has a mark before it, as headings have
// and the items of a list, which stand in a run.
func isMarkedLine(p Piece) bool {
	return p.Kind == article.Paragraph && p.Role == "" && headingMark.MatchString(p.Text) &&
		shortLine(p.Text) && !EndsSentence(p.Text) && dom.LetterCount(p.Text) <= maxMarkedHeading
}

// RaiseHeadings makes the article's highest headings level 2, whatever the page
// numbers them from.
func RaiseHeadings(pieces []Piece) {
	top := 7
	for _, p := range pieces {
		if p.Kind == article.Heading {
			top = min(top, p.Level)
		}
	}
	for i := range pieces {
		if pieces[i].Kind == article.Heading {
			pieces[i].Level -= top - 2
		}
	}
}

// headingHints are the class words of headings that are no <h2>.
var headingHints = []string{"subtitle", "subhead", "subheading", "subheadline", "xiaobiaoti", "heading"}

// isHeadingLine reports whether a paragraph is a heading by the way it is set: bold,
// larger than the text, or so called by its class.
func isHeadingLine(p Piece, usual Setting) bool {
	if p.Kind != article.Paragraph || p.Role == site.RoleCaption || !shortLine(p.Text) {
		return false
	}
	if allBold(p.Inlines) {
		return true
	}
	if dom.Hinted(p.Node, headingHints...) && p.Node.Data != "div" {
		return true
	}
	return smaller(usualOr(usual.size), innerSetting(p.Node).size)
}

// usualOr: where most paragraphs name no size, theirs is the browser's.
func usualOr(size string) string {
	if size == "" {
		return "16px"
	}
	return size
}

// goesOn is how a line ends that is no heading.
var goesOn = []string{"：", ":", "，", "."}

// shortLine reports whether a line has a heading's length, and is no sentence and
// no label.
func shortLine(s string) bool {
	if size := dom.LetterCount(s); size > maxHeading || size < minHeading {
		return false
	}
	if strings.ContainsAny(s, "。！？\n") {
		return false
	}
	return !slices.ContainsFunc(goesOn, func(end string) bool { return strings.HasSuffix(s, end) })
}

// allBold reports whether all of a text is bold.
func allBold(inlines []article.Inline) bool {
	for _, in := range inlines {
		if !in.Bold && dom.TrimEdges(in.Text) != "" {
			return false
		}
	}
	return len(inlines) > 0
}

func unbold(inlines []article.Inline) {
	for i := range inlines {
		inlines[i].Bold = false
	}
}

// partBoldLines parts "<b>Heading</b><br>text" into a heading line and text.
func partBoldLines(pieces []Piece) []Piece {
	var out []Piece
	for _, p := range pieces {
		lines := splitLines(p.Inlines)
		if p.Kind != article.Paragraph || len(lines) < 2 || !slices.ContainsFunc(lines, boldLine) {
			out = append(out, p)
			continue
		}
		from, open := len(out), false
		for _, line := range lines {
			k := len(out) - 1
			// The other lines of one paragraph stay together.
			if open && !boldLine(line) {
				out[k].Inlines = append(append(out[k].Inlines, article.Inline{Text: "\n"}), line...)
				continue
			}
			q := p
			q.Inlines, q.kept = slices.Clip(line), &memo{}
			out = append(out, q)
			open = !boldLine(line)
		}
		for i := range out[from:] {
			q := &out[from+i]
			q.Inlines = tidy(q.Inlines)
			q.Text = article.JoinText(q.Inlines)
		}
	}
	return out
}

// boldLine reports whether a line is a heading: short and bold.
func boldLine(line []article.Inline) bool {
	return allBold(line) && shortLine(article.JoinText(line))
}
