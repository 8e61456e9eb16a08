package article

import (
	"regexp"
	"strings"
)

// plainDate is a date in the page's own words that needs no rewriting.
var plainDate = regexp.MustCompile(`^[0-9０-９〇一二三四五六七八九十年月日時时分秒上下午前後晚早中民國国令和平成\-/.:： ]+$`)

// Dateline gives the date as the page has it, or as 2025-07-21 10:45 when the
// page has it only in a machine's form. Nil gives "".
func (s *Stamp) Dateline() string {
	if s == nil {
		return ""
	}
	if raw := strings.TrimSpace(s.Raw); raw != "" && plainDate.MatchString(raw) {
		return raw
	}
	date, clock, _ := strings.Cut(s.Time, "T")
	if s.Precision == PrecisionDay || len(clock) < len("15:04") {
		return date
	}
	return date + " " + clock[:len("15:04")]
}
