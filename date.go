package offprint

import (
	"time"

	"offprint/article"
)

// dateForms are the ways to write a date, and what each of them states.
var dateForms = []struct {
	layout    string
	precision article.Precision
	zone      article.Zone
}{
	{time.RFC3339, article.PrecisionSecond, article.ZoneStated},
	{"2006-01-02 15:04:05", article.PrecisionSecond, article.ZoneAssumed},
	{"2006-01-02 15:04", article.PrecisionMinute, article.ZoneAssumed},
	{time.DateOnly, article.PrecisionDay, article.ZoneAssumed},
}

// parseDate reads the option date. One without a zone is in the zone of the
// article's own date, else in UTC.
func parseDate(value string, own *article.Stamp) (*article.Stamp, error) {
	zone := time.UTC
	if own != nil {
		if t, err := time.Parse(time.RFC3339, own.Time); err == nil {
			zone = t.Location()
		}
	}
	for _, form := range dateForms {
		t, err := time.ParseInLocation(form.layout, value, zone)
		if err != nil {
			continue
		}
		stamp := &article.Stamp{Time: t.Format(time.RFC3339), Precision: form.precision, Zone: form.zone}
		if form.zone == article.ZoneAssumed {
			stamp.Raw = value // printed as the reader wrote it
		}
		return stamp, nil
	}
	const want = "2025-07-21, 2025-07-21 10:45 or 2025-07-21T10:45:19+08:00"
	return nil, &OptionError{Option: "date", Value: value, Want: want}
}
