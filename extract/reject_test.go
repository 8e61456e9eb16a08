package extract

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"offprint/extract/internal/dom"
)

// Every kind of page that is no article, and the reason that it gets.
func TestNotArticle(t *testing.T) {
	sentence := "码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。"
	links := strings.Repeat(`<li><a href="/n/1">滨海大道夜间封路三周，请绕行</a></li>`, 30)
	teasers := strings.Repeat(`<div><h3><a href="/n/1">滨海大道夜间封路三周</a></h3><p><a href="/n/1">从下周一起，滨海大道夜间封路，司机请绕行内环，为期三周。</a></p></div>`, 20)
	open := strings.Repeat(`<div><h3><a href="/n/1">滨海大道夜间封路三周</a></h3><p>从下周一起，滨海大道夜间封路，司机请绕行内环，为期三周，公交车照常。</p></div>`, 20)
	cases := []struct {
		name, contentType, body string
		want                    Reason
	}{
		{"empty", "", "", ReasonEmpty},
		{"white space", "", " \r\n\t ", ReasonEmpty},
		{"BOM alone", "", "\xef\xbb\xbf", ReasonEmpty},
		{"no body", "", "<html><head><title>x</title></head></html>", ReasonEmpty},
		{"frameset", "", "<html><frameset cols=20,80><frame src=a.html></frameset></html>", ReasonEmpty},
		{"written by a script", "", `<html><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript><script src="/a.js"></script></body></html>`, ReasonEmpty},
		{"furniture alone", "", `<html><body><div>分享 打印 电邮</div><div>版权所有</div></body></html>`, ReasonEmpty},
		{"PDF", "text/html", "%PDF-1.7\n%âãÏÓ\n1 0 obj", ReasonNotHTML},
		{"JPEG", "text/html", "\xff\xd8\xff\xe0\x00\x10JFIF\x00", ReasonNotHTML},
		{"zip", "", "PK\x03\x04\x14\x00", ReasonNotHTML},
		{"JSON", "application/json", `{"title":"<p>x</p>"}`, ReasonNotHTML},
		{"JSON array", "", ` [{"title":"x"}]`, ReasonNotHTML},
		{"plain text", "text/plain", "只是一段文字，没有任何标签。", ReasonNotHTML},
		{"RSS", "application/rss+xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>y</title></item></channel></rss>`, ReasonNotHTML},
		{"login", "", `<html><head><title>会员登录</title></head><body><form><input name=u><input type="password" name=p><button>登录</button></form><p>忘记密码？请联系客服。</p></body></html>`, ReasonLogin},
		{"login by title", "", `<html><head><title>請先登入 - 山城時報</title></head><body><p>正在轉到登入頁面，請稍候，如沒有反應請按此處。</p></body></html>`, ReasonLogin},
		{"paywall by its words", "", `<html><head><title>码头</title><meta property="og:type" content="article"></head><body><h1>码头的新邻居们</h1><p>` + sentence + `</p><div>订阅后阅读全文</div></body></html>`, ReasonPaywall},
		{"paywall by its data", "", `<html><head><title>码头</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"码头的新邻居们","isAccessibleForFree":false}</script></head><body><h1>码头的新邻居们</h1><p>` + sentence + `</p></body></html>`, ReasonPaywall},
		{"listing", "", `<html><head><title>新闻列表</title></head><body><h1>新闻</h1><ul>` + links + `</ul></body></html>`, ReasonListing},
		{"listing with teasers", "", `<html><head><title>首页</title></head><body>` + teasers + `</body></html>`, ReasonListing},
		{"listing with open teasers", "", `<html><head><title>首页</title></head><body>` + open + `</body></html>`, ReasonListing},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Article(t.Context(), Page{URL: "https://a.example/x", ContentType: c.contentType, Body: []byte(c.body)}, Options{})
			for _, from := range []string{"file:///home/reader/x.html", ""} { // a saved page, standard input: the same verdict
				_, other := Article(t.Context(), Page{URL: from, ContentType: c.contentType, Body: []byte(c.body)}, Options{})
				var no *NotArticleError
				if !errors.As(other, &no) || no.Reason != c.want {
					t.Errorf("from %q: error %v, want a NotArticleError (%s)", from, other, c.want)
				}
			}
			var no *NotArticleError
			if !errors.As(err, &no) {
				t.Fatalf("error %v, want a NotArticleError (%s)", err, c.want)
			}
			if no.Reason != c.want {
				t.Errorf("reason %s (%s), want %s", no.Reason, no.Detail, c.want)
			}
			if no.Hint() == "" || !strings.Contains(no.Error(), "a.example") || !strings.Contains(no.Error(), string(c.want)) {
				t.Errorf("message %q, hint %q", no.Error(), no.Hint())
			}
		})
	}
}

// What looks like one of those and is an article all the same.
func TestStillArticle(t *testing.T) {
	sentence := "码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。"
	long := ""
	for i := range 12 {
		long += fmt.Sprintf("<p>第%d段。%s</p>", i+1, sentence)
	}
	links := strings.Repeat(`<li><a href="/n/1">滨海大道夜间封路三周，请绕行</a></li>`, 60)
	cases := map[string]string{
		"login box beside an article":  `<form><input type="password"></form><h1>码头的新邻居</h1><div>` + long + `</div>`,
		"paywall word in an article":   `<h1>码头的新邻居</h1><div>` + long + `<p>订阅后阅读全文</p></div>`,
		"many links beside an article": `<h1>码头的新邻居</h1><div>` + long + `</div><ul>` + links + `</ul>`,
		"short news":                   `<h1>码头的新邻居</h1><div><p>` + sentence + `</p></div>`,
	}
	for name, body := range cases {
		t.Run(name, func(t *testing.T) {
			a, err := Article(t.Context(), Page{Body: []byte("<html><head><title>码头的新邻居</title></head><body>" + body + "</body></html>")}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if a.Title != "码头的新邻居" || len(a.Blocks) == 0 {
				t.Errorf("%q, %d blocks", a.Title, len(a.Blocks))
			}
		})
	}
}

func TestLimits(t *testing.T) {
	cases := map[string]struct{ body, what string }{
		"50 MB":               {strings.Repeat("<p>x</p>", 50<<20/8), "bytes"},
		"too many elements":   {"<html><body>" + strings.Repeat("<b>x</b>", 250_000), "elements"},
		"elements left open":  {"<html><body>" + openFonts(300) + strings.Repeat("<p>x", 20_000), "elements left open"},
		"too deep":            {"<html><body>" + strings.Repeat("<div>", 600) + "x", "levels of nesting"},
		"too deep in formats": {"<html><body>" + openFonts(600) + "x", "levels of nesting"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Article(t.Context(), Page{Body: []byte(c.body)}, Options{})
			var limit *dom.LimitError
			if !errors.As(err, &limit) {
				t.Fatalf("error %v, want a LimitError", err)
			}
			if limit.What != c.what || limit.Hint() == "" || !strings.Contains(limit.Error(), "too large") {
				t.Errorf("%v, want one about %s", limit, c.what)
			}
		})
	}
}

// openFonts are elements that the parser reopens in every later paragraph.
func openFonts(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("<font color=" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ">")
	}
	return b.String()
}
