package extract

import (
	"strings"
	"testing"
)

func TestIsRecordLine(t *testing.T) {
	cases := map[string]bool{
		"July 21, 2025":                  true,
		"Monday, July 21, 2025 10:45 am": true,
		"July 21, 2025 10:45 a.m.":       true,
		"Published: July 21, 2025.":      true,
		"Published 10:45 AM EDT, Mon July 21, 2025 | Updated 11:30 AM EDT, Mon July 21, 2025": true,
		"PUBLISHED : 21 Jul 2025 at 04:45":          true,
		"发表时间: 2025-07-21 10:45:19":                 true,
		"2025年7月21日 星期一 上午10:45（北京时间）":              true,
		"二〇二五年七月二十一日":                               true,
		"２０２５年７月２１日（月）１０：４５":                        true,
		"입력 2025.07.21 10:45 | 수정 2025.07.21 11:30": true,

		"On July 21, 2025 the ferry left.":     false,
		"2025年7月21日，首班電船開出。":                   false,
		"HONG KONG, July 21, 2025":             false,
		"July was cold":                        false,
		"The 2025 report":                      false,
		"发表时间":                                 false,
		"1,115":                                false,
		"":                                     false,
		strings.Repeat("July 21, 2025 | ", 60): false,
	}
	for line, want := range cases {
		if got := isRecordLine(line); got != want {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
	}
}

// Where a date line stands, and how it is put, decides nothing: it is the date,
// and no paragraph.
func TestDateLineIsNoParagraph(t *testing.T) {
	const (
		deck  = "The operator says the quiet boats will pay for themselves within nine years of service."
		first = "The first electric ferry left pier seven on Monday morning so quietly that a man asleep on the third bench missed his stop."
		next  = "Each of the four battery packs weighs five tonnes and costs about as much as a small flat, the operator said."
	)
	cases := []struct {
		name  string
		lines []string
		want  []string
		date  string
		mod   string
	}{
		{"under the byline", []string{"By Anna Brook", "Monday, July 21, 2025", first, next}, []string{first, next}, "2025-07-21T00:00:00Z", ""},
		{"under a standfirst", []string{deck, "By Anna Brook", "July 21, 2025", first, next}, []string{deck, first, next}, "2025-07-21T00:00:00Z", ""},
		{"ends with a stop", []string{"By Anna Brook", "July 21, 2025 10:45 a.m. ET", first, next}, []string{first, next}, "2025-07-21T10:45:00-04:00", ""},
		{"published and updated", []string{"By Anna Brook, Senior Correspondent", "Published 10:45 AM EDT, Mon July 21, 2025 | Updated 11:30 AM EDT, Mon July 21, 2025", first, next}, []string{first, next}, "2025-07-21T10:45:00-04:00", "2025-07-21T11:30:00-04:00"},
		{"in capitals", []string{"PUBLISHED : 21 Jul 2025 at 04:45 GMT", "WRITER: Anna Brook", first, next}, []string{first, next}, "2025-07-21T04:45:00Z", ""},
		{"a name alone", []string{"Anna Brook", "Posted on July 21, 2025.", first, next}, []string{first, next}, "2025-07-21T00:00:00Z", ""},
		{"below the text", []string{first, next, "By Anna Brook", "Published: July 21, 2025, 10:45 a.m. GMT"}, []string{first, next}, "2025-07-21T10:45:00Z", ""},
		{"behind the first paragraph", []string{"By Anna Brook", first, "Published July 21, 2025", next}, []string{first, next}, "2025-07-21T00:00:00Z", ""},
		{"a day in a chronicle stays", []string{"By Anna Brook", "July 21, 2025", first, "May 4, 2019", next}, []string{first, "May 4, 2019", next}, "2025-07-21T00:00:00Z", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			page := "<html lang=en><head><title>The ferry that learned to whisper | Harbour Post</title></head><body><h1>The ferry that learned to whisper</h1><div><p>" +
				strings.Join(c.lines, "</p><p>") + "</p></div></body></html>"
			a, err := Article(t.Context(), Page{URL: "https://post.example/1", Body: []byte(page)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, b := range a.Blocks {
				got = append(got, b.Text)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("blocks\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if a.Published == nil || a.Published.Time != c.date || (a.Modified != nil) != (c.mod != "") || c.mod != "" && a.Modified.Time != c.mod {
				t.Errorf("published %v, modified %v; want %s, %q", a.Published, a.Modified, c.date, c.mod)
			}
			if len(a.Authors) != 1 || a.Authors[0].Name != "Anna Brook" {
				t.Errorf("authors %+v", a.Authors)
			}
		})
	}
}
