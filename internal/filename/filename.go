package filename

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reserved are names that Windows keeps for devices, whatever their ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$`)

// Safe makes text fit to be (part of) a file name on every system, and harmless
// in a shell and a listing. fallback stands in for text of which nothing is left.
func Safe(text, fallback string) string {
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

// Cut shortens s to at most n bytes, but not to nothing. A character stays with
// the marks that combine with it.
func Cut(s string, n int) string {
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
