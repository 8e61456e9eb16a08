package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"offprint/article"
)

// suffixMark parts headline, column and site in <title>. A hyphen parts only
// between spaces, two part anyhow; a dash of two ems is punctuation.
var suffixMark = regexp.MustCompile(`\s+[-–—:·•»«<>‹›＜＞]\s+|\s*[|｜]\s*|\s*_\s*|\s+[－‧]\s+|\s*[－丨]\s*|\s+::\s+|\s+/\s+|\s*-{2,}\s*`)

// closeMark is a hyphen that nothing but the headline before it shows to be one.
var closeMark = regexp.MustCompile(`^(?:-+|[–—])`)

// titleParts parts <title> at its marks.
func titleParts(s string) []string {
	var parts []string
	for _, p := range suffixMark.Split(s, -1) {
		if p = squeeze(p); p != "" {
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

// visibleHeadline looks for the headline as the reader sees it: an element
// whose text <title> begins with (h1 first, then anything), else the only h1.
func visibleHeadline(d *document, pieces []piece) headlineFinding {
	whole := matchKey(d.titleTag)
	var heads []piece
	for _, p := range pieces {
		if p.node != nil && (p.node.Data == "h1" || within(p.node, "h1")) && p.Text != "" {
			heads = append(heads, p)
		}
	}
	for _, h := range heads {
		k := matchKey(h.Text)
		if utf8.RuneCountInString(k) >= 3 && !isSiteWord(h.Text, d) &&
			(strings.HasPrefix(whole, k) || utf8.RuneCountInString(k) >= 6 && strings.Contains(whole, k) || startsAlike(d.titleTag, k)) {
			return headlineFinding{squeeze(h.Text), h.node, "h1 in <title>"}
		}
	}
	if f := partOfTitle(d, pieces); f.text != "" {
		return f
	}
	if len(heads) == 1 && letterCount(heads[0].Text) >= 4 && !isSiteWord(heads[0].Text, d) {
		return headlineFinding{squeeze(heads[0].Text), heads[0].node, "the only h1"}
	}
	return headlineFinding{}
}

// partOfTitle finds the longest block whose text is a part, or some parts, of
// <title>.
func partOfTitle(d *document, pieces []piece) headlineFinding {
	var best headlineFinding
	size := 0
	runs := titleRuns(d.titleTag)
	for _, p := range pieces {
		text := firstLine(p.Text)
		if p.Kind != article.Paragraph && p.Kind != article.Heading || len(text) > len(d.titleTag)+8 {
			continue
		}
		k := matchKey(text)
		n := utf8.RuneCountInString(k)
		if n < 4 || n <= size || !runs[k] || wholeLink(p) || isSiteWord(text, d) {
			continue
		}
		best, size = headlineFinding{squeeze(text), p.node, "text that is part of <title>"}, n
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
		runs[matchKey(title)] = true
	}
	if len(parts) > maxTitleParts {
		parts = parts[:maxTitleParts]
	}
	longest := 0
	for _, p := range parts {
		longest = max(longest, letterCount(p))
	}
	for i := range parts {
		run, named := "", false
		for _, p := range parts[i:] {
			named = named || !isSectionWord(p)
			if run += matchKey(p); named && 2*utf8.RuneCountInString(run) >= longest {
				runs[run] = true
			}
		}
	}
	return runs
}

// startsAlike: <title> may cut a long headline off.
func startsAlike(title, headKey string) bool {
	parts := titleParts(title)
	if len(parts) == 0 {
		return false
	}
	k := matchKey(strings.TrimRight(parts[0], ".…"))
	return utf8.RuneCountInString(k) >= 8 && strings.HasPrefix(headKey, k)
}

// isSiteWord reports whether a heading is the publication's name, not a headline.
func isSiteWord(s string, d *document) bool {
	parts := titleParts(d.titleTag)
	if len(parts) < 2 {
		return false
	}
	k := matchKey(s)
	return k == matchKey(parts[len(parts)-1]) && letterCount(s) <= letterCount(parts[0]) || k == matchKey(parts[0]) && letterCount(s) < letterCount(parts[len(parts)-1])/2
}

func wholeLink(p piece) bool {
	return letterCount(p.Text) > 0 && linkedLength(p.Block) == letterCount(p.Text)
}

// cleanTitle takes section and site off a headline that came from <title> or
// og:title: first whatever is known to be a name, then, if the headline itself
// wasn't seen in the page, everything after the first mark.
func cleanTitle(title string, names []string, guess bool) string {
	title = squeeze(title)
	marks := suffixMark.FindAllStringIndex(title, -1)
	end := len(title)
	for i := len(marks) - 1; i >= 0; i-- {
		part := matchKey(title[marks[i][1]:end])
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
	if letterCount(parts[0]) >= 8 || letterCount(parts[0]) >= letterCount(parts[1]) {
		return parts[0]
	}
	if isKnownName(matchKey(parts[0]), names) || letterCount(parts[0]) <= 4 {
		return parts[1]
	}
	return parts[0]
}

func isKnownName(part string, names []string) bool {
	for _, n := range names {
		if k := matchKey(n); k != "" && (k == part || strings.HasPrefix(part, k) && len(part) < len(k)+12) {
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
	want := matchKey(headline)
	for i := range parts {
		run := ""
		for j := i; j < len(parts); j++ {
			if run += matchKey(parts[j]); run == want {
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

func shortNames(parts []string) []string {
	var names []string
	for _, p := range parts {
		if letterCount(p) <= 20 {
			names = append(names, p)
		}
	}
	return names
}
