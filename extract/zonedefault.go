package extract

import (
	"strings"
	"time"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dates"
)

// hostZone is the zone that a host's country keeps; nil when it says nothing.
func hostZone(host string) *time.Location {
	switch host[strings.LastIndexByte(host, '.')+1:] {
	case "hk", "mo", "cn", "tw", "sg", "my":
		return dates.East8
	case "jp", "kr":
		return dates.East9
	}
	return nil
}

// langZone is the zone that readers of a language mostly live in.
func langZone(lang string) *time.Location {
	switch {
	case strings.HasPrefix(lang, "zh"), strings.HasPrefix(lang, "yue"):
		return dates.East8
	case strings.HasPrefix(lang, "ja"), strings.HasPrefix(lang, "ko"):
		return dates.East9
	}
	return nil
}

// pageZone is the zone of a date that names none: the site rule's, the host's,
// the language's. The last resort is UTC, with known = false.
func pageZone(d *block.Document, lang string) (zone *time.Location, known bool) {
	if d.Rule != nil && d.Rule.Zone != "" {
		if z, err := dates.ParseZone(d.Rule.Zone); err == nil {
			return z, true
		}
	}
	if z := hostZone(d.Address.Host()); z != nil {
		return z, true
	}
	if z := langZone(lang); z != nil {
		return z, true
	}
	return time.UTC, false
}

// stamp writes a moment as an article's date.
func stamp(m dates.Moment) *article.Stamp {
	zone := article.ZoneAssumed
	if m.ZoneStated {
		zone = article.ZoneStated
	}
	return &article.Stamp{Time: m.Time.Format(time.RFC3339), Precision: m.Precision, Zone: zone, Raw: m.Raw}
}

// readDates knows the labels of an update, which stand before another date than
// the one that is looked for.
var readDates = dates.NewReader(editLabels)

// parseDate finds the first date in some words; see dates.Reader.
func parseDate(words string, layouts []string, zone *time.Location) (dates.Moment, dates.Trouble) {
	return readDates.Parse(words, layouts, zone)
}
