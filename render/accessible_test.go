package render_test

import (
	"strings"
	"testing"

	"offprint/article"
	"offprint/internal/squareface"
	"offprint/render"
	"offprint/templates"
	"offprint/typeset"
)

// TestEveryDocumentHasATitleAndALanguage: PDF/UA asks for both, and pages lack them.
func TestEveryDocumentHasATitleAndALanguage(t *testing.T) {
	design, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("字", 100)
	text := func(s string) []article.Block { return []article.Block{{Kind: article.Paragraph, Text: s}} }
	for _, test := range []struct {
		name        string
		art         article.Article
		title, lang string
	}{
		{"both", article.Article{Title: " 题 ", Lang: "zh_Hans", Blocks: text("文")}, "题", "zh-Hans"},
		{"a text", article.Article{Lang: "12", Blocks: text(" 一 \n 二")}, "一 二", "und"},
		{"a long text", article.Article{Lang: "zh Hans", Blocks: text(long)}, long[:80*len("字")] + "…", "und"},
		{"a site", article.Article{Site: article.Site{Name: "报"}}, "报", "und"},
		{"nothing", article.Article{Lang: "ja"}, "元記事", "ja"},
	} {
		in := render.Input{Article: &test.art, Design: design, Fonts: (&countingFace{Face: squareface.Face{}}).library()}
		doc, err := render.Layout(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		if doc.Title != test.title || doc.Lang != test.lang || !typeset.IsLanguageTag(doc.Lang) {
			t.Errorf("%s: title %q, language %q, want %q and %q", test.name, doc.Title, doc.Lang, test.title, test.lang)
		}
	}
}

// TestABareAddressIsLiveInAllItsLines: each line of it leads to the whole address.
func TestABareAddressIsLiveInAllItsLines(t *testing.T) {
	design, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	address := "https://news.example/" + strings.Repeat("a-long-way/", 12)
	art := &article.Article{Title: "题", Lang: "zh-Hans", Blocks: []article.Block{
		{Kind: article.Paragraph, Text: "见" + address + "。"},
		{Kind: article.Table, Rows: [][]article.Cell{{{Text: "见" + address}}}},
	}}
	in := render.Input{Article: art, Design: design, Fonts: (&countingFace{Face: squareface.Face{}}).library()}
	doc, err := render.Layout(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[int]map[int]bool{} // of each block
	for _, item := range doc.Pages[0].Items {
		if item.Kind != typeset.PlacedLink {
			continue
		}
		if item.Href != address {
			t.Errorf("a link leads to %q", item.Href)
		}
		if lines[item.Block] == nil {
			lines[item.Block] = map[int]bool{}
		}
		lines[item.Block][int(item.At.Y)] = true
	}
	if len(lines) != 2 {
		t.Fatalf("links in %d blocks, want the paragraph and the table", len(lines))
	}
	for block, in := range lines {
		if len(in) < 2 {
			t.Errorf("block %d has links in %d lines, want two or more", block, len(in))
		}
	}
}
