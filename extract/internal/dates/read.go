package dates

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"offprint/article"
	"offprint/extract/internal/dom"
)

// Moment is a date as read from some words.
type Moment struct {
	Time       time.Time
	Precision  article.Precision
	ZoneStated bool
	ZoneUnread string // the page's word for a zone that is not known: only the day holds
	Raw        string
}

// Trouble says why words that look like a date give none.
type Trouble string

const (
	NoDate     Trouble = "no date"
	Ambiguous  Trouble = "ambiguous"  // 03/04/2025 is two days
	Impossible Trouble = "impossible" // 2025-02-30
)

// monthStart is a month's name in English, short or in full.
var monthStart = `(?P<mon>` + strings.Join(monthNames, "|") + `)[a-z]*`

// The forms of a day. Each names its parts y, m, d; era and mon are special.
var dayForms = []*regexp.Regexp{
	regexp.MustCompile(`(?P<era>民[國国]|令和|平成|昭和|大正)\s*` +
		`(?P<y>\d{1,3})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*[日號号]?`),
	regexp.MustCompile(`(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日號号일]?`),
	regexp.MustCompile(`(?:^|\D)(?P<y>(?:1[89]|2[01])\d\d)\s*-\s*(?P<m>\d{1,2})\s*-\s*(?P<d>\d{1,2})(?:\D|$)`),
	regexp.MustCompile(`(?:^|\D)(?P<y>(?:1[89]|2[01])\d\d)\s*[/.]\s*(?P<m>\d{1,2})\s*[/.]\s*(?P<d>\d{1,2})(?:\D|$)`),
	regexp.MustCompile(`(?i)(?:^|[^\pL])` + monthStart + `\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<y>\d{4})`),
	regexp.MustCompile(`(?i)(?:^|\D)(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+` + monthStart + `\.?,?[\s-]+(?P<y>\d{4})`),
	regexp.MustCompile(`(?:^|\D)(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)(?:$|[^\d.]|\.(?:\D|$))`),
	regexp.MustCompile(`^\s*(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?\s*$`),
}

var eraStart = map[string]int{"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}

// Reader finds dates in words. It is safe for use by several goroutines.
type Reader struct {
	other *regexp.Regexp
}

// NewReader makes a reader. otherLabels is a regular expression for the words
// that stand before another date than the one they follow: a time of day behind
// them is that date's.
func NewReader(otherLabels string) *Reader {
	return &Reader{other: regexp.MustCompile(`(?i)` + otherLabels)}
}

// Parse finds the first date in some words. Nothing is guessed: a day that can
// be read two ways, or that no calendar has, is refused. layouts are the site
// rule's own, tried first; zone is used when the words name none.
func (r *Reader) Parse(words string, layouts []string, zone *time.Location) (Moment, Trouble) {
	words = dom.Squeeze(words)
	if m, ok := parseLayouts(words, layouts, zone); ok {
		return m, ""
	}
	folded := foldDigits(words)
	text := foldHanNumerals(folded)
	for _, form := range dayForms {
		at := form.FindStringSubmatchIndex(text)
		if at == nil {
			continue
		}
		day, bad := readDay(matchGroups(form, text, at))
		if bad != "" {
			return Moment{}, bad
		}
		from, to := groupSpan(at)
		m := Moment{Precision: article.PrecisionDay, Raw: words}
		start, end := r.setClock(&m, day, text, from, to, zone)
		if text == folded { // the same characters, so that the words can be cut
			if strings.Count(text[start:end], "(") > strings.Count(text[start:end], ")") && strings.HasPrefix(text[end:], ")") {
				end++
			}
			m.Raw = dom.CutRunes(words, utf8.RuneCountInString(text[:start]), utf8.RuneCountInString(text[:end]))
		}
		return m, ""
	}
	return Moment{}, NoDate
}

// groupSpan is the span of a match's groups: the forms look at a character on
// either side as well.
func groupSpan(at []int) (from, to int) {
	from, to = at[1], at[0]
	for i := 2; i < len(at); i += 2 {
		if at[i] >= 0 {
			from, to = min(from, at[i]), max(to, at[i+1])
		}
	}
	return from, to
}

func parseLayouts(words string, layouts []string, zone *time.Location) (Moment, bool) {
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, words, zone)
		if err != nil {
			continue
		}
		m := Moment{Time: t, Precision: article.PrecisionDay, Raw: words}
		switch {
		case strings.Contains(layout, ":05") || strings.Contains(layout, "秒"):
			m.Precision = article.PrecisionSecond
		case strings.Contains(layout, "04"):
			m.Precision = article.PrecisionMinute
		}
		m.ZoneStated = strings.Contains(layout, "07") || strings.Contains(layout, "MST")
		return m, true
	}
	return Moment{}, false
}

type calendarDay struct {
	year, day int
	month     time.Month
}

func readDay(p map[string]string) (calendarDay, Trouble) {
	year, _ := strconv.Atoi(p["y"])
	if p["era"] != "" {
		year += eraStart[p["era"]]
	}
	month, _ := strconv.Atoi(p["m"])
	day, _ := strconv.Atoi(p["d"])
	if p["mon"] != "" {
		for i, name := range monthNames {
			if strings.EqualFold(p["mon"], name) {
				month = i + 1
			}
		}
	}
	if p["a"] != "" {
		a, _ := strconv.Atoi(p["a"])
		b, _ := strconv.Atoi(p["b"])
		switch {
		case a > 12 || a == b:
			day, month = a, b
		case b > 12:
			day, month = b, a
		default:
			return calendarDay{}, Ambiguous
		}
	}
	c := calendarDay{year: year, month: time.Month(month), day: day}
	t := time.Date(c.year, c.month, c.day, 0, 0, 0, 0, time.UTC)
	exists := t.Year() == c.year && t.Month() == c.month && t.Day() == c.day
	if !exists || year < firstYear || year > lastYear {
		return calendarDay{}, Impossible
	}
	return c, ""
}

// Years that articles appear in, and archives of them. What else looks like a year
// is a number.
const (
	firstYear = 1800
	lastYear  = 2199
)

// matchGroups gives the named groups of a match; groups that matched nothing are "".
func matchGroups(re *regexp.Regexp, text string, at []int) map[string]string {
	parts := map[string]string{}
	for i, name := range re.SubexpNames() {
		if name != "" && at[2*i] >= 0 {
			parts[name] = text[at[2*i]:at[2*i+1]]
		}
	}
	return parts
}
