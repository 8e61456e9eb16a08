package dates

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"offprint/article"
)

// A time of day, after a day or before it. "am" stands in front in Chinese,
// Japanese and Korean.
var clock = regexp.MustCompile(`(?i)(?P<ap>上午|下午|凌晨|早上|清晨|中午|晚上|傍晚|午前|午後|오전|오후|am|pm)?\s*` +
	`(?P<h>\d{1,2})\s*(?::|時|时|點|点|시)\s*(?P<min>\d{1,2})?\s*[分분]?` +
	`(?:\s*:?\s*(?P<s>\d{1,2})(?:[.,]\d+)?\s*[秒초]?)?\s*(?P<pm>a\.?m\.?|p\.?m\.?)?`)

var compactClock = regexp.MustCompile(`^\s*\d{8}T?(\d\d)(\d\d)(\d\d)?Z?\s*$`)

// maxGap is how far, in bytes, a time may stand from its day: a weekday and a
// zone fit between.
const maxGap = 36

// setClock reads the time of day and the zone from what stands round the day,
// and gives the span of it all. A time that no clock shows, or that stands in a
// zone that nobody can tell, is left out: the day still holds.
func (r *Reader) setClock(
	m *Moment, c calendarDay, text string, from, to int, zone *time.Location,
) (start, end int) {
	for _, suffix := range []string{"日", "號", "号", "일"} {
		if rest := strings.TrimLeft(text[to:], " "); strings.HasPrefix(rest, suffix) {
			to = len(text) - len(rest) + len(suffix)
		}
	}
	m.Time = time.Date(c.year, c.month, c.day, 0, 0, 0, 0, zone)
	t, ok := r.clockNear(text, from, to)
	if !ok {
		return from, to
	}
	shown := time.Date(c.year, c.month, c.day, t.hour, t.minute, max(t.second, 0), 0, time.UTC)
	start, end = min(from, t.from), max(to, t.to)
	if z, named := zoneNear(text, from, to, t); named {
		start, end = min(start, z.start), max(end, z.end)
		if zone, m.ZoneStated = readZone(z.word, shown, zone); !m.ZoneStated {
			m.ZoneUnread = z.word
			return start, end
		}
	}
	m.Precision = article.PrecisionSecond
	if t.second < 0 {
		m.Precision = article.PrecisionMinute
	}
	m.Time = time.Date(c.year, c.month, c.day, t.hour, t.minute, max(t.second, 0), 0, zone)
	return start, end
}

// clockTime is a time of day and its span in the text.
type clockTime struct {
	hour, minute, second int // second is -1 when not said
	from, to             int
}

// clockNear reads the time after the day at from:to, or, as English has it,
// before the day.
func (r *Reader) clockNear(text string, from, to int) (t clockTime, ok bool) {
	if p := compactClock.FindStringSubmatch(text); p != nil {
		t = clockTime{number(p[1]), number(p[2]), -1, to, to}
		if p[3] != "" {
			t.second = number(p[3])
		}
		t.to = len(strings.TrimRight(text, "Z "))
		return t, onClock(t.hour, t.minute, t.second)
	}
	at := clock.FindStringIndex(text[to:])
	follows := at != nil && at[0] <= maxGap && !r.other.MatchString(text[to:to+at[0]])
	if follows {
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

// onClock reports whether a clock shows such a time.
func onClock(h, minute, sec int) bool { return h <= 23 && minute <= 59 && sec <= 59 }

// afternoon reports whether a word is one of the half of the day from noon on.
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

// WithoutTimes puts a space in the place of each time of day, and of each zone that
// is named by a place.
func WithoutTimes(s string) string {
	return zoneNamePattern.ReplaceAllString(clock.ReplaceAllString(s, " "), " ")
}
