package main

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/article"
)

// maxName is the most bytes that a file name made from a template has: enough
// for 39 Chinese characters and .pdf, and fit for each file system.
const maxName = 120

// placeholder matches {title} and the like in a template.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// placeholders lists what a template may name.
var placeholders = []string{"date", "title", "author", "site", "lang", "n"}

// nameValues gives the values of the placeholders for an article: safe as part
// of a file name, and never empty. n is its number in the batch, from 1.
func nameValues(art *article.Article, n int) map[string]string {
	date := "undated"
	if art.Published != nil && len(art.Published.Time) >= len("2006-01-02") {
		date = art.Published.Time[:len("2006-01-02")]
	}
	var authors []string
	for _, author := range art.Authors {
		authors = append(authors, author.Name)
	}
	site := art.Site.Name
	if site == "" {
		site = art.Site.Host
	}
	return map[string]string{
		"date":   safeName(date, "undated"),
		"title":  safeName(art.Title, "untitled"),
		"author": safeName(strings.Join(authors, "、"), "unknown"),
		"site":   safeName(site, "unknown"),
		"lang":   safeName(art.Lang, "und"),
		"n":      strconv.Itoa(n),
	}
}

// expandName fills a template in. Each element of the path that has a
// placeholder is cut to maxName bytes, with room left for a number, by
// shortening its longest value.
func expandName(template string, values map[string]string) string {
	elements := strings.Split(template, string(filepath.Separator))
	for i, element := range elements {
		if !strings.Contains(element, "{") {
			continue
		}
		own := make(map[string]string, len(values))
		for _, match := range placeholder.FindAllStringSubmatch(element, -1) {
			own[match[1]] = values[match[1]]
		}
		name := fill(element, own)
		for room := maxName - len("-9999"); len(name) > room; name = fill(element, own) {
			longest := longestValue(own)
			times := strings.Count(element, "{"+longest+"}")
			shorter := cut(own[longest], len(own[longest])-(len(name)-room+times-1)/times)
			if shorter == own[longest] {
				break // the template's own words are too long
			}
			own[longest] = shorter
		}
		elements[i] = name
	}
	return strings.Join(elements, string(filepath.Separator))
}

func fill(template string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(template, func(match string) string { return values[match[1:len(match)-1]] })
}

// longestValue names the longest value, the first in the alphabet of equals.
func longestValue(values map[string]string) string {
	longest := ""
	for _, name := range placeholders {
		if value, ok := values[name]; ok && (longest == "" || len(value) > len(values[longest])) {
			longest = name
		}
	}
	return longest
}

// cut shortens s to at most n bytes, but not to nothing. A character stays with
// the marks that combine with it.
func cut(s string, n int) string {
	_, first := utf8.DecodeRuneInString(s)
	if n >= len(s) {
		return s
	}
	n = max(n, first)
	for n > first && !startsCharacter(s[n:]) {
		n--
	}
	if short := strings.TrimRight(s[:n], " .-"); short != "" {
		return short
	}
	return s[:n]
}

func startsCharacter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r != utf8.RuneError && !unicode.Is(unicode.M, r) && r != '\u200d'
}

// reserved are names that Windows keeps for devices, whatever their ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$`)

// safeName makes text fit to be (part of) a file name on every system, and
// harmless in a shell and a listing. fallback stands in for text of which
// nothing is left.
func safeName(text, fallback string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r == '<', r == '>', r == '"', r == '*', r == '?', r == '{', r == '}':
			return -1
		case r == '/', r == '\\', r == ':', r == '|':
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200d':
			return -1 // direction marks make a name look like another
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	text = strings.TrimLeft(text, " .-~") // hidden files, flags, home folders
	text = strings.TrimRight(text, " .")
	if text == "" {
		return fallback
	}
	if reserved.MatchString(text) {
		return "_" + text
	}
	return text
}
