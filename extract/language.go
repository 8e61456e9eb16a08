package extract

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/language"

	"offprint/extract/internal/dom"
)

// scriptSample is how many Han characters are looked at to tell Simplified
// from Traditional; a quarter of them differ, so a few hundred are plenty.
const scriptSample = 800

// The letters of a text that is in a language. Names, terms and quotations of
// another script stand in each.
const (
	hangulShare = 20  // percent of all letters: Korean
	kanaShare   = 5   // percent of all letters, and
	kanaPerHan  = 12  // one of so many Han characters and kana: Japanese
	hanShare    = 125 // per mille of all letters: Chinese
)

// pageLanguage is the article's language as BCP 47: what the text is written
// in decides, what the page says of itself adds the region.
func pageLanguage(text, declared string, at dom.Address) string {
	han, kana, hangul, latin := countScripts(text)
	switch total := han + kana + hangul + latin; {
	case total == 0:
		return tagOr(declared, "und")
	case hangul*100 > total*hangulShare && hangul > kana:
		return "ko"
	case kana*100 > total*kanaShare && kana*kanaPerHan > han+kana:
		return "ja"
	case han*1000 > total*hanShare:
		return chinese(text, declared, at)
	}
	tag := tagOr(declared, "en")
	if base, _, _ := strings.Cut(tag, "-"); base == "zh" || base == "ja" || base == "ko" {
		return "en" // the page's language, not the article's
	}
	return tag
}

func countScripts(text string) (han, kana, hangul, latin int) {
	for _, r := range text {
		switch {
		case r < 0x80:
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				latin++
			}
		case r >= 0x3041 && r <= 0x30FA:
			kana++
		case r >= 0xAC00 && r <= 0xD7A3:
			hangul++
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			latin++
		}
	}
	return
}

func chinese(text, declared string, at dom.Address) string {
	if chineseScript(text, declared, at) == "Hans" {
		return "zh-Hans"
	}
	region := ""
	if tag, err := language.Parse(declared); err == nil {
		if r, c := tag.Region(); c == language.Exact {
			region = r.String()
		}
	}
	host := at.Host()
	switch {
	case strings.HasSuffix(host, ".hk"), region == "HK", strings.HasSuffix(host, ".mo"), region == "MO":
		return "zh-Hant-HK"
	case strings.HasSuffix(host, ".tw"), region == "TW":
		return "zh-Hant-TW"
	}
	if hongKongese(text) {
		return "zh-Hant-HK"
	}
	return "zh-Hant"
}

// Folders of an address that say which script its pages are in.
var (
	simplifiedFolders  = []string{"/sc/", "/gb/", "/zh-cn/", "/zh-hans/"}
	traditionalFolders = []string{"/tc/", "/zh-hk/", "/zh-tw/", "/zh-hant/"}
)

// holdsAny reports whether one of the parts stands in a text.
func holdsAny(s string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}

// chineseScript asks the characters first: a character that is in GB 2312 and
// not in Big5 is Simplified, the reverse is Traditional. Only a text without
// either goes by the page's own word and the address.
func chineseScript(text, declared string, at dom.Address) string {
	hans, hant := scriptVotes(text)
	if hans != hant {
		if hans > hant {
			return "Hans"
		}
		return "Hant"
	}
	path := strings.ToLower(at.Path()) + "/"
	switch {
	case holdsAny(path, simplifiedFolders):
		return "Hans"
	case holdsAny(path, traditionalFolders):
		return "Hant"
	}
	if tag, err := language.Parse(declared); err == nil {
		if s, c := tag.Script(); c != language.No {
			return s.String()
		}
	}
	return "Hans"
}

func scriptVotes(text string) (hans, hant int) {
	gb := simplifiedchinese.GBK.NewEncoder()
	b5 := traditionalchinese.Big5.NewEncoder()
	var src [4]byte
	var dst [8]byte
	seen := 0
	for _, r := range text {
		if r < 0x4E00 || r > 0x9FFF {
			continue
		}
		if seen++; seen > scriptSample {
			break
		}
		in := src[:copy(src[:], string(r))]
		n, _, err := gb.Transform(dst[:], in, true)
		simplified := err == nil && n == 2 && dst[0] >= 0xB0 && dst[0] <= 0xF7 && dst[1] >= 0xA1 // GB 2312, rows 16 to 87
		n, _, err = b5.Transform(dst[:], in, true)
		traditional := err == nil && n == 2 && dst[0] >= 0xA4 && dst[0] <= 0xF9 // Big5, levels 1 and 2
		gb.Reset()
		b5.Reset()
		switch {
		case simplified && !traditional:
			hans++
		case traditional && !simplified:
			hant++
		}
	}
	return hans, hant
}

// hongKongese reports whether a text holds characters of written Cantonese or Hong
// Kong's own words.
func hongKongese(text string) bool {
	return strings.ContainsAny(text, "嘅喺咗嚟唔佢哋啲冇嗰𨋢") || strings.Contains(text, "港元") && strings.Contains(text, "本港")
}

func tagOr(declared, otherwise string) string {
	tag, err := language.Parse(strings.ReplaceAll(declared, "_", "-"))
	if err != nil || declared == "" {
		return otherwise
	}
	return tag.String()
}
