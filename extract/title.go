package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// suffixMark parts headline, column and site in <title>. A hyphen parts only
// between spaces, two part anyhow; a dash of two ems is punctuation.
var suffixMark = regexp.MustCompile(`\s+[-–—:·•»«<>‹›＜＞]\s+|\s*[|｜]\s*|` +
	`\s*_\s*|\s+[－‧]\s+|\s*[－丨]\s*|\s+::\s+|\s+/\s+|\s*-{2,}\s*`)

// closeMark is a hyphen that nothing but the headline before it shows to be one.
var closeMark = regexp.MustCompile(`^(?:-+|[–—])`)

// titleParts parts <title> at its marks.
func titleParts(s string) []string {
	var parts []string
	for _, p := range suffixMark.Split(s, -1) {
		if p = dom.Squeeze(p); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// headlineFinding is the headline and what it was taken from.
type headlineFinding struct {
	text string
	node *html.Node
	rule string
}

// The shortest headlines, in letters and digits: what is shorter is a section's
// name, or stands in <title> by chance.
const (
	minHeadlineStart  = 3 // an h1 that <title> begins with
	minHeadlineInside = 6 // an h1 somewhere in <title>
	minHeadlinePart   = 4 // any block that is a part of <title>
	minOnlyHeadline   = 4 // the only h1, whatever <title> says; in characters
	minCutHeadline    = 8 // what <title> has of a headline that it cuts off
)

// visibleHeadline looks for the headline as the reader sees it: an element
// whose text <title> begins with (h1 first, then anything), else the only h1.
func visibleHeadline(d *block.Document, pieces []block.Piece) headlineFinding {
	whole := dom.MatchKey(d.TitleTag)
	var heads []block.Piece
	for _, p := range pieces {
		if p.Node != nil && (p.Node.Data == "h1" || dom.Within(p.Node, "h1")) && p.Text != "" {
			heads = append(heads, p)
		}
	}
	for _, h := range heads {
		k := dom.MatchKey(h.Text)
		size := utf8.RuneCountInString(k)
		if size < minHeadlineStart || isSiteWord(h.Text, d) {
			continue
		}
		inside := size >= minHeadlineInside && strings.Contains(whole, k)
		if inside || strings.HasPrefix(whole, k) || startsAlike(d.TitleTag, k) {
			return headlineFinding{dom.Squeeze(h.Text), h.Node, "h1 in <title>"}
		}
	}
	if f := partOfTitle(d, pieces); f.text != "" {
		return f
	}
	if len(heads) == 1 && dom.LetterCount(heads[0].Text) >= minOnlyHeadline && !isSiteWord(heads[0].Text, d) {
		return headlineFinding{dom.Squeeze(heads[0].Text), heads[0].Node, "the only h1"}
	}
	return headlineFinding{}
}

// titleSlack is how much longer than <title>, in bytes, a line may be and be part of
// it: its marks are not compared.
const titleSlack = 8

// partOfTitle finds the longest block whose text is a part, or some parts, of
// <title>.
func partOfTitle(d *block.Document, pieces []block.Piece) headlineFinding {
	var best headlineFinding
	size := 0
	runs := titleRuns(d.TitleTag)
	for _, p := range pieces {
		text := block.FirstLine(p.Text)
		isLine := p.Kind == article.Paragraph || p.Kind == article.Heading
		if !isLine || len(text) > len(d.TitleTag)+titleSlack {
			continue
		}
		k := dom.MatchKey(text)
		n := utf8.RuneCountInString(k)
		if n < minHeadlinePart || n <= size || !runs[k] || wholeLink(p) || isSiteWord(text, d) {
			continue
		}
		best, size = headlineFinding{dom.Squeeze(text), p.Node, "text that is part of <title>"}, n
	}
	return best
}

// maxTitleParts bounds the runs of parts that are looked at.
const maxTitleParts = 8

// titleRuns are the keys of every run of parts of <title>: the headline may
// stand first, last, or between site and section.
func titleRuns(title string) map[string]bool {
	parts := titleParts(title)
	runs := map[string]bool{}
	if slices.ContainsFunc(parts, func(p string) bool { return !isSectionWord(p) }) {
		runs[dom.MatchKey(title)] = true
	}
	if len(parts) > maxTitleParts {
		parts = parts[:maxTitleParts]
	}
	longest := 0
	for _, p := range parts {
		longest = max(longest, dom.LetterCount(p))
	}
	for i := range parts {
		run, named := "", false
		for _, p := range parts[i:] {
			named = named || !isSectionWord(p)
			if run += dom.MatchKey(p); named && 2*utf8.RuneCountInString(run) >= longest {
				runs[run] = true
			}
		}
	}
	return runs
}

// startsAlike reports whether a headline begins with what <title> has of it: <title>
// may cut a long one off.
func startsAlike(title, headKey string) bool {
	parts := titleParts(title)
	if len(parts) == 0 {
		return false
	}
	k := dom.MatchKey(strings.TrimRight(parts[0], ".…"))
	return utf8.RuneCountInString(k) >= minCutHeadline && strings.HasPrefix(headKey, k)
}

// isSiteWord reports whether a heading is the publication's name, not a headline.
func isSiteWord(s string, d *block.Document) bool {
	parts := titleParts(d.TitleTag)
	if len(parts) < 2 {
		return false
	}
	k, size := dom.MatchKey(s), dom.LetterCount(s)
	first, last := parts[0], parts[len(parts)-1]
	isLast := k == dom.MatchKey(last) && size <= dom.LetterCount(first)
	isShortFirst := k == dom.MatchKey(first) && size < dom.LetterCount(last)/2
	return isLast || isShortFirst
}

// wholeLink reports whether all of a block's text is one link.
func wholeLink(p block.Piece) bool {
	return dom.LetterCount(p.Text) > 0 && block.LinkedLength(p.Block) == dom.LetterCount(p.Text)
}

// The first of two parts of <title> when neither was seen in the page, in
// characters.
const (
	sureTitlePart = 8 // it is the headline from this length
	maxTitleName  = 4 // it is a section's or a site's name up to this one
)

// cleanTitle takes section and site off a headline that came from <title> or
// og:title: first whatever is known to be a name, then, if the headline itself
// wasn't seen in the page, everything after the first mark.
func cleanTitle(title string, names []string, guess bool) string {
	title = dom.Squeeze(title)
	marks := suffixMark.FindAllStringIndex(title, -1)
	end := len(title)
	for i := len(marks) - 1; i >= 0; i-- {
		part := dom.MatchKey(title[marks[i][1]:end])
		if part != "" && !isKnownName(part, names) {
			break
		}
		end = marks[i][0]
	}
	short := strings.TrimSpace(title[:end])
	if !guess || len(marks) == 0 {
		return short
	}
	parts := titleParts(short)
	if len(parts) < 2 {
		return short
	}
	first, second := parts[0], parts[1]
	long := dom.LetterCount(first) >= sureTitlePart || dom.LetterCount(first) >= dom.LetterCount(second)
	isName := isKnownName(dom.MatchKey(first), names) || dom.LetterCount(first) <= maxTitleName
	if isName && !long {
		return second
	}
	return first
}

// maxBehindName is how much, in bytes, a part of <title> may have behind a name and
// be that name still: 潮声网 and 潮声网首页.
const maxBehindName = 12

// isKnownName reports whether a part of <title> is one of the names.
func isKnownName(part string, names []string) bool {
	for _, n := range names {
		k := dom.MatchKey(n)
		if k == "" {
			continue
		}
		nearly := strings.HasPrefix(part, k) && len(part) < len(k)+maxBehindName
		if nearly || k == part {
			return true
		}
	}
	return false
}

// titleNames are the parts of <title> beside the headline, widest first: site,
// section, column.
func titleNames(title, headline string) []string {
	if rest, ok := strings.CutPrefix(title, headline); ok && headline != "" {
		if m := closeMark.FindString(rest); m != "" { // 渔港里的账户-潮声网
			title = headline + " | " + rest[len(m):]
		}
	}
	parts := titleParts(title)
	want := dom.MatchKey(headline)
	for i := range parts {
		run := ""
		for j := i; j < len(parts); j++ {
			if run += dom.MatchKey(parts[j]); run == want {
				return shortNames(slices.Concat(parts[:i], reversed(parts[j+1:])))
			}
		}
	}
	return nil
}

func reversed(parts []string) []string {
	parts = slices.Clone(parts)
	slices.Reverse(parts)
	return parts
}

// maxName is the longest name of a site, a section or a column, in characters.
const maxName = 20

func shortNames(parts []string) []string {
	var names []string
	for _, p := range parts {
		if dom.LetterCount(p) <= maxName {
			names = append(names, p)
		}
	}
	return names
}
