package letter

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/article"
	"offprint/mailer"
)

// story makes an article of blocks that are written KIND LENGTH, LENGTH being
// the number of characters.
func story(t *testing.T, blocks ...string) *article.Article {
	t.Helper()
	art := &article.Article{}
	for _, b := range blocks {
		var kind string
		var length int
		if _, err := fmt.Sscan(b, &kind, &length); err != nil {
			t.Fatal(err)
		}
		text := strings.Repeat("一二三四五六七八九。", length/10+1)
		block := article.Block{Kind: article.Kind(kind), Text: string([]rune(text)[:length])}
		if block.Kind == article.Figure {
			block.Image = &article.Image{Caption: block.Text}
		}
		art.Blocks = append(art.Blocks, block)
	}
	return art
}

func TestOpening(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks []string
		want   string // KIND LENGTH of what is shown
		whole  bool
	}{
		{"short article", []string{"paragraph 100", "heading 5", "paragraph 50"}, "paragraph 100, heading 5, paragraph 50", true},
		{"pictures make it not the whole", []string{"paragraph 100", "figure 10"}, "paragraph 100", false},
		{"ends with a paragraph", []string{"paragraph 300", "paragraph 200", "paragraph 10"}, "paragraph 300, paragraph 200", false},
		{"ends with the article", []string{"paragraph 300", "paragraph 200"}, "paragraph 300, paragraph 200", true},
		{"a heading goes with its paragraph", []string{"paragraph 380", "heading 9", "paragraph 900"}, "paragraph 380, heading 9, paragraph 411", false},
		{"no heading stands last", []string{"paragraph 395", "heading 5", "paragraph 90"}, "paragraph 395", false},
		{"captions do not count", []string{"figure 600", "paragraph 390", "paragraph 20", "paragraph 30"}, "paragraph 390, paragraph 20", false},
		// 799 runes fit; the last sentence that is whole ends at 790, and … follows.
		{"a long paragraph is cut after a sentence", []string{"paragraph 2000"}, "paragraph 791", false},
		{"nothing", nil, "", true},
	} {
		blocks, whole := opening(story(t, c.blocks...), nil)
		var got []string
		for _, b := range blocks {
			got = append(got, fmt.Sprint(b.Kind, " ", utf8.RuneCountInString(b.Text)))
		}
		if strings.Join(got, ", ") != c.want || whole != c.whole {
			t.Errorf("%s: %s (whole: %v), want %s (%v)", c.name, strings.Join(got, ", "), whole, c.want, c.whole)
		}
	}
}

func TestWholeText(t *testing.T) {
	paragraph := func(s string) article.Block { return article.Block{Kind: article.Paragraph, Text: s} }
	art := &article.Article{
		Blocks: []article.Block{
			paragraph("一\n二"),
			paragraph("dropped"),
			{Kind: article.Heading, Text: "标题"},
			{Kind: article.Figure, Image: &article.Image{Caption: "渡口", Credit: "本报"}},
			{Kind: article.Figure},
			{Kind: article.List, Items: [][]article.Block{{paragraph("甲")}, {paragraph("乙"), {Kind: article.Heading, Text: "丙"}}}},
			{Kind: article.Quote, Items: [][]article.Block{{paragraph("引")}}},
			{Kind: article.Table, Rows: [][]article.Cell{{{Text: "年"}, {Text: "量"}}, {{Text: "2025"}, {Text: "12"}}}},
			{Kind: article.Rule},
			{Kind: article.Pre, Text: "a\x00b"},
			{Kind: article.Embed, Text: "录像", URL: "https://video.example/1"},
		},
		Disclaimer: []string{"声明"},
	}
	want := []mailer.Block{
		{Kind: mailer.Paragraph, Text: "一\n二"},
		{Kind: mailer.Heading, Text: "标题"},
		{Kind: mailer.Caption, Text: "渡口（本报）"},
		{Kind: mailer.Item, Text: "甲"},
		{Kind: mailer.Item, Text: "乙"},
		{Kind: mailer.Heading, Text: "丙"},
		{Kind: mailer.Quote, Text: "引"},
		{Kind: mailer.Item, Text: "年 | 量"},
		{Kind: mailer.Item, Text: "2025 | 12"},
		{Kind: mailer.Paragraph, Text: "a b"},
		{Kind: mailer.Caption, Text: "录像 https://video.example/1"},
		{Kind: mailer.Caption, Text: "声明"},
	}
	got := wholeText(art, []int{1})
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
