package extract

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Pages made to be slow: what is under the limits must be read in time that
// grows with the page's size, not with its square. Each of them takes a second
// or less; the bound only tells a page that hangs from one that does not.
func TestWorstPages(t *testing.T) {
	if testing.Short() {
		t.Log("worst pages are left out of a short run")
		return
	}
	const bound = time.Minute
	sentence := "码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。"
	cases := map[string]string{
		"home links":    "<div>" + strings.Repeat(`<a href="/">首页</a>x`, 40_000) + "</div>",
		"times":         "<div>" + strings.Repeat(`<time datetime="2025-07-21">更新</time>`, 40_000) + "</div>",
		"authors":       strings.Repeat(`<div class="author">`, 400) + strings.Repeat("<p>"+sentence+"</p>", 2_000),
		"hinted boxes":  strings.Repeat(`<div class="share">`, 400) + strings.Repeat("<p>"+sentence+"</p>", 2_000),
		"nested tables": strings.Repeat("<table><tr><td>a</td><td>", 120) + strings.Repeat(sentence, 5_000),
		"nested lists":  strings.Repeat("<ul><li>", 200) + strings.Repeat("<p>"+sentence+"</p>", 2_000),
		"nested quotes": strings.Repeat("<blockquote>", 400) + strings.Repeat("<p>"+sentence+"</p>", 2_000),
		"nested dl":     strings.Repeat("<dl><dt><img src=a.jpg><dd>", 150) + strings.Repeat(sentence, 2_000),
		"one paragraph": "<p>" + strings.Repeat(sentence, 40_000) + "</p>",
		"no spaces":     "<p>" + strings.Repeat("x", 4<<20) + "</p>",
		"breaks":        "<p>" + strings.Repeat("码头<br>", 60_000) + "</p>",
		"inlines":       "<p>" + strings.Repeat("<b>码</b>头", 60_000) + "</p>",
		"pictures":      "<div>" + strings.Repeat(`<p><img src="a.jpg"></p><p>图</p>`, 20_000) + "</div>",
		"labels":        strings.Repeat("<h1>码头</h1><p>作者介绍</p><p>"+sentence+"</p>", 10_000),
		"noscript":      strings.Repeat("<noscript><img src=a.jpg></noscript>", 20_000),
		"table cells":   "<table>" + strings.Repeat("<tr><td>一</td><td>二</td></tr>", 20_000) + "</table>",
		"open brackets": "<p>" + strings.Repeat("（图片来源：", 50_000) + "</p>",
		"digits":        "<h1>码头</h1><p>" + strings.Repeat("2025-", 30) + "</p>" + strings.Repeat("<p>2025-07-2</p>", 20_000),
		"srcset":        `<img srcset="` + strings.Repeat("a.jpg 1w, ", 200_000) + `">`,
		"JSON-LD":       `<script type="application/ld+json">` + strings.Repeat("[", 500_000) + `</script>`,
	}
	for name, body := range cases {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Article(Page{URL: "https://a.example/x", Body: []byte("<html><head><meta charset=utf-8><title>码头 - 潮声网</title></head><body>" + body)}, Options{})
			var no *NotArticleError
			var limit *LimitError
			if err != nil && !errors.As(err, &no) && !errors.As(err, &limit) {
				t.Errorf("an error of no known kind: %v", err)
			}
			if spent := time.Since(start); spent > bound {
				t.Errorf("%s for %d KB", spent.Round(time.Millisecond), len(body)>>10)
			}
		})
	}
}
