package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/article"
)

func TestExpandName(t *testing.T) {
	long := strings.Repeat("字", 60) // 180 bytes
	values := map[string]string{"date": "2025-07-21", "title": "题", "author": "林小满", "site": "南汀", "lang": "zh-Hans", "n": "7"}
	longTitle := map[string]string{"date": "2025-07-21", "title": long, "author": "林小满", "site": "南汀", "lang": "zh-Hans", "n": "7"}
	cases := []struct {
		name, template string
		values         map[string]string
		want           string
	}{
		{"plain", "a.pdf", values, "a.pdf"},
		{"all", "{date} {title} {author} {site} {lang} {n}.pdf", values, "2025-07-21 题 林小满 南汀 zh-Hans 7.pdf"},
		{"folders", "{lang}/{n}/{title}.pdf", values, "zh-Hans/7/题.pdf"},
		// 115 bytes are free: 11 for the date and space, 4 for .pdf, so 100: 33 characters.
		{"long title", "{date} {title}.pdf", longTitle, "2025-07-21 " + strings.Repeat("字", 33) + ".pdf"},
		{"end survives", "{title}-{n}.pdf", longTitle, strings.Repeat("字", 36) + "-7.pdf"},
		{"twice", "{title}{title}.pdf", longTitle, strings.Repeat("字", 36) + ".pdf"},
		{"folder's name too", "{title}/{n}.pdf", longTitle, strings.Repeat("字", 38) + "/7.pdf"},
	}
	for _, c := range cases {
		if got := expandName(c.template, c.values); got != c.want {
			t.Errorf("%s: %q (%d bytes), want %q", c.name, got, len(got), c.want)
		}
	}
}

func TestNameValues(t *testing.T) {
	art := &article.Article{
		Title:     "a/b",
		Lang:      "zh-Hans",
		Authors:   []article.Author{{Name: "甲"}, {Name: "乙"}},
		Published: &article.Stamp{Time: "2025-07-21T10:45:19+08:00"},
		Site:      article.Site{Host: "news.example"},
	}
	want := map[string]string{"date": "2025-07-21", "title": "a-b", "author": "甲、乙", "site": "news.example", "lang": "zh-Hans", "n": "3"}
	got := nameValues(art, 3)
	for name, value := range want {
		if got[name] != value {
			t.Errorf("{%s} = %q, want %q", name, got[name], value)
		}
	}
	for name, value := range nameValues(&article.Article{}, 1) {
		if value == "" {
			t.Errorf("{%s} of an empty article is empty", name)
		}
	}
}

func FuzzExpandName(f *testing.F) {
	f.Add("渡口的早班船", "林小满")
	f.Add("../../etc/passwd", "..")
	f.Add(strings.Repeat("é", 200), "con")
	f.Add("\u202e\u200d", "👩\u200d💻")
	f.Fuzz(func(t *testing.T, title, author string) {
		values := nameValues(&article.Article{Title: title, Authors: []article.Author{{Name: author}}}, 12)
		name := expandName("{title} {author}-{n}.pdf", values)
		switch {
		case len(numbered(name, maxNumber)) > maxName:
			t.Errorf("%q has %d bytes with its number", name, len(numbered(name, maxNumber)))
		case !utf8.ValidString(name):
			t.Errorf("%q is not UTF-8", name)
		case strings.ContainsAny(name, "/\\\x00\n{}"), strings.HasPrefix(name, "."), strings.HasPrefix(name, "-"):
			t.Errorf("%q is not a safe name", name)
		case !strings.HasSuffix(name, "-12.pdf"):
			t.Errorf("%q lost its end", name)
		}
	})
}
