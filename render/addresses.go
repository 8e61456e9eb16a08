package render

import (
	"regexp"
	"strings"

	"offprint/typeset"
)

// bareAddress is an address that stands in the text as such: of a page, or of a
// mailbox. Only ASCII is taken for a part of it: in Chinese the text goes on without a
// space.
var bareAddress = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[-a-z0-9._~:/?#\[\]@!$&'()*+,;=%]+` +
	`|\b[a-z0-9][a-z0-9._%+-]*@(?:[a-z0-9-]+\.)+[a-z]{2,}\b`)

// live makes links of the bare addresses in spans that are none yet. Readers make
// links of such addresses by themselves, but only of the part that stands in one line,
// which leads elsewhere. How the text looks is not changed.
func live(spans []typeset.Span) []typeset.Span {
	var out []typeset.Span
	for i, span := range spans {
		found := addressesIn(&span)
		if len(found) > 0 && out == nil {
			out = append(make([]typeset.Span, 0, len(spans)+2*len(found)), spans[:i]...)
		}
		at := 0
		for _, place := range found {
			if before := span.Text[at:place[0]]; before != "" {
				plain := span
				plain.Text = before
				out = append(out, plain)
			}
			link := span
			link.Text = span.Text[place[0]:place[1]]
			link.Href = addressOf(link.Text)
			out, at = append(out, link), place[1]
		}
		if span.Text = span.Text[at:]; out != nil && span.Text != "" {
			out = append(out, span)
		}
	}
	if out == nil {
		return spans
	}
	return out
}

// addressesIn finds the bare addresses of a span that is no link and has no reading.
func addressesIn(span *typeset.Span) [][]int {
	if span.Href != "" || span.Ruby != nil || !strings.ContainsAny(span.Text, "@.") {
		return nil
	}
	var found [][]int
	for _, place := range bareAddress.FindAllStringIndex(span.Text, -1) {
		text := span.Text[place[0]:place[1]]
		for end := endOfAddress(text); end < len(text); end = endOfAddress(text) {
			text = text[:end]
		}
		_, rest, _ := strings.Cut(text, "://")
		if strings.Contains(text, "://") && rest == "" || strings.EqualFold(text, "www") {
			continue
		}
		found = append(found, []int{place[0], place[0] + len(text)})
	}
	return found
}

// endOfAddress gives where an address ends that is followed by a mark of the sentence
// that it stands in, or by a bracket that was opened before it.
func endOfAddress(text string) int {
	last := len(text) - 1
	if last < 0 {
		return 0
	}
	switch text[last] {
	case '.', ',', ';', ':', '!', '?', '\'':
		return last
	case ')':
		if strings.Count(text, "(") < strings.Count(text, ")") {
			return last
		}
	case ']':
		if strings.Count(text, "[") < strings.Count(text, "]") {
			return last
		}
	}
	return len(text)
}

// addressOf is where a bare address leads.
func addressOf(text string) string {
	switch {
	case strings.Contains(text, "://"):
		return text
	case len(text) > 4 && strings.EqualFold(text[:4], "www."):
		return "http://" + text
	}
	return "mailto:" + text
}
