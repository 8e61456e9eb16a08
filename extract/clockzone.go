package extract

import (
	"regexp"
	"strings"
	"time"
)

// The zones that a date can name, and how their clocks run. Where a name means
// several zones, or none that is known here, nothing is guessed.

// keeping is how a place keeps time: minutes east of UTC, and its summer time.
type keeping struct {
	minutes int
	summer  summer
}

type summer int

const (
	noSummer summer = iota
	american        // second Sunday in March to first Sunday in November
	european        // last Sunday in March to last Sunday in October, at 01:00 UTC
	australian
	newZealand
)

// abbreviated are the zones by their English abbreviation. CST is not here: it
// is China's or America's, see readZone. IST, AST and the like stay unread.
var abbreviated = map[string]keeping{
	"Z": {}, "GMT": {}, "UTC": {}, "WET": {0, european}, "BST": {minutes: 60}, "CET": {minutes: 60}, "CEST": {minutes: 120},
	"EET": {minutes: 120}, "EEST": {minutes: 180}, "MSK": {minutes: 180}, "ICT": {minutes: 420}, "WIB": {minutes: 420},
	"HKT": {minutes: 480}, "HKST": {minutes: 480}, "SGT": {minutes: 480}, "BJT": {minutes: 480}, "MYT": {minutes: 480}, "AWST": {minutes: 480},
	"JST": {minutes: 540}, "KST": {minutes: 540}, "AEST": {minutes: 600}, "AEDT": {minutes: 660}, "NZST": {minutes: 720}, "NZDT": {minutes: 780},
	"EST": {minutes: -300}, "EDT": {minutes: -240}, "CDT": {minutes: -300}, "MST": {minutes: -420}, "MDT": {minutes: -360},
	"PST": {minutes: -480}, "PDT": {minutes: -420}, "AKST": {minutes: -540}, "AKDT": {minutes: -480}, "HST": {minutes: -600},
	"ET": {-300, american}, "CT": {-360, american}, "MT": {-420, american}, "PT": {-480, american}, "AET": {600, australian},
}

// zoneNames are the zones by what stands before 时间, 時間 or 시간. A place that is
// written here in one script is found in the other through zoneNameForms.
var zoneNames = map[string]keeping{
	"北京": {minutes: 480}, "中国": {minutes: 480}, "香港": {minutes: 480}, "澳门": {minutes: 480}, "台北": {minutes: 480}, "台湾": {minutes: 480},
	"上海": {minutes: 480}, "新加坡": {minutes: 480}, "吉隆坡": {minutes: 480}, "本港": {minutes: 480},
	"东京": {minutes: 540}, "日本": {minutes: 540}, "首尔": {minutes: 540}, "韩国": {minutes: 540}, "한국": {minutes: 540}, "서울": {minutes: 540},
	"印度": {minutes: 330}, "曼谷": {minutes: 420}, "迪拜": {minutes: 240}, "杜拜": {minutes: 240}, "莫斯科": {minutes: 180},
	"格林威治": {}, "格林尼治": {}, "世界协调": {}, "伦敦": {0, european}, "英国": {0, european},
	"巴黎": {60, european}, "柏林": {60, european}, "法兰克福": {60, european}, "苏黎世": {60, european}, "欧洲中部": {60, european}, "欧陆": {60, european}, "中欧": {60, european},
	"纽约": {-300, american}, "美东": {-300, american}, "美国东部": {-300, american}, "华盛顿": {-300, american}, "뉴욕": {-300, american}, "미국 동부": {-300, american}, "미 동부": {-300, american},
	"米国東部": {-300, american}, "米東部": {-300, american}, "ニューヨーク": {-300, american}, "芝加哥": {-360, american}, "美国中部": {-360, american},
	"美西": {-480, american}, "美国西部": {-480, american}, "洛杉矶": {-480, american}, "旧金山": {-480, american}, "硅谷": {-480, american},
	"悉尼": {600, australian}, "雪梨": {600, australian}, "澳洲东部": {600, australian}, "惠灵顿": {720, newZealand}, "ロンドン": {0, european},
}

// zoneNameForms folds the forms of one name to that of zoneNames.
var zoneNameForms = strings.NewReplacer("國", "国", "門", "门", "灣", "湾", "臺", "台", "東", "东", "爾", "尔", "韓", "韩", "倫", "伦", "蘭", "兰", "蘇", "苏",
	"歐", "欧", "陸", "陆", "紐", "纽", "約", "约", "華", "华", "頓", "顿", "磯", "矶", "舊", "旧", "矽", "硅", "靈", "灵", "協", "协", "調", "调", "三藩市", "旧金山", "米国東部", "米国東部")

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
	farZone = regexp.MustCompile(`(?:^|[\s(（,\d])((?i:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?|(?i:GMT|UTC|HKT|Z)|[A-Z]{3,4})(?:[\s)）,.;|·/]|\p{Han}|$)`)
	// What stands straight after the time and looks like a zone, known or not.
	// Two letters before a name are part of it: "10:45 ET Net".
	nearZone = regexp.MustCompile(`^\s*[,，]?\s*[(（\[]?\s*([A-Z]{1,4}T|MSK|WIB|WITA)(?:\s*[)）\],.，;|·/–—-]|\s*$|\s+(?:on\b|\d|\p{Han}|[A-Z][a-z]+,?\s+\d))`)
	// 美东时间, 紐約當地時間, 日本標準時, 한국시간, local time.
	zoneNamePattern = regexp.MustCompile(`((?:\p{Han}{2,5}?|ニューヨーク|ロンドン|미국 동부|미 동부|뉴욕|한국|서울|현지))\s?(当地|當地|现地|現地)?(标准|標準|夏令|夏)?(?:时间|時間|標準時|标准时|시간|시각)|(?i:\blocal time\b)`)
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
		if known || word == "CST" || offset.MatchString(strings.ToUpper(word)) && (!bare || beside) {
			return zoneMention{word, at + m[2], at + m[3]}, true
		}
		at += m[3]
	}
	return mentionedPlace(text)
}

// notZones are words in capitals that may follow a time.
var notZones = map[string]bool{"POST": true, "EDIT": true, "TEXT": true, "NEXT": true, "LAST": true, "CHAT": true, "NBT": true, "FT": true, "NYT": true, "SWOT": true}

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
	if z, err := parseZone(word); err == nil {
		return z, true
	}
	return nil, false
}
