package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"offprint/article"
)

// moment is a date as read from some words.
type moment struct {
	time       time.Time
	precision  article.Precision
	zoneStated bool
	zoneUnread string // the page's word for a zone that is not known: only the day holds
	raw        string
}

// trouble says why words that look like a date give none.
type trouble string

const (
	noDate         trouble = "no date"
	ambiguousDate  trouble = "ambiguous"  // 03/04/2025 is two days
	impossibleDate trouble = "impossible" // 2025-02-30
)

// The forms of a day. Each names its parts y, m, d; era and mon are special.
var dayForms = []*regexp.Regexp{
	regexp.MustCompile(`(?P<era>民[國国]|令和|平成|昭和|大正)\s*(?P<y>\d{1,3})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*[日號号]?`),
	regexp.MustCompile(`(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日號号일]?`),
	regexp.MustCompile(`(?:^|\D)(?P<y>(?:1[89]|2[01])\d\d)\s*-\s*(?P<m>\d{1,2})\s*-\s*(?P<d>\d{1,2})(?:\D|$)`),
	regexp.MustCompile(`(?:^|\D)(?P<y>(?:1[89]|2[01])\d\d)\s*[/.]\s*(?P<m>\d{1,2})\s*[/.]\s*(?P<d>\d{1,2})(?:\D|$)`),
	regexp.MustCompile(`(?i)(?:^|[^\pL])(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<y>\d{4})`),
	regexp.MustCompile(`(?i)(?:^|\D)(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?[\s-]+(?P<y>\d{4})`),
	regexp.MustCompile(`(?:^|\D)(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)(?:$|[^\d.]|\.(?:\D|$))`),
	regexp.MustCompile(`^\s*(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?\s*$`),
}

// A time of day, after a day or before it. "am" stands in front in Chinese,
// Japanese and Korean.
var clock = regexp.MustCompile(`(?i)(?P<ap>上午|下午|凌晨|早上|清晨|中午|晚上|傍晚|午前|午後|오전|오후|am|pm)?\s*(?P<h>\d{1,2})\s*(?::|時|时|點|点|시)\s*(?P<min>\d{1,2})?\s*[分분]?(?:\s*:?\s*(?P<s>\d{1,2})(?:[.,]\d+)?\s*[秒초]?)?\s*(?P<pm>a\.?m\.?|p\.?m\.?)?`)

var compactClock = regexp.MustCompile(`^\s*\d{8}T?(\d\d)(\d\d)(\d\d)?Z?\s*$`)

var eraStart = map[string]int{"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}

var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// dateReader finds dates in words. It is safe for use by several goroutines.
type dateReader struct {
	other *regexp.Regexp
}

// newDateReader makes a reader. otherLabels is a regular expression for the words
// that stand before another date than the one they follow: a time of day behind
// them is that date's.
func newDateReader(otherLabels string) *dateReader {
	return &dateReader{other: regexp.MustCompile(`(?i)` + otherLabels)}
}

// parse finds the first date in some words. Nothing is guessed: a day that can
// be read two ways, or that no calendar has, is refused. layouts are the site
// rule's own, tried first; zone is used when the words name none.
func (r *dateReader) parse(words string, layouts []string, zone *time.Location) (moment, trouble) {
	words = squeeze(words)
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
			return moment{}, bad
		}
		from, to := groupSpan(at)
		m := moment{precision: article.PrecisionDay, raw: words}
		start, end := r.setClock(&m, day, text, from, to, zone)
		if text == folded { // the same characters, so that the words can be cut
			if strings.Count(text[start:end], "(") > strings.Count(text[start:end], ")") && strings.HasPrefix(text[end:], ")") {
				end++
			}
			m.raw = cutRunes(words, utf8.RuneCountInString(text[:start]), utf8.RuneCountInString(text[:end]))
		}
		return m, ""
	}
	return moment{}, noDate
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

func cutRunes(s string, from, to int) string {
	runes := []rune(s)
	return trimEdges(string(runes[min(from, len(runes)):min(to, len(runes))]))
}

func parseLayouts(words string, layouts []string, zone *time.Location) (moment, bool) {
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, words, zone)
		if err != nil {
			continue
		}
		m := moment{time: t, precision: article.PrecisionDay, raw: words}
		switch {
		case strings.Contains(layout, ":05") || strings.Contains(layout, "秒"):
			m.precision = article.PrecisionSecond
		case strings.Contains(layout, "04"):
			m.precision = article.PrecisionMinute
		}
		m.zoneStated = strings.Contains(layout, "07") || strings.Contains(layout, "MST")
		return m, true
	}
	return moment{}, false
}

type calendarDay struct {
	year, day int
	month     time.Month
}

func readDay(p map[string]string) (calendarDay, trouble) {
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
			return calendarDay{}, ambiguousDate
		}
	}
	c := calendarDay{year: year, month: time.Month(month), day: day}
	t := time.Date(c.year, c.month, c.day, 0, 0, 0, 0, time.UTC)
	if t.Year() != c.year || t.Month() != c.month || t.Day() != c.day || year < 1800 || year > 2199 {
		return calendarDay{}, impossibleDate
	}
	return c, ""
}

// maxGap is how far, in bytes, a time may stand from its day: a weekday and a
// zone fit between.
const maxGap = 36

// setClock reads the time of day and the zone from what stands round the day,
// and gives the span of it all. A time that no clock shows, or that stands in a
// zone that nobody can tell, is left out: the day still holds.
func (r *dateReader) setClock(m *moment, c calendarDay, text string, from, to int, zone *time.Location) (start, end int) {
	for _, suffix := range []string{"日", "號", "号", "일"} {
		if rest := strings.TrimLeft(text[to:], " "); strings.HasPrefix(rest, suffix) {
			to = len(text) - len(rest) + len(suffix)
		}
	}
	m.time = time.Date(c.year, c.month, c.day, 0, 0, 0, 0, zone)
	t, ok := r.clockNear(text, from, to)
	if !ok {
		return from, to
	}
	shown := time.Date(c.year, c.month, c.day, t.hour, t.minute, max(t.second, 0), 0, time.UTC)
	start, end = min(from, t.from), max(to, t.to)
	if z, named := zoneNear(text, from, to, t); named {
		start, end = min(start, z.start), max(end, z.end)
		if zone, m.zoneStated = readZone(z.word, shown, zone); !m.zoneStated {
			m.zoneUnread = z.word
			return start, end
		}
	}
	m.precision = article.PrecisionSecond
	if t.second < 0 {
		m.precision = article.PrecisionMinute
	}
	m.time = time.Date(c.year, c.month, c.day, t.hour, t.minute, max(t.second, 0), 0, zone)
	return start, end
}

// clockTime is a time of day and its span in the text.
type clockTime struct {
	hour, minute, second int // second is -1 when not said
	from, to             int
}

// clockNear reads the time after the day at from:to, or, as English has it,
// before the day.
func (r *dateReader) clockNear(text string, from, to int) (t clockTime, ok bool) {
	if p := compactClock.FindStringSubmatch(text); p != nil {
		t = clockTime{number(p[1]), number(p[2]), -1, to, to}
		if p[3] != "" {
			t.second = number(p[3])
		}
		t.to = len(strings.TrimRight(text, "Z "))
		return t, onClock(t.hour, t.minute, t.second)
	}
	if at := clock.FindStringIndex(text[to:]); at != nil && at[0] <= maxGap && !r.other.MatchString(text[to:to+at[0]]) {
		t.from, t.to = to+at[0], to+at[1]
		t.hour, t.minute, t.second, ok = readClock(text[to:])
		return t, ok
	}
	head := before(text, from)
	if at := clock.FindStringIndex(head); at != nil {
		t.from, t.to = from-len(head)+at[0], from-len(head)+at[1]
		t.hour, t.minute, t.second, ok = readClock(head)
	}
	return t, ok
}

// zoneNear looks for a zone between day and time, after them, and before them.
func zoneNear(text string, from, to int, t clockTime) (zoneMention, bool) {
	start, end := to, min(len(text), max(to, t.to)+maxGap)
	if t.from < from {
		start, end = t.from, from
	}
	z, ok := mentionedZone(text[start:end], t.from-start, t.to-start)
	if !ok {
		head := before(text, min(from, t.from))
		start = min(from, t.from) - len(head)
		if w := zoneNameBefore.FindStringIndex(head); w != nil {
			start += w[0]
			z, ok = mentionedPlace(head[w[0]:])
		}
	}
	z.start, z.end = z.start+start, z.end+start
	return z, ok
}

// before is the text just before a day, whole words of it.
func before(s string, day int) string {
	s = s[:day]
	if len(s) > maxGap {
		_, s, _ = strings.Cut(s[len(s)-maxGap:], " ")
	}
	return s
}

// readClock gives hour (0–23), minute and second; second is -1 when not said.
func readClock(s string) (h, minute, sec int, ok bool) {
	at := clock.FindStringSubmatchIndex(s)
	if at == nil {
		return 0, 0, 0, false
	}
	p := matchGroups(clock, s, at)
	if p["min"] == "" && strings.ContainsAny(s[at[0]:at[1]], ":") {
		return 0, 0, 0, false
	}
	h, minute, sec = number(p["h"]), number(p["min"]), -1
	if p["s"] != "" {
		sec = number(p["s"])
	}
	switch half := strings.ToLower(p["ap"] + p["pm"]); {
	case half == "":
	case h == 12 && (half == "晚上" || half == "凌晨"):
		h = 0 // 晚上12點 may be either end of the day
		if half == "晚上" {
			return 0, 0, 0, false
		}
	case afternoon(half) && h < 12:
		if half != "中午" || h < 3 {
			h += 12
		}
	case !afternoon(half) && h == 12:
		h = 0
	}
	return h, minute, sec, onClock(h, minute, sec)
}

func onClock(h, minute, sec int) bool { return h <= 23 && minute <= 59 && sec <= 59 }

func afternoon(half string) bool {
	switch half {
	case "下午", "晚上", "傍晚", "中午", "午後", "오후":
		return true
	}
	return strings.HasPrefix(half, "p")
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

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
