package render_test

import (
	"strings"
	"testing"

	"offprint/article"
	"offprint/render"
	"offprint/typeset"
)

// A list within a quotation stands within it: set in by the quotation's two ems
// and its own two, with the bar at the same place.
func TestListInQuote(t *testing.T) {
	list := article.Block{Kind: article.List, Items: [][]article.Block{{para("内项")}}}
	quote := article.Block{Kind: article.Quote, Items: [][]article.Block{{para("水落石出。"), list, para("完。")}}}
	doc := layout(t, tableArticle(quote), render.Options{})
	em := typeset.Points(10.5)
	for _, want := range []struct {
		text          string
		left, measure typeset.Length
	}{
		{"水落石出。", 2 * em, 32 * em}, // of 36, less 2 on either side
		{"内项", 4 * em, 30 * em},
		{"完。", 2 * em, 32 * em},
	} {
		found := false
		for _, b := range doc.Blocks {
			if b.Text() == want.text {
				found = true
				if b.Style.Left != want.left || b.Style.Measure != want.measure {
					t.Errorf("%s: left %s, measure %s, want %s and %s", want.text, b.Style.Left, b.Style.Measure, want.left, want.measure)
				}
			}
		}
		if !found {
			t.Errorf("%s is not set", want.text)
		}
	}
	// The bar stands one em left of the quotation, at 36 em centred on the page: (595.276 − 378)/2 + 21 − 10.5.
	bars := 0
	for _, item := range doc.Pages[0].Items {
		if item.Kind == typeset.PlacedRule && (item.Role == typeset.RoleQuote || item.Role == typeset.RoleListItem) {
			bars++
			if want := (doc.Pages[0].Size.W-36*em)/2 + em; item.At.X != want {
				t.Errorf("a bar stands at %s, want %s", item.At.X, want)
			}
		}
	}
	if bars == 0 {
		t.Error("no bar is drawn")
	}
}

// Each quotation has its own bar: one beside both of two paragraphs, none
// between two quotations.
func TestBarsOfQuotations(t *testing.T) {
	quote := func(texts ...string) article.Block {
		b := article.Block{Kind: article.Quote, Items: [][]article.Block{nil}}
		for _, s := range texts {
			b.Items[0] = append(b.Items[0], para(s))
		}
		return b
	}
	for name, c := range map[string]struct {
		blocks []article.Block
		bars   int
	}{
		"one of two paragraphs": {[]article.Block{quote("水落石出。", "海阔天空。")}, 1},
		"two":                   {[]article.Block{quote("水落石出。"), quote("海阔天空。")}, 2},
		"two with text between": {[]article.Block{quote("水落石出。"), para("正文。"), quote("海阔天空。")}, 2},
	} {
		doc := layout(t, tableArticle(c.blocks...), render.Options{})
		bars := 0
		for _, item := range doc.Pages[0].Items {
			if item.Kind == typeset.PlacedRule && item.Role == typeset.RoleQuote {
				bars++
			}
		}
		if bars != c.bars {
			t.Errorf("%s: %d bars, want %d", name, bars, c.bars)
		}
	}
}

// Without a logo the site's name is set, cut to two thirds of the page's width;
// without a name, its host.
func TestWordmark(t *testing.T) {
	for name, want := range map[string]string{"海岸线财经": "海岸线财经", "": "news.example", strings.Repeat("报", 40): "报…"} {
		a := tableArticle(para("正文。"))
		a.Site.Name, a.URL = name, "https://news.example/a"
		a.Section = []string{"财经"}
		doc, err := render.Layout(t.Context(), render.Input{Article: a, Design: design(t), Fonts: library(), Options: render.Options{Paper: "A5"}})
		if err != nil {
			t.Fatal(err)
		}
		first := doc.Pages[0].Items[0]
		// A5 has 148 − 2 × 15 = 118 mm between its margins.
		if most := typeset.Millimetres(118 * 2 / 3.0); !strings.HasSuffix(first.Run.Text(), want) || first.W > most {
			t.Errorf("site %q: the wordmark is %q, %s pt wide, want …%q of %s at the most", name, first.Run.Text(), first.W, want, most)
		}
	}
}
