package main

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"offprint/article"
	"offprint/internal/filename"
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
		"date":   filename.Safe(date, "undated"),
		"title":  filename.Safe(art.Title, "untitled"),
		"author": filename.Safe(strings.Join(authors, "、"), "unknown"),
		"site":   filename.Safe(site, "unknown"),
		"lang":   filename.Safe(art.Lang, "und"),
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
			shorter := filename.Cut(own[longest], len(own[longest])-(len(name)-room+times-1)/times)
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
