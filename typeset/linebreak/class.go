package linebreak

import "unicode"

// class is what a character is to the rules of line composition.
type class uint8

const (
	other      class = iota // symbols and scripts that no rule names
	han                     // Han ideographs and what is set like them: 国 々 〇
	kana                    // hiragana and katakana
	hangul                  // 한
	wideDigit               // ０–９
	wideLetter              // Ａ–Ｚ, ａ–ｚ
	wideSymbol              // ① ★ 〒 ℃: one em, no case of its own
	latin                   // letters of alphabets: Latin, Greek, Cyrillic, …
	digit                   // 0–9
	ascii                   // narrow punctuation and symbols: , . % $ -
	space                   // a word space, NBSP, tab
	wideSpace               // U+3000
	newline                 // a forced break
	softHyphen              // U+00AD
	opening                 // （「《“
	closing                 // ）」》”
	comma                   // ，、
	stop                    // 。．
	colon                   // ：；
	bang                    // ！？
	interpunct              // ·・‧
	dash                    // — ⸺ ―
	ellipsis                // … ‥
	connector               // – ～ 〜
)

// marks gives the class of the punctuation that the rules name.
var marks = func() map[rune]class {
	m := make(map[rune]class)
	for class, runes := range map[class]string{
		opening:    "（〔［｛《〈「『【〖｟〘〚“‘〝",
		closing:    "）〕］｝》〉」』】〗｠〙〛”’〞〟",
		comma:      "，、",
		stop:       "。．",
		colon:      "：；",
		bang:       "！？",
		interpunct: "·・‧•",
		dash:       "—⸺―",
		ellipsis:   "…‥⋯",
		connector:  "–～〜",
		wideSymbol: "／＼＋－＝＜＞＆＠＃％￥＄￡￠＊＿｜℃℉〒〓※",
		newline:    "\n\r\v\f\u0085\u2028\u2029",
		space:      " \u00a0\t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f",
		wideSpace:  "\u3000",
		softHyphen: "\u00ad",
	} {
		for _, r := range runes {
			m[r] = class
		}
	}
	return m
}()

// classOf gives the class of r where nothing is known about its neighbours.
func classOf(r rune) class {
	switch {
	case '0' <= r && r <= '9':
		return digit
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return latin
	case '!' <= r && r <= '~':
		return ascii
	}
	if c, ok := marks[r]; ok {
		return c
	}
	switch {
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.In(r, unicode.Hiragana, unicode.Katakana), r == 'ー':
		return kana
	case unicode.Is(unicode.Hangul, r):
		return hangul
	case '０' <= r && r <= '９':
		return wideDigit
	case 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ':
		return wideLetter
	case 0x2460 <= r && r <= 0x24ff, 0x25a0 <= r && r <= 0x26ff, 0x3000 <= r && r <= 0x33ff:
		return wideSymbol
	case unicode.IsLetter(r):
		return latin
	case unicode.IsDigit(r):
		return digit
	}
	return other
}

// ideographic reports whether the class is set solid, one em a character, so that
// justification opens it like Han.
func (c class) ideographic() bool {
	return c == han || c == kana || c == hangul || c == wideDigit || c == wideLetter || c == wideSymbol
}

// mark reports whether the class is full-width punctuation.
func (c class) mark() bool { return c >= opening && c <= interpunct }

// closes reports whether the class may not begin a line and leaves its white on
// the right.
func (c class) closes() bool { return c >= closing && c <= bang }

// wordy reports whether the class is part of a Western word or number.
func (c class) wordy() bool { return c == latin || c == digit }

// blank reports whether characters of the class have no ink.
func (c class) blank() bool { return c >= space && c <= softHyphen }

// zeroWidth reports whether r has no glyph of its own and belongs to the
// character before it: a variation selector, a joiner, ZWSP, a direction mark,
// a control.
func zeroWidth(r rune) bool {
	switch {
	case r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f', r >= 0x7f && r < 0xa0 && r != 0x85:
		return true
	case r == 0x034f, r == 0x061c, r == 0x115f, r == 0x1160, r >= 0x17b4 && r <= 0x17b5, r >= 0x180b && r <= 0x180f:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r == 0xfeff, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return false
}

// combining reports whether r is drawn over or under the character before it.
func combining(r rune) bool { return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me) }
