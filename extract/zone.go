package extract

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
	east8 = time.FixedZone("+08:00", 8*3600)
	east9 = time.FixedZone("+09:00", 9*3600)
)

var offset = regexp.MustCompile(`^(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?$`)

// parseZone reads a zone whose clock is the same all year: +08:00, +0800, GMT+8,
// HKT, Z, 香港時間, ….
func parseZone(s string) (*time.Location, error) {
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
