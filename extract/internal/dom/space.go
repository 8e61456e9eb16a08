package dom

import (
	"strings"
	"unicode"
)

// What counts as space at the edges of a block: HTML white space, the no-break
// and ideographic spaces that stand for an indent, zero-width characters and
// the byte order mark. Inside a block they are left alone.
func IsEdge(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', 0x00A0, 0x3000, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

// TrimEdges takes what IsEdge calls space off both ends.
func TrimEdges(s string) string { return strings.TrimFunc(s, IsEdge) }

// Squeeze trims and makes one space of every run of white space: for headlines,
// names and other text that is one line.
func Squeeze(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range TrimEdges(s) {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == 0x00A0 {
			gap = true
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// IsWide reports whether a character is set on a full em, Hangul apart: between
// two of these a line break in the source is no space
// (CSS Text 3, §4.1.2, segment break transformation).
func IsWide(r rune) bool {
	switch {
	case r >= 0x2E80 && r <= 0x303F, r >= 0x3040 && r <= 0x312F, r >= 0x31A0 && r <= 0x4DBF,
		r >= 0x4E00 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE4F,
		r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x20000 && r <= 0x3FFFF:
		return true
	case r >= 0x2018 && r <= 0x201D, r == 0x2014, r == 0x2026, r == 0x00B7:
		return true // ambiguous in width; wide beside Han, which is the only use made of this
	}
	return false
}

// LetterCount counts the characters that carry meaning.
func LetterCount(s string) int {
	n := 0
	for _, r := range s {
		if !IsEdge(r) {
			n++
		}
	}
	return n
}

// MatchKey is a text reduced to its letters and digits, full-width ones folded, for
// telling whether two texts are the same.
func MatchKey(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
