package article_test

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"offprint/article"
)

func whole() *article.Article {
	return &article.Article{
		Schema: article.Schema, URL: "https://news.example/a", Canonical: "https://news.example/b", Lang: "zh-Hant-HK",
		Site: article.Site{Name: "維港經濟", Host: "news.example", Logo: "https://news.example/logo.png"}, Section: []string{"理財", "管理"}, Column: "樓梯底算盤",
		Title: "一部𨋢", Subtitle: "幾錢", Authors: []article.Author{{Name: "黎頌衡", Role: "作者", URL: "https://news.example/l", Bio: "一\n二"}},
		Published: &article.Stamp{Time: "2025-08-04T08:30:05+08:00", Precision: article.PrecisionSecond, Zone: article.ZoneAssumed, Raw: "2025-08-04 08:30:05"},
		Source:    "本報",
		Blocks: []article.Block{
			{Kind: article.Paragraph, Text: "甲乙", Inlines: []article.Inline{{Text: "甲", Bold: true}, {Text: "乙", Href: "https://news.example/c", Ruby: "おつ"}}},
			{Kind: article.Heading, Level: 2, Text: "頭"},
			{Kind: article.Figure, Image: &article.Image{URL: "https://news.example/p.jpg", Alt: "𨋢", Caption: "門。", Credit: "讀者", CreditLine: "（圖片來源：讀者）", Width: 9, Height: 6}},
			{Kind: article.List, Ordered: true, Items: [][]article.Block{{{Kind: article.Paragraph, Text: "一"}}}},
			{Kind: article.Table, Rows: [][]article.Cell{{{Text: "月", Header: true, Colspan: 2}}}},
			{Kind: article.Embed, URL: "https://news.example/v", Text: "片"},
		},
		Disclaimer: []string{"文責自負"}, Tags: []string{"樓"}, NextPages: []string{"https://news.example/a?2"},
		Warnings:   []article.Warning{{Code: "c", Message: "m", Where: "title"}},
		Provenance: article.ProvenanceMap{"title": {Source: "json-ld", Confidence: 0.9}},
	}
}

func TestJSONRoundTrip(t *testing.T) {
	want := whole()
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got article.Article
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&got, want) {
		t.Errorf("came back as\n%+v\nwant\n%+v", got, *want)
	}
	for _, name := range []string{`"schema":1`, `"next_pages":`, `"precision":"second"`, `"zone":"assumed"`, `"caption":"門。"`, `"credit":"讀者"`} {
		if !strings.Contains(string(data), name) {
			t.Errorf("the JSON has no %s", name)
		}
	}
}

func TestFullCaption(t *testing.T) {
	for _, c := range []struct {
		image article.Image
		want  string
	}{
		{article.Image{Caption: "門。", Credit: "讀者", CreditLine: "（圖片來源：讀者）"}, "門。（圖片來源：讀者）"},
		{article.Image{Caption: "門。", Credit: "讀者"}, "門。（讀者）"},
		{article.Image{Caption: "門。"}, "門。"},
		{article.Image{CreditLine: "（資料圖片）"}, "（資料圖片）"},
	} {
		if got := c.image.FullCaption(); got != c.want {
			t.Errorf("FullCaption of %+v is %q, want %q", c.image, got, c.want)
		}
	}
}

func TestHanScript(t *testing.T) {
	for lang, want := range map[string]string{
		"zh": "Hans", "zh-Hans": "Hans", "zh-CN": "Hans", "zh-SG": "Hans", "zh-Hant": "Hant", "zh-HK": "Hant", "zh-TW": "Hant",
		"zh-Hant-HK": "Hant", "yue": "Hant", "ja": "", "en": "", "": "", "no such tag": "",
	} {
		if got := article.HanScript(lang); got != want {
			t.Errorf("HanScript(%q) = %q, want %q", lang, got, want)
		}
	}
}

func ExampleArticle_Dump() {
	a := &article.Article{
		Lang: "zh-Hans", Title: "潮水", Authors: []article.Author{{Name: "沈屿安", Bio: "专栏作者。"}},
		Blocks: []article.Block{{Kind: article.Paragraph, Text: "潮水退去。"}, {Kind: article.Heading, Level: 2, Text: "岸"}},
	}
	if err := a.Dump(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// lang         zh-Hans
	// title        潮水
	// author       沈屿安
	//   bio        专栏作者。
	// blocks[0]    paragraph 潮水退去。
	// blocks[1]    heading   2 岸
}
