package render

import (
	"strings"
	"testing"

	"offprint/typeset"
)

func TestBareAddressesAreLinks(t *testing.T) {
	for text, want := range map[string]string{
		"见https://a.example/b?c=1。":        "见|[https://a.example/b?c=1]|。",
		"(http://a.example/x_(y)). Then":   "(|[http://a.example/x_(y)]|). Then",
		"www.a.example, and WWW.B.example": "[http://www.a.example]|, and |[http://WWW.B.example]",
		"a.b@c.example!":                   "[mailto:a.b@c.example]|!",
		"mail a@b, http:// or www.":        "mail a@b, http:// or www.",
		"xwww.a.example":                   "xwww.a.example",
		"3.5 and 2.0":                      "3.5 and 2.0",
		"https://a.example/%E6%B8%AF港":     "[https://a.example/%E6%B8%AF]|港",
		"":                                 "",
	} {
		var got []string
		joined := ""
		for _, span := range live([]typeset.Span{{Text: text}}) {
			joined += span.Text
			if span.Href != "" {
				got = append(got, "["+span.Href+"]")
			} else {
				got = append(got, span.Text)
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q became %s, want %s", text, s, want)
		}
		if joined != text {
			t.Errorf("%q became %q: text was lost or changed", text, joined)
		}
	}
	linked := []typeset.Span{{Text: "https://a.example/", Href: "https://b.example/"}, {Text: "c"}}
	if got := live(linked); len(got) != 2 || got[0].Href != "https://b.example/" {
		t.Errorf("a link became %+v", got)
	}
}
