package render

import (
	"fmt"
	"unicode"

	"offprint/article"
	"offprint/typeset"
)

// fullwidthOf gives the full-width form of the marks that a folded Chinese text
// has in ASCII (GB/T 15834 §5.1: marks in Chinese text take a whole character).
var fullwidthOf = map[rune]rune{',': '，', '(': '（', ')': '）', ':': '：', ';': '；', '!': '！', '?': '？'}

// A text is a folded one where it has at least fewestFolded ASCII marks between
// Han, and at least foldedRatio times as many of them as of full-width ones.
const (
	fewestFolded = 4
	foldedRatio  = 9
)

// punctuate sets ASCII marks between Han in their full-width form where the
// reader asked for it, or (auto) where the article was plainly folded: it has
// hardly one of these marks in full width. Marks inside numbers and Latin runs
// are never touched. This is the only place where a code point is changed, and
// it is reported.
func (c *compositor) punctuate(a *article.Article) *article.Article {
	mode := c.in.Options.Punctuation
	if mode == PunctuationKeep || article.HanScript(a.Lang) == "" {
		return a
	}
	if mode != PunctuationFullwidth {
		if folded, whole := countMarks(a); folded < fewestFolded || folded < foldedRatio*whole {
			return a
		}
	}
	f := &fullwidth{}
	art := f.article(a)
	if f.changed > 0 {
		c.warn("punctuation-widened", fmt.Sprintf("%d half-width marks between Chinese characters were set full width",
			f.changed), typeset.Source{})
	}
	return art
}

// countMarks counts the marks next to Han that stand in ASCII and those that
// stand in full width.
func countMarks(a *article.Article) (folded, whole int) {
	for i := range a.Blocks {
		runes := []rune(a.Blocks[i].Text)
		opened := -1
		for k, r := range runes {
			if isFullwidth(r) {
				whole++
			} else if foldedMark(runes, k, opened) {
				folded++
			}
			if opensBracket(r) {
				opened = k
			}
		}
	}
	return folded, whole
}

// isFullwidth reports whether r is the full-width form of one of these marks.
func isFullwidth(r rune) bool {
	for _, w := range fullwidthOf {
		if r == w {
			return true
		}
	}
	return false
}

// foldedMark reports whether runes[k] is an ASCII mark of a Chinese sentence:
// it touches Han (or a Chinese mark) on one side, and stands neither inside a
// number nor between Latin letters, nor before a space. The last bracket before it
// that opens stands at opened; −1 is none.
func foldedMark(runes []rune, k, opened int) bool {
	if fullwidthOf[runes[k]] == 0 {
		return false
	}
	before, after := around(runes, k)
	switch runes[k] {
	case '(':
		return chinese(after) || chinese(before)
	case ')':
		return chinese(before) || insideChinese(runes, opened)
	}
	if after == ' ' && !chinese(before) {
		return false
	}
	return chinese(before) || chinese(after) && before != ' ' && !latinSentence(runes, k)
}

func around(runes []rune, k int) (before, after rune) {
	if k > 0 {
		before = runes[k-1]
	}
	if k+1 < len(runes) {
		after = runes[k+1]
	}
	return before, after
}

// insideChinese reports whether the bracket at opened was opened next to Han.
func insideChinese(runes []rune, opened int) bool {
	if opened < 0 {
		return false
	}
	before, after := around(runes, opened)
	return chinese(before) || chinese(after)
}

func opensBracket(r rune) bool { return r == '(' || r == '（' }

// latinReach is how many characters before a mark are looked at for the space
// before its word: no English word that is commonly printed is longer.
const latinReach = 24

// latinSentence reports whether a space stands among the latinReach characters
// before runes[k], with nothing Chinese between: the mark then ends a Latin word
// of an English sentence.
func latinSentence(runes []rune, k int) bool {
	for j := k - 1; j >= max(0, k-latinReach); j-- {
		if chinese(runes[j]) {
			return false
		}
		if runes[j] == ' ' {
			return true
		}
	}
	return false
}

// chinese reports whether r is Han or a mark of Chinese text.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3001 && r <= 0x301F || r >= 0xFF01 && r <= 0xFF60 ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}
