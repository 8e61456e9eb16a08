package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dates"
	"offprint/extract/internal/dom"
)

// A record line says when an article appeared, and nothing else: "Published
// 10:45 AM EDT, Mon July 21, 2025 | Updated 11:30 AM EDT". It is read into the
// fields and is no paragraph, wherever it stands.

var (
	// English labels stand without a colon too, and those of East Asia before a
	// number.
	colonless = regexp.MustCompile(`(?i)\b((?:first |last )?(?:published|updated|posted|modified|created)(?: on|` +
		` at)?)\s+` +
		`(\d|` + dates.Weekdays + `|` + dates.Months + `)`)
	spacedLabel = regexp.MustCompile(`((?:最終|最后|最後|최종)?(?:更新|修改|发布|發佈|發布|发表|發表|公開|配信|掲載|입력|등록|승인|게재|수정))[\s　]+(\d)`)
	recordDay   = regexp.MustCompile(`(?i)` +
		`(?:民[國国]|令和|平成|昭和)?\s*\d{1,4}\s*[年년]\s*\d{1,2}\s*[月월]\s*\d{1,2}\s*[日號号일]?|` +
		`\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|` +
		dates.Months + `\.?\s+\d{1,2}(?:st|nd|rd|th)?\s*,?\s+\d{4}|` +
		`\d{1,2}(?:st|nd|rd|th)?[\s-]+` + dates.Months + `\.?,?[\s-]+\d{4}`)
	recordWords = regexp.MustCompile(`(?i)` + dateLabels + `|` + editLabels + `|` + dates.Weekdays + `|` +
		`\b(?:first |last )?(?:published|updated|posted|modified|created|date|on|at|hrs|am|pm|a\.m|p\.m|` +
		`utc|gmt|hkt|sgt|jst|kst|cst|bst|ist|et|ct|mt|pt|[ecmp][sd]t|cest?|aes?t)\b|T\d|Z\b`)
)

// maxRecord is the longest record line, in characters.
const maxRecord = 120

// isRecordLine reports whether a line holds a day and nothing but days, times,
// zones and the labels that stand before them.
func isRecordLine(line string) bool {
	if len(line) > 4*maxRecord || dom.LetterCount(line) > maxRecord || !holdsYear(line) {
		return false
	}
	text := dates.Fold(dom.Squeeze(line))
	rest := recordDay.ReplaceAllString(text, " ")
	if rest == text {
		return false
	}
	rest = dates.WithoutTimes(rest)
	return strings.IndexFunc(recordWords.ReplaceAllString(rest, " "), unicode.IsLetter) < 0
}

// isRecord reports whether the text of a block is a record line.
func isRecord(p block.Piece) bool {
	return memoOfText(p).record.ask(func() bool { return isRecordLine(block.Text(p.Block)) })
}

// maxRecordHan is more ideographs than labels, days and zones of two dates have.
const maxRecordHan = 50

// holdsYear reports whether a line may hold a day and is one sentence. It is quick:
// most paragraphs need no more looking at.
func holdsYear(s string) bool {
	digits, han, found := 0, 0, false
	before := ' ' // the last character that is no space
	for _, r := range strings.TrimSuffix(s, "。") {
		switch {
		case r == '。':
			return false
		case isDigit(r):
			if digits++; digits == 4 {
				found = true
			}
		case r == '年' || r == '년':
			numeral := dates.IsNumeral(before)
			found = found || numeral || isDigit(before)
			digits = 0
		default:
			digits = 0
		}
		if !dom.IsEdge(r) {
			before = r
		}
		if unicode.Is(unicode.Han, r) {
			if han++; han > maxRecordHan {
				return false
			}
		}
	}
	return found
}

// isDigit reports whether a character is a digit, full-width or not.
func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// isLabelledRecord reports whether such a line says what its day is.
func isLabelledRecord(line string) bool {
	return isRecordLine(line) && datesItself(labelledFields(line))
}

// datesItself reports whether one of a line's labels is that of a date.
func datesItself(fields []labelled) bool {
	return slices.ContainsFunc(fields, func(f labelled) bool { return f.kind == labelDate || f.kind == labelEdit })
}

// pastStandfirst gives the first paragraph behind the byline. A page may print a
// sentence or two between headline and byline; first is the first of them.
func pastStandfirst(pieces []block.Piece, first int) int {
	const (
		lookaround = 5   // blocks
		standfirst = 300 // characters
	)
	if first < 0 || dom.LetterCount(pieces[first].Text) > standfirst {
		return first
	}
	for i := max(0, first-lookaround); i < first; i++ {
		if isByline(pieces[i]) {
			return first // it has passed
		}
	}
	byline := false
	for i := first + 1; i < len(pieces) && i <= first+lookaround; i++ {
		p := pieces[i]
		switch {
		case p.Kind == article.Heading, prose(p) && !byline:
			return first
		case prose(p):
			return i
		}
		byline = byline || isByline(p)
	}
	return first
}

// isByline reports whether a block holds a line that says who wrote the article,
// or when.
func isByline(p block.Piece) bool {
	return slices.ContainsFunc(metaLines(p), func(line string) bool {
		if isRecordLine(line) {
			return true
		}
		if block.EndsSentence(line) {
			return false
		}
		short := dom.LetterCount(line) <= maxByline
		return short && (datedLine(line) || bareByline.MatchString(line)) || len(labelledFields(line)) > 0
	})
}
