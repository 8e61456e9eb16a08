package article

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// full has every field set, so that a field that JSON loses shows.
func full() *Article {
	text := func(s string) []Inline { return []Inline{{Text: s}} }
	return &Article{
		Schema: Schema, URL: "https://a.example/1", Canonical: "https://a.example/c", Lang: "zh-Hant-HK",
		Site:    Site{Name: "維城日報", Host: "a.example", Logo: "https://a.example/l.png"},
		Section: []string{"街角", "手記"}, Column: "街角手記", Title: "標題", Subtitle: "副題",
		Authors:   []Author{{Name: "梁秉中", Role: "記者", URL: "https://a.example/p", Bio: "寫鐘。\n修鐘。"}},
		Published: &Stamp{Time: "2025-07-21T10:45:19+08:00", Precision: PrecisionSecond, Zone: ZoneAssumed, Raw: "2025-07-21 10:45:19"},
		Modified:  &Stamp{Time: "2025-07-22T00:00:00+08:00", Precision: PrecisionDay, Zone: ZoneStated, Raw: "22日"},
		Source:    "通訊社",
		Blocks: []Block{
			{Kind: Paragraph, Text: "甲乙丙", Inlines: []Inline{
				{Text: "甲", Bold: true, Italic: true, Sup: true, Sub: true, Code: true},
				{Text: "乙", Href: "https://a.example/x"},
				{Text: "丙", Ruby: "bing"},
			}},
			{Kind: Heading, Level: 2, Text: "小題", Inlines: text("小題")},
			{Kind: Figure, Image: &Image{URL: "https://a.example/f.jpg", Alt: "鐘", Caption: "牆上。", Credit: "何伯", CreditLine: "（何伯攝）", Width: 900, Height: 600}},
			{Kind: List, Ordered: true, Start: 3, Reversed: true, Items: [][]Block{{{Kind: Paragraph, Text: "一", Inlines: text("一")}}, {{Kind: Paragraph, Text: "二", Inlines: text("二")}}}},
			{Kind: Quote, Items: [][]Block{{{Kind: Paragraph, Text: "引", Inlines: text("引")}}}},
			{Kind: Table, Rows: [][]Cell{{{Text: "頭", Header: true, Colspan: 2, Rowspan: 3}}, {{Text: "格"}}}},
			{Kind: Pre, Text: "a\n b", Inlines: text("a\n b")},
			{Kind: Rule},
			{Kind: Embed, URL: "https://v.example/1", Text: "短片"},
		},
		Disclaimer: []string{"不代表本報立場。"}, Tags: []string{"鐘"}, NextPages: []string{"https://a.example/1_2"},
		Warnings:   []Warning{{Code: "charset-guessed", Message: "猜", Where: "page"}},
		Provenance: ProvenanceMap{"title": {Source: "json-ld", Rule: "headline", Confidence: 0.5}},
	}
}

func TestJSONRoundTrip(t *testing.T) {
	want := full()
	mustFill(t, "Article", reflect.ValueOf(*want))
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Article
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&got, want) {
		t.Errorf("\n%+v\nwant\n%+v", got, *want)
	}
}

// mustFill fails when a field of the example is empty: a new field must be
// added to it, or the round trip would not look at it.
func mustFill(t *testing.T, name string, v reflect.Value) {
	t.Helper()
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if v.Field(i).IsZero() {
			t.Errorf("the example leaves %s.%s empty", name, field.Name)
		}
		if f := v.Field(i); f.Kind() == reflect.Struct {
			mustFill(t, name+"."+field.Name, f)
		}
	}
}

// The names are a contract with clients.
func TestJSONNames(t *testing.T) {
	data, err := json.Marshal(full())
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	want := strings.Fields("schema url canonical lang site section column title subtitle authors published modified source blocks disclaimer tags next_pages warnings provenance")
	for _, name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("no %q", name)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d names, want %d", len(got), len(want))
	}
}

func TestDump(t *testing.T) {
	var b strings.Builder
	if err := full().Dump(&b); err != nil {
		t.Fatal(err)
	}
	want := `url          https://a.example/1
canonical    https://a.example/c
lang         zh-Hant-HK
site         維城日報 a.example
logo         https://a.example/l.png
section      街角 › 手記
column       街角手記
title        標題
subtitle     副題
author       記者 梁秉中
  bio        寫鐘。 ¶ 修鐘。
published    2025-07-21T10:45:19+08:00 (second, zone assumed) "2025-07-21 10:45:19"
modified     2025-07-22T00:00:00+08:00 (day, zone stated) "22日"
source       通訊社
blocks[0]    paragraph 甲乙丙
blocks[1]    heading   2 小題
blocks[2]    figure    https://a.example/f.jpg | 牆上。（何伯攝）
blocks[3]    list      2 items, numbered 3 to 2
blocks[3].0.0 paragraph 一
blocks[3].1.0 paragraph 二
blocks[4]    quote     1 items
blocks[4].0.0 paragraph 引
blocks[5]    table     2 rows
blocks[5].0  頭
blocks[5].1  格
blocks[6]    pre       a ⏎  b
blocks[7]    rule      
blocks[8]    embed     短片 https://v.example/1
disclaimer   不代表本報立場。
tags         鐘
next page    https://a.example/1_2
warning      charset-guessed: 猜 page
`
	if b.String() != want {
		t.Errorf("\n%s\nwant\n%s", b.String(), want)
	}
}

func TestFullCaption(t *testing.T) {
	cases := []struct {
		image Image
		want  string
	}{
		{Image{Caption: "牆上。", Credit: "何伯", CreditLine: "(圖：何伯)"}, "牆上。(圖：何伯)"},
		{Image{Caption: "牆上。", Credit: "何伯"}, "牆上。（何伯）"},
		{Image{Caption: "牆上。"}, "牆上。"},
		{Image{Credit: "何伯"}, "（何伯）"},
		{Image{Caption: "The pier.", CreditLine: "Photo: Tom Reed"}, "The pier. Photo: Tom Reed"},
		{Image{Caption: "The pier.", CreditLine: "(AP)"}, "The pier. (AP)"},
		{Image{Caption: "시계들.", CreditLine: "사진=한여울 기자"}, "시계들. 사진=한여울 기자"},
		{Image{Caption: "用的是GPT", CreditLine: "（圖：何伯）"}, "用的是GPT（圖：何伯）"},
		{Image{}, ""},
	}
	for _, c := range cases {
		if got := c.image.FullCaption(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.image, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	two := [][]Block{{}, {}}
	cases := []struct {
		list Block
		want [2]int
	}{
		{Block{Items: two}, [2]int{1, 2}},
		{Block{Items: two, Start: 1}, [2]int{1, 2}},
		{Block{Items: two, Start: 3}, [2]int{3, 4}},
		{Block{Items: two, Start: -1}, [2]int{-1, 0}},
		{Block{Items: two, Reversed: true}, [2]int{2, 1}},
		{Block{Items: two, Reversed: true, Start: 10}, [2]int{10, 9}},
	}
	for _, c := range cases {
		if got := [2]int{c.list.Number(0), c.list.Number(1)}; got != c.want {
			t.Errorf("start %d, reversed %v: %v, want %v", c.list.Start, c.list.Reversed, got, c.want)
		}
	}
}

func TestHanScript(t *testing.T) {
	cases := map[string]string{
		"zh": "Hans", "zh-CN": "Hans", "zh-SG": "Hans", "zh-Hans": "Hans", "zh-Hans-HK": "Hans",
		"zh-HK": "Hant", "zh-TW": "Hant", "zh-MO": "Hant", "zh-Hant": "Hant", "zh-Hant-HK": "Hant", "yue-HK": "Hant",
		"ja": "", "ko": "", "en": "", "": "", "not a tag": "",
	}
	for lang, want := range cases {
		if got := HanScript(lang); got != want {
			t.Errorf("HanScript(%q) = %q, want %q", lang, got, want)
		}
	}
}
