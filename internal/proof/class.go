package proof

import (
	"slices"
	"strings"
	"unicode"

	"offprint/typeset"
)

// region is the region whose marks the text has.
type region uint8

const (
	elsewhere region = iota
	mainland
	traditional // Hong Kong, Macau, Taiwan: stops in the middle of their em
	japan
)

// regionOf reads a BCP 47 tag.
func regionOf(lang string) region {
	parts := strings.Split(strings.ToLower(lang), "-")
	has := func(tags ...string) bool {
		return slices.ContainsFunc(parts[1:], func(p string) bool { return slices.Contains(tags, p) })
	}
	switch {
	case parts[0] == "ja":
		return japan
	case parts[0] == "yue":
		return traditional
	case parts[0] != "zh":
		return elsewhere
	case has("hans"):
		return mainland
	case has("hant", "hk", "tw", "mo"):
		return traditional
	}
	return mainland
}

// Marks by what they are (CLREQ 3.1.1, JLREQ appendix A).
const (
	opening   = "（〔［｛《〈「『【〖“‘"
	closing   = "）〕］｝》〉」』】〗”’"
	commas    = "，、。．：；"
	bangs     = "！？"
	interdots = "·・‧"
	dashes    = "—⸺"
	ellipses  = "…"
)

// among reports whether r is one of the characters of set.
func among(r rune, set string) bool { return strings.ContainsRune(set, r) }

// han reports whether r is set solid, one em a character.
func han(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// latin reports whether r is part of a Western word or number.
func latin(r rune) bool { return digit(r) || unicode.Is(unicode.Latin, r) && r < 0xff00 }

// digit reports whether r is a narrow digit.
func digit(r rune) bool { return '0' <= r && r <= '9' }

// wideDigit reports whether r is a full-width digit.
func wideDigit(r rune) bool { return '０' <= r && r <= '９' }

// em is a part of the character's em, in thousandths.
func (c *char) em(thousandths int64) typeset.Length { return c.size.Em(thousandths) }

// wide reports whether the face draws the character in a full em.
func (c *char) wide() bool { return c.advance >= c.em(900) }

// bearing is the white on either side of a full-width quote that stands in
// Western text, where it is set proportionally.
const bearing = 55

// lefts lists where the slot of the character may begin at the start of a line:
// an opening mark loses the white in its left half (CLREQ 3.1.6.1).
func (c *char) lefts() []typeset.Length {
	if !c.wide() || !among(c.r, opening) {
		return []typeset.Length{c.x}
	}
	edges := []typeset.Length{c.x + c.em(500)}
	if among(c.r, "“‘") {
		edges = append(edges, c.ink.x0-c.em(bearing))
	}
	return edges
}

// rights lists where the slot of the character may end at the end of a line: a
// mark loses the white in its right half where it has any (GB/T 15834 5.1.10;
// CLREQ 3.1.6.2; JLREQ 3.1.9).
func (c *char) rights(in region) []typeset.Length {
	whole, half := c.x+c.advance, c.x+c.em(500)
	middle := (c.ink.x0 + c.ink.x1) / 2
	switch {
	case !c.wide():
		return []typeset.Length{whole}
	case among(c.r, "”’"):
		return []typeset.Length{half, c.ink.x1 + c.em(bearing)}
	case among(c.r, closing):
		return []typeset.Length{half}
	case among(c.r, interdots):
		return []typeset.Length{middle + c.em(250), middle + c.em(500)}
	case among(c.r, "：；") && in == japan:
		return []typeset.Length{middle + c.em(250), whole}
	case among(c.r, commas) && in != traditional, among(c.r, bangs) && in == mainland:
		return []typeset.Length{half}
	}
	return []typeset.Length{whole}
}

// nearest is the edge nearest to want, as its distance from it: positive when it
// is to the right.
func nearest(edges []typeset.Length, want typeset.Length) typeset.Length {
	best := edges[0] - want
	for _, e := range edges[1:] {
		if off := e - want; abs(off) < abs(best) {
			best = off
		}
	}
	return best
}

func abs(l typeset.Length) typeset.Length { return max(l, -l) }
