package render_test

import (
	"strings"
	"testing"

	"offprint/article"
	"offprint/render"
	"offprint/typeset"
)

// TestRubyOverOrBehind asserts where a reading stands over its word, and where in
// brackets behind it, as parts of one word. Neither is ever lost.
func TestRubyOverOrBehind(t *testing.T) {
	word := func(text, reading string) article.Inline { return article.Inline{Text: text, Ruby: reading} }
	paragraph := func(in ...article.Inline) article.Block {
		return article.Block{Kind: article.Paragraph, Inlines: in, Text: article.JoinText(in)}
	}
	heading := paragraph(word("港", "みなと"))
	heading.Kind, heading.Level = article.Heading, 2
	quote := article.Block{Kind: article.Quote, Items: [][]article.Block{{paragraph(word("港", "みなと"))}}}
	list := article.Block{Kind: article.List, Items: [][]article.Block{{paragraph(word("港", "みなと"))}}}
	raised := word("港", "みなと")
	raised.Sup = true
	for name, c := range map[string]struct {
		block article.Block
		over  bool
	}{
		"paragraph":             {paragraph(word("港", "みなと")), true},
		"list":                  {list, true},
		"quotation":             {quote, true},
		"address":               {paragraph(word("www.example.org", "みなと")), true},
		"white in the reading":  {paragraph(word("港", " みな\n と ")), true},
		"heading":               {heading, false},
		"superscript":           {paragraph(raised), false},
		"long word":             {paragraph(word(strings.Repeat("港", 20), "みなと")), false},
		"long reading":          {paragraph(word("港", strings.Repeat("みなと", 20))), false},
		"line break":            {paragraph(word("港\n口", "みなと")), false},
		"white at the end":      {paragraph(word("港 ", "みなと")), false},
		"mark over what stands": {paragraph(article.Inline{Text: "か"}, word("\u3099港", "みなと")), false},
		"hidden":                {paragraph(word("\u200b港", "みなと")), false},
	} {
		t.Run(name, func(t *testing.T) {
			doc := layout(t, withBlocks([]article.Block{c.block}), render.Options{})
			var readings, parts string
			over := false
			var last *typeset.Ruby
			for _, item := range doc.Pages[0].Items {
				if item.Run == nil || item.Run.Ruby == nil {
					continue
				}
				if last != nil && item.Run.Ruby != last {
					t.Error("the parts are not of one word")
				}
				last = item.Run.Ruby
				over = last.Reading.Text != ""
				if item.Run.Part == typeset.RubyReading {
					readings += strings.ReplaceAll(item.Run.Text(), " ", "")
				}
				if part := []string{"-", "RB", "RT", "RP"}[item.Run.Part]; !strings.HasSuffix(parts, part) {
					parts += part
				}
			}
			want := map[bool]string{true: "RBRT", false: "RBRPRTRP"}[c.over]
			if over != c.over || parts != want {
				t.Errorf("the reading stands over its word: %t; parts %s, want %s", over, parts, want)
			}
			if n := strings.Count(readings, "みなと"); n == 0 || readings != strings.Repeat("みなと", n) {
				t.Errorf("the reading is %q", readings)
			}
		})
	}
}
