package extract

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"offprint/article"
)

// Zones are fixed offsets, so that no time zone data is needed: none of the
// places below has summer time today. (Hong Kong had it until 1979, the
// mainland from 1986 to 1991, South Korea in 1987 and 1988: the assumed hour
// of an article of those summers is one hour off.)
var (
	east8 = time.FixedZone("+08:00", 8*3600)
	east9 = time.FixedZone("+09:00", 9*3600)
)

// hostZone is the zone that a host's country keeps; nil when it says nothing.
func hostZone(host string) *time.Location {
	switch host[strings.LastIndexByte(host, '.')+1:] {
	case "hk", "mo", "cn", "tw", "sg", "my":
		return east8
	case "jp", "kr":
		return east9
	}
	return nil
}

// langZone is the zone that readers of a language mostly live in.
func langZone(lang string) *time.Location {
	switch {
	case strings.HasPrefix(lang, "zh"), strings.HasPrefix(lang, "yue"):
		return east8
	case strings.HasPrefix(lang, "ja"), strings.HasPrefix(lang, "ko"):
		return east9
	}
	return nil
}

// pageZone is the zone of a date that names none: the site rule's, the host's,
// the language's. The last resort is UTC, with known = false.
func pageZone(d *document, lang string) (zone *time.Location, known bool) {
	if d.rule != nil && d.rule.Zone != "" {
		if z, err := parseZone(d.rule.Zone); err == nil {
			return z, true
		}
	}
	if z := hostZone(d.at.host()); z != nil {
		return z, true
	}
	if z := langZone(lang); z != nil {
		return z, true
	}
	return time.UTC, false
}

var offset = regexp.MustCompile(`^(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?$`)

// parseZone reads a zone whose clock is the same all year: +08:00, +0800, GMT+8,
// HKT, Z, 香港時間, ….
func parseZone(s string) (*time.Location, error) {
	s = strings.TrimSpace(s)
	k, ok := abbreviated[strings.ToUpper(s)]
	if !ok {
		k, ok = placed(s)
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
	if hours > 14 || minutes > 59 {
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
		return east8
	case 9 * 3600:
		return east9
	}
	return time.FixedZone("", seconds)
}

// stamp writes a moment as an article's date.
func stamp(m moment) *article.Stamp {
	zone := article.ZoneAssumed
	if m.zoneStated {
		zone = article.ZoneStated
	}
	return &article.Stamp{Time: m.time.Format(time.RFC3339), Precision: m.precision, Zone: zone, Raw: m.raw}
}
