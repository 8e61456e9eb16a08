package offprint_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"offprint"
	"offprint/article"
	"offprint/extract"
	"offprint/internal/picture"
	"offprint/render"
	"offprint/render/pdf"
	"offprint/templates"
	"offprint/typeset"
)

// set is a document of the corpus that PDFs are judged by; lay lays it out.
type set struct {
	name string
	lay  func(*testing.T) *typeset.Document
}

// corpus lists what PDFs are judged by: the articles that come with their
// manuscript in every setting, every page of extract's test data, and articles in
// five languages that have all that an article can have.
func corpus(t *testing.T) []set {
	t.Helper()
	var sets []set
	add := func(name string, art *article.Article, o render.Options) {
		sets = append(sets, set{name, func(t *testing.T) *typeset.Document { return lay(t, art, o) }})
	}
	for _, s := range judged() {
		r := read(t, s)
		for _, o := range settings() {
			name := fmt.Sprintf("%s-%s-%s-%d", s.Name, o.FontSize, o.Paper, max(1, o.Columns))
			sets = append(sets, set{name, func(t *testing.T) *typeset.Document { return r.layout(t, o) }})
		}
	}
	pages, err := filepath.Glob("extract/testdata/pages/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(page), ".html")
		art, err := extract.Article(t.Context(), extract.Page{URL: "https://news.example/" + name, Body: body}, extract.Options{})
		if err != nil {
			continue // a page without an article
		}
		add("page-"+name, art, render.Options{Columns: 1 + len(sets)%2})
	}
	for _, lang := range []string{"zh-Hans", "zh-Hant-HK", "ja", "ko", "en", ""} {
		for columns := 1; columns <= 2; columns++ {
			add(fmt.Sprintf("torture-%s-%d", lang, columns), torture(lang), render.Options{Columns: columns})
		}
	}
	small := torture("zh-Hant-HK")
	small.Title = ""
	add("torture-a5", small, render.Options{FontSize: "giant", Paper: "A5"})
	add("torture-no-pictures", small, render.Options{Images: render.ImagesNone})
	add("empty", &article.Article{Blocks: []article.Block{{Kind: article.Rule}}}, render.Options{})
	return sets
}

// lay sets an article with pictures of all kinds under the addresses that end so.
func lay(t *testing.T, art *article.Article, o render.Options) *typeset.Document {
	t.Helper()
	design, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	in := render.Input{Article: art, Design: design, Fonts: allFaces, Options: o, Pictures: map[string]render.Picture{}}
	in.Options.Producer = "offprint " + offprint.Version
	for _, kind := range []string{"grey.jpg", "colour.jpg", "colour.png", "grey.png"} {
		in.Pictures[kind] = render.Picture{Picture: painted(t, kind)}
	}
	doc, err := render.Layout(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// painted is a small picture, grey or in colours, as a file of the kind its name says.
func painted(t *testing.T, name string) *typeset.Picture {
	t.Helper()
	box := image.Rect(0, 0, 64, 48)
	var m interface {
		image.Image
		Set(x, y int, c color.Color)
	} = image.NewRGBA(box)
	if strings.HasPrefix(name, "grey") {
		m = image.NewGray(box)
	}
	for y := range box.Dy() {
		for x := range box.Dx() {
			m.Set(x, y, color.RGBA{R: uint8(4 * x), G: uint8(5 * y), B: 120, A: 255})
		}
	}
	var file bytes.Buffer
	var err error
	if strings.HasSuffix(name, ".png") {
		err = png.Encode(&file, m)
	} else {
		err = jpeg.Encode(&file, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(file.Bytes(), picture.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// torture is an article that has all that an article can have, and most of it twice,
// in an order that no editor would choose.
func torture(lang string) *article.Article {
	words := map[string]string{
		"zh-Hans": "港口的清晨", "zh-Hant-HK": "香港𨋢的清晨", "ja": "港の朝", "ko": "항구의 아침",
	}[lang]
	if words == "" {
		words = "The port at dawn"
	}
	long := strings.Repeat(words+"，5G 2025（a）。", 12)
	para := func(text string) article.Block { return article.Block{Kind: article.Paragraph, Text: text} }
	head := func(level int) article.Block { return article.Block{Kind: article.Heading, Level: level, Text: words} }
	figure := func(url, alt, caption string) article.Block {
		return article.Block{Kind: article.Figure, Image: &article.Image{URL: url, Alt: alt, Caption: caption}}
	}
	linked := article.Block{Kind: article.Paragraph, Inlines: []article.Inline{
		{Text: words},
		{Text: words + words + words + words + words + words + words, Href: "https://example.org/%E6%B8%AF?a=1"},
		{Text: words, Bold: true},
		{Text: "a link of words that goes over the end of its line", Italic: true, Href: "mailto:a@example.org"},
		{Text: "2", Sup: true},
		{Text: "i", Sub: true},
		{Text: words, Ruby: "ruby"},
		{Text: "港", Ruby: "みなと"},
		{Text: "口", Ruby: "ㄎㄡˇ"},
		{Text: "bare", Ruby: "shuāng"},
		{Text: words, Ruby: strings.Repeat("too long to stand over the word ", 5)},
		{Text: "linked", Ruby: "港", Href: "https://example.org/ruby"},
		{Text: "x", Href: "javascript:alert(1)"},
	}}
	bare := para(long + " https://news.example/2025/07/21/a-very-long-address-that-has-to-be-parted-over-two-lines-of-text/index.html?id=" +
		strings.Repeat("0123456789", 5) + " " + words + " www.example.org, a@example.org.")
	list := article.Block{Kind: article.List, Ordered: true, Start: 9, Items: [][]article.Block{
		{para(long), figure("colour.png", "", ""), para(words)},
		{para(words), {Kind: article.List, Items: [][]article.Block{{para(words)}, {linked}, {head(4)}}}},
		{{Kind: article.Quote, Items: [][]article.Block{{para(words)}}}},
		{},
		{para(words)},
	}}
	return &article.Article{
		Lang: lang, Title: words, Subtitle: words, Authors: []article.Author{{Name: words, Bio: long}},
		Site: article.Site{Name: words}, Section: []string{words, words}, Tags: []string{words},
		Canonical: "https://news.example/港?a=b&c=d", Disclaimer: []string{long},
		Blocks: []article.Block{
			head(4),
			{Kind: article.Heading, Level: 2, Inlines: []article.Inline{{Text: words, Ruby: "ruby"}}},
			para(long), head(6), head(2), head(5), linked, bare,
			figure("colour.jpg", words, words), figure("grey.jpg", "", words), figure("grey.png", "", ""),
			figure("missing.jpg", "", words), list,
			{Kind: article.Rule},
			list,
			{Kind: article.Quote, Items: [][]article.Block{{para(long), list, para(words), figure("colour.png", words, ""), para(words)}}},
			{Kind: article.Quote, Items: [][]article.Block{{para(words)}}},
			{Kind: article.Pre, Text: "if x {\n\treturn \ue000 \U000f0000 𠮷 葛\U000E0100 🎉 \ufffe\n}"},
			para("表一 " + words), ragged(words), ragged(words), wide(), linesOf(words),
			{Kind: article.Embed, URL: "https://example.org/video?" + strings.Repeat("v", 90)},
		},
	}
}

// ragged is a table whose rows differ in length, with cells over rows and columns
// that reach further than the table.
func ragged(words string) article.Block {
	return article.Block{Kind: article.Table, Rows: [][]article.Cell{
		{{Text: words, Header: true, Colspan: 2}, {Text: "b", Header: true}},
		{{Text: "1", Header: true, Rowspan: 2}, {Text: "2"}},
		{{Text: "3", Rowspan: 9}, {Text: "4", Colspan: 3}},
		{},
		{{Text: "5 https://example.org/a"}},
		{{Text: ""}, {Text: "6"}},
	}}
}

// wide has more columns than a page can hold.
func wide() article.Block {
	row := slices.Repeat([]article.Cell{{Text: "1234567"}}, 40)
	return article.Block{Kind: article.Table, Rows: [][]article.Cell{row, row}}
}

// linesOf is a table that goes over pages, whose head is set again on each.
func linesOf(words string) article.Block {
	table := article.Block{Kind: article.Table, Rows: [][]article.Cell{{{Text: words, Header: true}, {Text: "b", Header: true}}}}
	for range 60 {
		table.Rows = append(table.Rows, []article.Cell{{Text: words}, {Text: strings.Repeat(words, 3)}})
	}
	return table
}

// profiles are all that a PDF can be.
var profiles = []typeset.Profile{
	typeset.ProfileA2a, typeset.ProfileA2u, typeset.ProfileUA, typeset.ProfileA3a, typeset.ProfilePlain,
}

// drawn draws a document of the corpus under a profile.
func drawn(t *testing.T, doc *typeset.Document, p typeset.Profile) []byte {
	t.Helper()
	doc.Profile, doc.Attached = p, nil
	if p == typeset.ProfileA3a {
		doc.Attached = []typeset.Attachment{{Name: "article.json", Type: "application/json", Description: "article", Data: []byte("{}")}}
	}
	file, err := pdf.File(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
