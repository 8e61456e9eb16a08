package dates

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Zones are fixed offsets, so that no time zone data is needed: none of the
// places below has summer time today. (Hong Kong had it until 1979, the
// mainland from 1986 to 1991, South Korea in 1987 and 1988: the assumed hour
// of an article of those summers is one hour off.)
var (
	East8 = time.FixedZone("+08:00", 8*3600)
	East9 = time.FixedZone("+09:00", 9*3600)
)

var offset = regexp.MustCompile(`^(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?$`)

// furthest is how many hours a clock is from UTC at most: those of Kiribati.
const furthest = 14

// ParseZone reads a zone whose clock is the same all year: +08:00, +0800, GMT+8,
// HKT, Z, 香港時間, ….
func ParseZone(s string) (*time.Location, error) {
	s = strings.TrimSpace(s)
	k, ok := abbreviated[strings.ToUpper(s)]
	if !ok {
		k, ok = zoneByName(s)
	}
	if ok && k.summer == noSummer {
		return fixed(k.minutes * 60), nil
	}
	m := offset.FindStringSubmatch(strings.ToUpper(s))
	if m == nil {
		return nil, fmt.Errorf("%q is not an offset such as +08:00", s)
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi(m[3])
	if hours > furthest || minutes > 59 {
		return nil, fmt.Errorf("%q is further from UTC than any place", s)
	}
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return fixed(seconds), nil
}

func fixed(seconds int) *time.Location {
	switch seconds {
	case 0:
		return time.UTC
	case 8 * 3600:
		return East8
	case 9 * 3600:
		return East9
	}
	return time.FixedZone("", seconds)
}

// offsetAt is how far a clock of the place is from UTC when it shows t.
func (k keeping) offsetAt(t time.Time) int {
	if k.summer == noSummer || !k.inSummer(t) {
		return k.minutes * 60
	}
	return (k.minutes + 60) * 60
}

// inSummer compares what the clock shows with the days of the change. The hour
// that is shown twice counts as summer.
func (k keeping) inSummer(t time.Time) bool {
	year := t.Year()
	day := func(month time.Month, nth, hour, minute int) time.Time {
		return time.Date(year, month, sunday(year, month, nth), hour, minute, 0, 0, t.Location())
	}
	switch k.summer {
	case american:
		// Energy Policy Act of 2005, in force since 2007; before, April to October.
		if year < 2007 {
			return !t.Before(day(time.April, 1, 2, 0)) && t.Before(day(time.October, -1, 2, 0))
		}
		return !t.Before(day(time.March, 2, 2, 0)) && t.Before(day(time.November, 1, 2, 0))
	case european: // Directive 2000/84/EC
		return !t.Before(day(time.March, -1, 1, k.minutes)) && t.Before(day(time.October, -1, 2, k.minutes))
	case australian:
		return !t.Before(day(time.October, 1, 2, 0)) || t.Before(day(time.April, 1, 3, 0))
	case newZealand:
		return !t.Before(day(time.September, -1, 2, 0)) || t.Before(day(time.April, 1, 3, 0))
	}
	return false
}

// sunday is the day of the nth Sunday of a month; -1 is the last.
func sunday(year int, month time.Month, nth int) int {
	if nth < 0 {
		last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
		return last.Day() - int(last.Weekday())
	}
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return 1 + (7-int(first.Weekday()))%7 + 7*(nth-1)
}

var (
	// An offset, or an abbreviation of three letters or more, near the time.
	farZone = regexp.MustCompile(`(?:^|[\s(（,\d])` +
		`((?i:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?|(?i:GMT|UTC|HKT|Z)|[A-Z]{3,4})` +
		`(?:[\s)）,.;|·/]|\p{Han}|$)`)
	// What stands straight after the time and looks like a zone, known or not.
	// Two letters before a name are part of it: "10:45 ET Net".
	nearZone = regexp.MustCompile(`^\s*[,，]?\s*[(（\[]?\s*([A-Z]{1,4}T|MSK|WIB|WITA)` +
		`(?:\s*[)）\],.，;|·/–—-]|\s*$|\s+(?:on\b|\d|\p{Han}|[A-Z][a-z]+,?\s+\d))`)
	// 美东时间, 紐約當地時間, 日本標準時, 한국시간, local time.
	zoneNamePattern = regexp.MustCompile(`((?:\p{Han}{2,5}?|ニューヨーク|ロンドン|미국 동부|미 동부|뉴욕|한국|서울|현지))\s?` +
		`(当地|當地|现地|現地)?(标准|標準|夏令|夏)?(?:时间|時間|標準時|标准时|시간|시각)|(?i:\blocal time\b)`)
	// A place before the day ends there.
	zoneNameBefore = regexp.MustCompile(`(?:` + zoneNamePattern.String() + `)[\s:：,，)）\]】]*$`)
)

// clocklessNames are words before 时间 that name a place without one clock, or none
// that is known.
var clocklessNames = regexp.MustCompile(`^(?:当地|當地|现地|現地|本地|美国|美國|米国|欧洲|歐洲|加拿大|澳洲|俄罗斯|俄羅斯|巴西|현지)$|^$`)

// zoneMention is a zone as a date names it.
type zoneMention struct {
	word       string
	start, end int // in the text round the time
}

// mentionedZone looks for a zone round a time of day that stands at from:to in
// some text.
func mentionedZone(text string, from, to int) (zoneMention, bool) {
	if m := nearZone.FindStringSubmatchIndex(text[to:]); m != nil && !notZones[text[to+m[2]:to+m[3]]] {
		return zoneMention{text[to+m[2] : to+m[3]], to + m[2], to + m[3]}, true
	}
	for at := 0; at < len(text); {
		m := farZone.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		word := strings.ReplaceAll(text[at+m[2]:at+m[3]], " ", "")
		_, known := abbreviated[strings.ToUpper(word)]
		bare := strings.ContainsAny(word[:1], "+-") // 07-22 is no offset
		sign := at + m[3] - len(strings.TrimLeft(text[at+m[2]:at+m[3]], " "))
		beside := sign >= to && strings.Trim(text[to:sign], " (（") == ""
		isOffset := offset.MatchString(strings.ToUpper(word)) && (!bare || beside)
		if known || word == "CST" || isOffset {
			return zoneMention{word, at + m[2], at + m[3]}, true
		}
		at += m[3]
	}
	return mentionedPlace(text)
}

// notZones are words in capitals that may follow a time.
var notZones = map[string]bool{
	"POST": true, "EDIT": true, "TEXT": true, "NEXT": true, "LAST": true, "CHAT": true,
	"NBT": true, "FT": true, "NYT": true, "SWOT": true,
}

// mentionedPlace finds the first place whose clock is meant. 发表时间 is no place.
func mentionedPlace(text string) (zoneMention, bool) {
	for _, m := range zoneNamePattern.FindAllStringSubmatchIndex(text, -1) {
		name := ""
		if m[2] >= 0 {
			name = text[m[2]:m[3]]
		}
		z := zoneMention{text[m[0]:m[1]], m[0], m[1]}
		if _, named := zoneByName(z.word); named || clocklessNames.MatchString(name) {
			return z, true
		}
	}
	return zoneMention{}, false
}

// zoneByName finds the place in 美国东部夏令时间, which may stand behind other words.
func zoneByName(word string) (keeping, bool) {
	m := zoneNamePattern.FindStringSubmatch(word)
	if m == nil || m[1] == "" {
		return keeping{}, false
	}
	name := []rune(zoneNameForms.Replace(m[1]))
	for i := range name {
		if k, ok := zoneNames[string(name[i:])]; ok {
			switch m[3] {
			case "夏令", "夏":
				k = keeping{minutes: k.minutes + 60}
			case "标准", "標準":
				k.summer = noSummer
			}
			return k, true
		}
	}
	return keeping{}, false
}

// readZone gives the zone that a word means when a clock there shows t. CST is
// China's on a page of that zone; on any other it may be America's.
func readZone(word string, t time.Time, page *time.Location) (*time.Location, bool) {
	if word == "CST" {
		_, shift := t.In(page).Zone()
		return page, shift == 8*3600
	}
	if k, ok := abbreviated[strings.ToUpper(word)]; ok {
		return fixed(k.offsetAt(t)), true
	}
	if k, ok := zoneByName(word); ok {
		return fixed(k.offsetAt(t)), true
	}
	if z, err := ParseZone(word); err == nil {
		return z, true
	}
	return nil, false
}
