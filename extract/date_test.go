package extract

import (
	"strings"
	"testing"
)

func TestDatesOfAPage(t *testing.T) {
	cases := []struct{ name, url, html, want, zone, warning string }{
		{
			"two agree against the first", "https://a.example.hk/2025/07/21/x.html",
			`<script type="application/ld+json">{"@type":"NewsArticle","headline":"測試頁的標題","datePublished":"2019-01-02T08:00:00+08:00"}</script>|2025-07-21 10:45`, "2025-07-21T10:45:00+08:00", "assumed", "date-conflict",
		},
		{
			"structured day, visible time", "https://a.example.hk/x",
			`<meta property="article:published_time" content="2025-07-21">|2025-07-21 10:45`, "2025-07-21T10:45:00+08:00", "assumed", "",
		},
		{
			"midnight stands for a day", "https://a.example.hk/x",
			`<meta property="article:published_time" content="2025-07-21T00:00:00+08:00">|2025-07-21 10:45`, "2025-07-21T10:45:00+08:00", "assumed", "",
		},
		{
			"local time written with a Z", "https://a.example.hk/x",
			`<meta property="article:published_time" content="2025-07-21T10:45:00Z">|2025-07-21 10:45`, "2025-07-21T10:45:00+08:00", "assumed", "",
		},
		{
			"true UTC is shown in the site's zone", "https://a.example.hk/x",
			`<meta property="article:published_time" content="2025-07-21T02:45:00Z">|2025-07-21 10:45`, "2025-07-21T10:45:00+08:00", "stated", "",
		},
		{
			"conflict without a majority", "https://a.example.hk/x",
			`<meta property="article:published_time" content="2025-07-19T10:45:00+08:00">|2025-07-21 10:45`, "2025-07-19T10:45:00+08:00", "stated", "date-conflict",
		},
		{"ambiguous and nothing else", "https://a.example.hk/x", `|03/04/2025 09:04`, "", "", "date-refused"},
		{"impossible and nothing else", "https://a.example.hk/x", `|2025-02-30 09:04`, "", "", "date-refused"},
		{"updated is not published", "https://a.example.hk/x", `|更新：2025-07-21 10:45`, "", "", ""},
		{"Taipei", "https://a.example.tw/x", `|2025-07-21 10:45`, "2025-07-21T10:45:00+08:00", "assumed", ""},
		{"Tokyo", "https://a.example.jp/x", `|2025-07-21 10:45`, "2025-07-21T10:45:00+09:00", "assumed", ""},
		{"Seoul", "https://a.example.kr/x", `|2025-07-21 10:45`, "2025-07-21T10:45:00+09:00", "assumed", ""},
	}
	const text = "<p>這一段是測試頁的正文，寫得夠長，好讓它被當成一段真正的文字來看待，而不是一行標籤或者按鈕。</p><p>第二段也是正文，同樣寫得夠長，令整頁看來像一篇文章，而不是一頁清單，也不是一個空白的頁面。</p>"
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			head, visible, _ := strings.Cut(c.html, "|")
			page := "<html><head><meta charset=utf-8><title>測試頁的標題</title>" + head + "</head><body><div><h1>測試頁的標題</h1><p>" + visible + "</p>" + text + "</div></body></html>"
			a, err := Article(t.Context(), Page{URL: c.url, Body: []byte(page)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			got, zone := "", ""
			if a.Published != nil {
				got, zone = a.Published.Time, string(a.Published.Zone)
			}
			if got != c.want || zone != c.zone {
				t.Errorf("%s %s, want %s %s", got, zone, c.want, c.zone)
			}
			warning := ""
			for _, w := range a.Warnings {
				warning = w.Code
			}
			if warning != c.warning {
				t.Errorf("warnings %+v, want %q", a.Warnings, c.warning)
			}
			if len(a.Blocks) != 2 {
				t.Errorf("%d blocks: %+v", len(a.Blocks), a.Blocks)
			}
		})
	}
}
