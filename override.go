package offprint

import (
	"fmt"
	"time"

	"offprint/article"
)

// override puts the reader's own title, author and date, and the publisher's own
// name, in the place of the article's. The article handed in is not changed.
func (o *Options) override(art *article.Article) (*article.Article, error) {
	changed := *art
	if o.Site.Name != "" && o.Site.owns(art) {
		changed.Site.Name = o.Site.Name
	}
	if o.Title != "" {
		changed.Title = o.Title
	}
	if o.Author != "" {
		changed.Authors = []article.Author{authorNamed(art, o.Author)}
	}
	if o.Date != "" {
		stamp, err := parseDate(o.Date, art.Published)
		if err != nil {
			return nil, err
		}
		changed.Published = stamp
	}
	return &changed, nil
}

// unusedDrops warns of blocks to leave out that the article does not have.
func (o *PrintOptions) unusedDrops(art *article.Article) []article.Warning {
	var warnings []article.Warning
	for _, i := range o.Drop {
		if i >= len(art.Blocks) {
			warnings = append(warnings, article.Warning{
				Code:    "drop-unused",
				Message: fmt.Sprintf("there is no block %d to leave out: the article's blocks are 0 to %d, see offprint inspect --stage article", i, len(art.Blocks)-1),
				Where:   "drop",
			})
		}
	}
	return warnings
}

// authorNamed gives the article's author of that name, whose note is kept, or a
// new one.
func authorNamed(art *article.Article, name string) article.Author {
	for _, author := range art.Authors {
		if author.Name == name {
			return author
		}
	}
	return article.Author{Name: name}
}

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
	return nil, &OptionError{Option: "date", Value: value, Want: "2025-07-21, 2025-07-21 10:45 or 2025-07-21T10:45:19+08:00"}
}
