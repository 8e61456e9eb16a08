package extract

import (
	"regexp"

	"offprint/extract/internal/block"
)

var urlDates = []*regexp.Regexp{
	regexp.MustCompile(`/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:/|_|-|\.|$|[a-z])`),
	regexp.MustCompile(`/t((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_`),
	regexp.MustCompile(`[/_-]((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)`),
}

// readURL is the witness of the page's address: only the day, and only where a
// whole date stands between marks.
func readURL(d *block.Document) claims {
	c := claims{source: "url", confidence: confidenceURL}
	for _, form := range urlDates {
		if m := form.FindStringSubmatch(d.Address.Path()); m != nil {
			c.published = m[1] + "-" + m[2] + "-" + m[3]
			break
		}
	}
	return c
}
