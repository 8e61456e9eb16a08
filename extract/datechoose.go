package extract

import (
	"fmt"
	"time"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dates"
)

// dated is one witness's date, read.
type dated struct {
	dates.Moment
	source     string
	rule       string
	confidence float64
}

// publishedDate weighs every witness's date. The most trusted wins, unless two
// others agree on another day. Where a second witness agrees on the day and
// tells the time more exactly, the time is taken from it. Conflicts and dates
// that can't be read for certain are warned about.
func publishedDate(
	d *block.Document, ranked []claims, zone *time.Location, zoneKnown bool,
) (*article.Stamp, *article.Provenance) {
	var found []dated
	var refused []string
	for _, c := range ranked {
		if c.published == "" {
			continue
		}
		m, bad := parseDate(c.published, layoutsFor(d, c.source), zone)
		switch bad {
		case "":
			found = append(found, dated{m, c.source, c.rules["published"], c.confidence})
		case dates.Ambiguous, dates.Impossible:
			refused = append(refused, fmt.Sprintf("%s (%s): %q", bad, c.source, c.published))
		}
	}
	if len(found) == 0 {
		for _, r := range refused {
			d.Warn("date-refused", "the date was left out, it is "+r, "published")
		}
		return nil, nil
	}
	best := chooseDate(found, zone)
	warnConflicts(d, best, found, zone)
	best = withTime(best, found, zone)
	if best.ZoneUnread != "" {
		unread := fmt.Sprintf("only the day is taken of %q: which zone %q means is not certain", best.Raw, best.ZoneUnread)
		d.Warn("zone-unread", unread, "published")
	}
	if best.ZoneStated && zoneKnown {
		best.Time = best.Time.In(zone)
	}
	if !best.ZoneStated && !zoneKnown && best.Precision != article.PrecisionDay {
		d.Warn("zone-unknown", "the page names no time zone; the time is written as UTC", "published")
	}
	return stamp(best.Moment), &article.Provenance{Source: best.source, Rule: best.rule, Confidence: best.confidence}
}

// layoutsFor are the site rule's, for witnesses that read the page's own words.
func layoutsFor(d *block.Document, source string) []string {
	if d.Rule == nil || source != "site-rule" && source != "pattern" && source != "contract" {
		return nil
	}
	return d.Rule.Layouts
}

// minVotes is how many witnesses of another day overrule the most trusted one.
const minVotes = 2

func chooseDate(dates []dated, zone *time.Location) dated {
	best := dates[0]
	if best.source == "contract" || best.source == "site-rule" {
		return best
	}
	for _, other := range dates[1:] {
		votes := votesFor(other, dates, zone)
		if votes >= minVotes && day(other, zone) != day(best, zone) && votesFor(best, dates, zone) == 1 {
			return other
		}
	}
	return best
}

func votesFor(best dated, dates []dated, zone *time.Location) int {
	n := 0
	for _, o := range dates {
		if day(o, zone) == day(best, zone) {
			n++
		}
	}
	return n
}

func day(m dated, zone *time.Location) string {
	if m.Precision == article.PrecisionDay {
		return m.Time.Format(time.DateOnly)
	}
	return m.Time.In(zone).Format(time.DateOnly)
}

// looseDays is how far apart two days may be that mean the same one, when one comes
// from an address or a zone that could not be read: the day before or after, and
// the hours of the zone.
const looseDays = 48 * time.Hour

// warnConflicts names the witnesses that give another day. The address of a
// page often has the day before or after.
func warnConflicts(d *block.Document, best dated, dates []dated, zone *time.Location) {
	for _, o := range dates {
		if day(o, zone) == day(best, zone) || mislabelled(best, o, zone) || mislabelled(o, best, zone) {
			continue
		}
		// Nor is a day in a zone that could not be read another one.
		loose := o.source == "url" || o.ZoneUnread != "" || best.ZoneUnread != ""
		if loose && o.Time.Sub(best.Time).Abs() <= looseDays {
			continue
		}
		conflict := fmt.Sprintf("%s says %s, %s says %s", best.source, day(best, zone), o.source, day(o, zone))
		d.Warn("date-conflict", conflict, "published")
	}
}

// mislabelled reports whether a date that says UTC means the local time: many sites
// write theirs with a Z. It shows when the page prints the same time of day.
func mislabelled(structured, visible dated, zone *time.Location) bool {
	const toTheMinute = "2006-01-02 15:04"
	_, shift := structured.Time.In(zone).Zone()
	saysUTC := structured.ZoneStated && structured.Time.Location() == time.UTC && shift != 0
	printed := !visible.ZoneStated && visible.Precision != article.PrecisionDay
	return saysUTC && printed && structured.Time.Format(toTheMinute) == visible.Time.Format(toTheMinute)
}

// withTime prefers a witness that agrees on the day and tells the time better.
func withTime(best dated, dates []dated, zone *time.Location) dated {
	for _, o := range dates {
		if mislabelled(best, o, zone) {
			return o
		}
	}
	for _, o := range dates {
		if day(o, zone) != day(best, zone) || o.Precision == article.PrecisionDay {
			continue
		}
		if best.Precision == article.PrecisionDay || midnight(best) && !midnight(o) {
			return o
		}
		finer := best.Precision == article.PrecisionMinute && o.Precision == article.PrecisionSecond
		if finer && o.Time.Truncate(time.Minute).Equal(best.Time) {
			return o
		}
	}
	return best
}

// midnight reports whether a time is midnight to the second, which is how structured
// data write a day.
func midnight(m dated) bool { return m.Time.Format(time.TimeOnly) == "00:00:00" }

// modifiedDate is the first that can be read.
func modifiedDate(d *block.Document, ranked []claims, zone *time.Location, zoneKnown bool) *article.Stamp {
	for _, c := range ranked {
		if c.modified == "" {
			continue
		}
		if m, bad := parseDate(c.modified, layoutsFor(d, c.source), zone); bad == "" {
			if m.ZoneStated && zoneKnown {
				m.Time = m.Time.In(zone)
			}
			return stamp(m)
		}
	}
	return nil
}
