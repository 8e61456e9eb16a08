package dates

import (
	"regexp"
	"strconv"
	"strings"
)

// Fold makes ASCII of the digits and numerals of dates: ２０２５年七月廿一日 →
// 2025年7月21日.
func Fold(s string) string { return foldHanNumerals(foldDigits(s)) }

// IsNumeral reports whether a character is a Han numeral.
func IsNumeral(r rune) bool {
	_, ok := hanDigit[r]
	return ok
}

// foldDigits makes ASCII of full-width digits and the marks of a date, so that
// ２０２５年７月２１日 and ２０２５／０７／２１ are read like any other. Only the
// copy that is parsed is folded, never the article.
func foldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r == '：', r == '／', r == '－', r == '．', r == '＋',
			r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', r == '（', r == '）', r == '，':
			return r - 0xFEE0
		case r == 0x00A0 || r == 0x3000 || r == 0x202F || r == 0x2009:
			return ' '
		case r == 0x2013 || r == 0x2212:
			return '-'
		case r == '∶':
			return ':'
		}
		return r
	}, s)
}

// hanDigit are the values of Han numerals; 十, 廿 and 卅 are tens.
var hanDigit = map[rune]int{
	'〇': 0, '○': 0, '零': 0, 'Ｏ': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'兩': 2, '两': 2, '元': 1, '廿': 20, '卅': 30, '十': 10,
}

var hanNumber = regexp.MustCompile(`([〇○零一二三四五六七八九十廿卅元]+)\s*(年|月|日|號|号|時|时|點|点|分)`)

// foldHanNumerals makes ASCII of the numbers before 年, 月, 日, 時, 分:
// 二〇二五年七月二十一日 → 2025年7月21日.
func foldHanNumerals(s string) string {
	return hanNumber.ReplaceAllStringFunc(s, func(m string) string {
		p := hanNumber.FindStringSubmatch(m)
		n, ok := hanToInt(p[1])
		if !ok {
			return m
		}
		return strconv.Itoa(n) + p[2]
	})
}

// The longest numbers of a date, in characters.
const (
	maxPositional = 4 // 二〇二五
	maxWithTens   = 3 // 三十一
)

// hanToInt reads 二〇二五 (digit by digit) and 二十一, 廿一 (with tens).
func hanToInt(s string) (int, bool) {
	runes := []rune(s)
	positional := true
	for _, r := range runes {
		if hanDigit[r] >= 10 {
			positional = false
		}
	}
	if positional {
		if len(runes) > maxPositional {
			return 0, false
		}
		n := 0
		for _, r := range runes {
			n = n*10 + hanDigit[r]
		}
		return n, true
	}
	if len(runes) > maxWithTens {
		return 0, false
	}
	n, units := 0, 0
	for i, r := range runes {
		switch v := hanDigit[r]; {
		case r == '十' && i == 0:
			n = 10
		case r == '十':
			n, units = units*10, 0
		case v >= 20:
			n = v
		default:
			units = v
		}
	}
	return n + units, true
}
