package render_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"offprint/article"
	"offprint/fonts"
	"offprint/internal/squareface"
	"offprint/render"
	"offprint/templates"
	"offprint/typeset"
)

func library() *fonts.Library {
	face := func() typeset.Face { return new(squareface.Face) }
	return fonts.NewLibrary(fonts.Family{Name: "Square", Langs: []string{"zh"}, Regular: face, Bold: face})
}

func design(t testing.TB) *templates.Design {
	t.Helper()
	d, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sample has one block of every kind.
func sample() *article.Article {
	para := func(s string) article.Block { return article.Block{Kind: article.Paragraph, Text: s} }
	long := strings.Repeat("潮水退去以后，码头上的人才开始算账，谁也没有先开口。", 9)
	return &article.Article{
		Schema: 1, Lang: "zh-Hans", Title: "潮水与账本", Subtitle: "一个港口的一年", Section: []string{"财经", "专栏"}, Column: "潮汐账本",
		Site:      article.Site{Name: "海岸线财经", Host: "www.coastline-daily.example"},
		Canonical: "https://www.coastline-daily.example/a/1",
		Authors:   []article.Author{{Name: "沈屿安", Bio: "专栏作者。\n常居港口。"}},
		Published: &article.Stamp{Time: "2025-07-21T10:45:19+08:00", Precision: article.PrecisionSecond, Zone: article.ZoneAssumed, Raw: "2025-07-21 10:45:19"},
		Blocks: []article.Block{
			para(long),
			{Kind: article.Heading, Level: 2, Text: "退潮"},
			{Kind: article.Paragraph, Text: "前文见附注1与链接。", Inlines: []article.Inline{
				{Text: "前文见"},
				{Text: "附注", Bold: true},
				{Text: "1", Sup: true},
				{Text: "与"},
				{Text: "链接", Href: "https://www.coastline-daily.example/b"},
				{Text: "。"},
			}},
			{Kind: article.Figure, Image: &article.Image{URL: "harbour.jpg", Caption: "清晨的港口。", Credit: "资料图片", CreditLine: "（图片来源：资料图片）"}},
			{Kind: article.List, Ordered: true, Items: [][]article.Block{{para("第一项")}, {para("第二项"), {Kind: article.List, Items: [][]article.Block{{para("内项")}}}}}},
			{Kind: article.Quote, Items: [][]article.Block{{para("水落石出。")}}},
			{Kind: article.Table, Rows: [][]article.Cell{{{Text: "月份", Header: true}, {Text: "吞吐量", Header: true}}, {{Text: "七月"}, {Text: "１２３吨"}}}},
			{Kind: article.Pre, Text: "a = 1\nb = 2"},
			{Kind: article.Rule},
			{Kind: article.Embed, Text: "视频", URL: "https://www.coastline-daily.example/v"},
			para(long),
		},
		Disclaimer: []string{"文责自负，与本报立场无关。"},
	}
}

func pictures() map[string]render.Picture {
	return map[string]render.Picture{"harbour.jpg": {Picture: &typeset.Picture{Encoding: typeset.JPEG, W: 900, H: 600, Orientation: 1}}}
}

func layout(t testing.TB, a *article.Article, o render.Options) *typeset.Document {
	t.Helper()
	logo := &typeset.Picture{Encoding: typeset.PNG, W: 600, H: 160, Orientation: 1}
	doc, err := render.Layout(t.Context(), render.Input{Article: a, Design: design(t), Fonts: library(), Options: o, Pictures: pictures(), Logo: logo})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// text joins what the pages show, furniture left out.
func text(doc *typeset.Document) string {
	var b strings.Builder
	for _, page := range doc.Pages {
		for _, item := range page.Items {
			if item.Kind == typeset.PlacedRun && !item.Artifact {
				b.WriteString(item.Run.Text())
			}
		}
	}
	return b.String()
}

// The numbers of a list are part of its text: they are printed as the page has
// them.
func TestListNumbers(t *testing.T) {
	items := [][]article.Block{{{Kind: article.Paragraph, Text: "甲"}}, {{Kind: article.Paragraph, Text: "乙"}}}
	cases := []struct {
		list article.Block
		want string
	}{
		{article.Block{Ordered: true}, "1.甲2.乙"},
		{article.Block{Ordered: true, Start: 3}, "3.甲4.乙"},
		{article.Block{Ordered: true, Start: 9, Reversed: true}, "9.甲8.乙"},
		{article.Block{Start: 3}, "•甲•乙"},
	}
	for _, c := range cases {
		a := sample()
		c.list.Kind, c.list.Items = article.List, items
		a.Blocks = []article.Block{c.list}
		if got := text(layout(t, a, render.Options{})); !strings.Contains(got, c.want) {
			t.Errorf("%q does not hold %q", got, c.want)
		}
	}
}

func TestEveryPartIsSetOnceAndInOrder(t *testing.T) {
	a := sample()
	doc := layout(t, a, render.Options{})
	if len(doc.Warnings) > 0 {
		t.Errorf("unexpected warnings: %v", doc.Warnings)
	}
	got, at := text(doc), 0
	for _, want := range []string{
		"财经 › 专栏 › 潮汐账本", "潮水与账本", "一个港口的一年", "沈屿安", "2025-07-21 10:45:19", "作者介绍", "专栏作者。", "常居港口。",
		a.Blocks[0].Text, "退潮", "前文见附注1与链接。", "清晨的港口。（图片来源：资料图片）", "1.", "第一项", "2.", "第二项", "•", "内项", "水落石出。",
		"月份", "吞吐量", "七月", "１２３吨", "a = 1", "b = 2", "视频", "https://www.coastline-daily.example/v", a.Blocks[10].Text,
		"文责自负，与本报立场无关。", "原文", "https://www.coastline-daily.example/a/1",
	} {
		next := strings.Index(got[at:], want)
		if next < 0 {
			t.Fatalf("%q is missing, or out of order, after %q", want, got[max(0, at-60):at])
		}
		at += next + len(want)
	}
}

// typography.md §5: what must hold at every font size.
func TestEverySize(t *testing.T) {
	a := sample()
	var logos []string
	pages, all := 0, ""
	for _, step := range []string{"small", "medium", "large", "x-large", "xx-large", "huge", "giant"} {
		doc := layout(t, a, render.Options{FontSize: step})
		st := doc.Blocks[slices.IndexFunc(doc.Blocks, func(b typeset.SetBlock) bool { return b.Role == typeset.RoleBody })].Style
		if st.Measure%st.Size != 0 || st.Measure > 40*st.Size {
			t.Errorf("%s: the measure is %s pt of %s pt, want a whole number of ems, 40 at the most", step, st.Measure, st.Size)
		}
		if ratio := st.Leading.Points() / st.Size.Points(); ratio < 1.65 || ratio > 1.80 {
			t.Errorf("%s: leading is %.3f times the size, want 1.65–1.80", step, ratio)
		}
		for _, item := range doc.Pages[0].Items {
			if item.Kind == typeset.PlacedImage && item.Role == typeset.RoleSection {
				logos = append(logos, fmt.Sprint(item.At, item.W, item.H))
			}
		}
		if len(doc.Pages) < pages {
			t.Errorf("%s: %d pages, fewer than the step before", step, len(doc.Pages))
		}
		pages = len(doc.Pages)
		if got := text(doc); all == "" {
			all = got
		} else if got != all {
			t.Errorf("%s: the text is not that of the other steps", step)
		}
	}
	if len(slices.Compact(logos)) != 1 {
		t.Errorf("the logo moves with the font size: %v", logos)
	}
}

func TestOtherSizesAndPapers(t *testing.T) {
	for _, c := range []struct {
		paper   string
		size    string
		columns int
		em      int // of the measure
		ragged  bool
	}{
		// (210 − 40) mm = 481.9 pt; min(36, ⌊481.9/13⌋ = 37)
		{"A4", "13", 1, 36, false},
		// (148 − 30) mm = 334.5 pt; ⌊334.5/10.5⌋
		{"A5", "10.5", 1, 31, false},
		// ⌊334.5/24⌋ = 13: under 16 em
		{"A5", "24", 1, 13, true},
		// (176 − 30) mm = 413.9 pt
		{"B5", "12", 1, 34, false},
		// (215.9 − 40) mm = 498.6 pt
		{"Letter", "10.5", 1, 36, false},
		// (481.9 − 2 × 10.5) / 2 = 230.4 pt
		{"A4", "10.5", 2, 21, false},
	} {
		doc := layout(t, sample(), render.Options{Paper: c.paper, FontSize: c.size, Columns: c.columns})
		st := doc.Blocks[slices.IndexFunc(doc.Blocks, func(b typeset.SetBlock) bool { return b.Role == typeset.RoleBody })].Style
		if got := int(st.Measure / st.Size); got != c.em {
			t.Errorf("%s at %s pt: measure %d em, want %d", c.paper, c.size, got, c.em)
		}
		warned := slices.ContainsFunc(doc.Warnings, func(w typeset.Warning) bool { return w.Code == "measure-narrow" })
		if ragged := st.Align == typeset.Left; ragged != c.ragged || warned != c.ragged {
			t.Errorf("%s at %s pt: ragged %v, warned %v, want %v", c.paper, c.size, ragged, warned, c.ragged)
		}
	}
}

func TestBadOptions(t *testing.T) {
	for _, c := range []struct {
		o    render.Options
		want string
	}{
		{render.Options{FontSize: "7"}, "points from 8 to 32"},
		{render.Options{FontSize: "33"}, "points from 8 to 32"},
		{render.Options{FontSize: "tiny"}, "small, medium, large, x-large, xx-large, huge, giant"},
		{render.Options{Paper: "A3"}, "A4, A5, B5, Letter"},
	} {
		_, err := render.Layout(t.Context(), render.Input{Article: sample(), Design: design(t), Fonts: library(), Options: c.o})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got error %v, want one with %q", c.o, err, c.want)
		}
	}
}

func TestFailedPictureLeavesCaptionBoxAndWarning(t *testing.T) {
	in := render.Input{
		Article: sample(), Design: design(t), Fonts: library(),
		Pictures: map[string]render.Picture{"harbour.jpg": {Err: fmt.Errorf("get harbour.jpg: status 404")}},
	}
	doc, err := render.Layout(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(doc); !strings.Contains(got, "清晨的港口。（图片来源：资料图片）") || !strings.Contains(got, "图片未能载入") {
		t.Error("the caption or the note in the box is missing")
	}
	if len(doc.Warnings) != 1 || doc.Warnings[0].Code != "picture-failed" || !strings.Contains(doc.Warnings[0].Message, "404") {
		t.Errorf("got warnings %v, want one picture-failed that says why", doc.Warnings)
	}
}

// A warning names the picture, it does not hold it.
func TestWarningLeavesDataOut(t *testing.T) {
	art := sample()
	within := "data:image/svg+xml;base64," + strings.Repeat("PHN2Zz4", 1000)
	for i := range art.Blocks {
		if art.Blocks[i].Image != nil {
			art.Blocks[i].Image.URL = within
		}
	}
	in := render.Input{
		Article: art, Design: design(t), Fonts: library(),
		Pictures: map[string]render.Picture{within: {Err: fmt.Errorf("an SVG drawing")}},
	}
	doc, err := render.Layout(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	const want = "picture data:image/svg+xml;base64,…: an SVG drawing"
	if len(doc.Warnings) != 1 || doc.Warnings[0].Message != want {
		t.Errorf("got warnings %.200v, want one: %s", doc.Warnings, want)
	}
}

func TestImagesNoneAndDrop(t *testing.T) {
	doc := layout(t, sample(), render.Options{Images: render.ImagesNone, Drop: []int{1, 99, -1}})
	got := text(doc)
	if strings.Contains(got, "退潮") {
		t.Error("the dropped heading is set")
	}
	if !strings.Contains(got, "清晨的港口。") {
		t.Error("the caption went with the picture")
	}
	for _, b := range doc.Blocks {
		if b.Role == typeset.RoleFigure {
			t.Error("a picture is set with images none")
		}
	}
}

func TestOutlineAndMetadata(t *testing.T) {
	doc := layout(t, sample(), render.Options{Producer: "offprint test"})
	if got := fmt.Sprint(len(doc.Outline), doc.Outline[0].Title, doc.Outline[0].Level, doc.Outline[1].Title, doc.Outline[1].Level); got != "2潮水与账本1退潮2" && got != "2 潮水与账本 1 退潮 2" {
		t.Errorf("outline %q", got)
	}
	if doc.Title != "潮水与账本" || doc.Lang != "zh-Hans" || doc.Created != "2025-07-21T10:45:19+08:00" || doc.Producer != "offprint test" || !slices.Equal(doc.Authors, []string{"沈屿安"}) {
		t.Errorf("metadata %+v", *doc)
	}
}

func TestSameInputSamePages(t *testing.T) {
	var dumps []string
	for range 3 {
		var b strings.Builder
		if err := typeset.DumpPages(&b, layout(t, sample(), render.Options{})); err != nil {
			t.Fatal(err)
		}
		dumps = append(dumps, b.String())
	}
	if dumps[0] != dumps[1] || dumps[1] != dumps[2] {
		t.Error("the same article was laid out in two ways")
	}
}
