package article_test

import (
	"fmt"
	"slices"
	"testing"

	"offprint/article"
)

func TestWritersAndOthers(t *testing.T) {
	for _, c := range []struct {
		name            string
		authors         []article.Author
		writers, others string
	}{
		{"none", nil, "[]", "[]"},
		{"without a role", []article.Author{{Name: "沈屿安"}}, "[沈屿安]", "[]"},
		{"two writers", []article.Author{{Name: "谢长安", Role: "记者"}, {Name: "杜若", Role: "实习记者"}}, "[谢长安 杜若]", "[]"},
		{"an editor", []article.Author{{Name: "林小满", Role: "作者"}, {Name: "周望舒", Role: "编辑"}}, "[林小满]", "[编辑 周望舒]"},
		{"responsible editors", []article.Author{{Name: "甲", Role: "责任编辑"}, {Name: "乙", Role: "責編"}}, "[]", "[责任编辑 甲 責編 乙]"},
		{"a translator first", []article.Author{{Name: "白露", Role: "翻译"}, {Name: "A. Lin"}}, "[A. Lin]", "[翻译 白露]"},
		{"English roles", []article.Author{{Name: "A", Role: "By"}, {Name: "B", Role: "Edited by"}, {Name: "C", Role: "Editor"}}, "[A]", "[Edited by B Editor C]"},
		{"a role without a name", []article.Author{{Role: "编辑"}, {Role: "作者"}}, "[]", "[]"},
	} {
		art := &article.Article{Authors: slices.Clone(c.authors)}
		var credits []string
		for _, other := range art.Others() {
			credits = append(credits, other.Credit())
		}
		if got := fmt.Sprint(art.Writers()); got != c.writers {
			t.Errorf("%s: writers %s, want %s", c.name, got, c.writers)
		}
		if got := fmt.Sprint(credits); got != c.others {
			t.Errorf("%s: others %s, want %s", c.name, got, c.others)
		}
		if !slices.Equal(art.Authors, c.authors) {
			t.Errorf("%s: the article was changed: %v", c.name, art.Authors)
		}
	}
}

func TestCredits(t *testing.T) {
	by := func(source string, authors ...article.Author) *article.Article {
		return &article.Article{Authors: authors, Source: source}
	}
	writer, editor := article.Author{Name: "程潜"}, article.Author{Name: "周望舒", Role: "编辑"}
	for _, c := range []struct {
		name string
		art  *article.Article
		want string
	}{
		{"nobody", by(""), "[]"},
		{"a writer", by("", writer), "[程潜]"},
		{"a paper alone", by("海岸新报"), "[海岸新报]"},
		{"the paper stands behind all people", by("海岸新报", editor, writer), "[程潜 编辑 周望舒 海岸新报]"},
		{"a paper that wrote it is named once", by("程潜", writer), "[程潜]"},
		{"two writers are one part", by("", writer, article.Author{Name: "杜若"}), "[程潜、杜若]"},
	} {
		if got := fmt.Sprint(c.art.Credits("、")); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTrail(t *testing.T) {
	for _, c := range []struct {
		section []string
		column  string
		want    string
	}{
		{nil, "", "[]"},
		{[]string{"理财", "管理"}, "", "[理财 管理]"},
		{[]string{"理财", "管理"}, "智城物语", "[理财 管理 智城物语]"},
		{[]string{"理财", "智城物语"}, "智城物语", "[理财 智城物语]"},
		{nil, "智城物语", "[智城物语]"},
	} {
		art := &article.Article{Section: slices.Clip(c.section), Column: c.column}
		if got := fmt.Sprint(art.Trail()); got != c.want {
			t.Errorf("section %v, column %q: %s, want %s", c.section, c.column, got, c.want)
		}
	}
}

func TestAddressAndHost(t *testing.T) {
	for _, c := range []struct {
		art           article.Article
		address, host string
	}{
		{article.Article{}, "", ""},
		{article.Article{URL: "https://m.news.example/a"}, "https://m.news.example/a", "m.news.example"},
		{article.Article{URL: "https://m.news.example/a", Canonical: "https://news.example/a"}, "https://news.example/a", "news.example"},
		{article.Article{URL: "https://news.example/a", Canonical: "javascript:alert(1)"}, "https://news.example/a", "news.example"},
		{article.Article{Canonical: "/a"}, "", ""},
		{article.Article{URL: "file:///tmp/a.html"}, "", ""},
		{article.Article{URL: "http://[::1"}, "", ""},
		{article.Article{URL: "https://news.example/a", Site: article.Site{Host: "www.news.example"}}, "https://news.example/a", "www.news.example"},
	} {
		if got := c.art.Address(); got != c.address {
			t.Errorf("%+v: address %q, want %q", c.art, got, c.address)
		}
		if got := c.art.Host(); got != c.host {
			t.Errorf("%+v: host %q, want %q", c.art, got, c.host)
		}
	}
}

func TestDateline(t *testing.T) {
	const noon = "2025-07-21T12:05:09+08:00"
	for _, c := range []struct {
		stamp *article.Stamp
		want  string
	}{
		{nil, ""},
		{&article.Stamp{Time: noon, Precision: article.PrecisionDay}, "2025-07-21"},
		{&article.Stamp{Time: noon, Precision: article.PrecisionSecond}, "2025-07-21 12:05"},
		{&article.Stamp{Time: noon, Precision: article.PrecisionSecond, Raw: " 2025年7月21日 12:05 "}, "2025年7月21日 12:05"},
		{&article.Stamp{Time: noon, Precision: article.PrecisionMinute, Raw: "Mon, 21 Jul 2025"}, "2025-07-21 12:05"},
		{&article.Stamp{Time: "2025-07-21"}, "2025-07-21"},
	} {
		if got := c.stamp.Dateline(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.stamp, got, c.want)
		}
	}
}
