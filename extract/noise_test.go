package extract

import (
	"strings"
	"testing"

	"offprint/article"
)

func TestIsFurniture(t *testing.T) {
	cases := map[string]bool{
		"分享 打印 电邮 字体 小 中 大":         true,
		"打印本文章":                     true,
		"评论 (23) | 点击率 2,318":       true,
		"Facebook WhatsApp 微博 复制链接": true,
		"分享到：微信 微博 QQ空间":            true,
		"我要评论":                      true,
		"返回潮汐笔记":                    true,
		"上一篇：旧仓库改成了图书馆":             true,
		"责任编辑：吴双":                   true,
		"廣告":                        true,
		"请关注微信公众号灯火周刊":              true,
		"シェア 印刷":                    true,
		"Share | Print | Email":     true,

		"Share this: Facebook X LinkedIn Email": true,
		"Sign up for our newsletter":            true,
		"最新財經資訊，請下載山城時報App":                     true,
		"海量资讯、精准解读，尽在潮声财经APP":                   true,
		"点赞、在看、转发，都是对我们的支持":                     true,
		"- END -":               true,
		"（全文完）":                 true, // decided: it says of the text that it ends, and the page shows that
		"（完）":                   true,
		"chulsoo@baram.example": true,

		"Share this information, please?": false,
		"The end of the pier":             false,
		"完全不同":                            false,
		"小镇印刷厂":                           false,
		"分享经济的下半场":                        false,
		"大小姐的收藏":                          false,
		"打印店老板说话算数。":                      false,
		"微信支付能走多远":                        false,
		"1,115":                           false,
		"2025":                            false,
		"A股":                              false,
		"Printing":                        false,
		"Line by line":                    false,
		"":                                false,
	}
	for text, want := range cases {
		b := article.Block{Kind: article.Paragraph, Text: text, Inlines: []article.Inline{{Text: text}}}
		if got := isFurniture(b); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestSectionMarkers(t *testing.T) {
	cases := map[string]bool{
		"相关文章": true, "相關新聞": true, "延伸閱讀": true, "热门文章": true, "更多文章：": true, "【推荐阅读】": true, "猜你喜欢": true,
		"関連記事": true, "관련기사": true, "Related articles": true, "Read more": true, "上一篇 旧仓库": true,
		"热门赛道的冷思考": false, "更多元的市场": false, "相关的问题还有三个": false, "最新一代电池": false, "More than a ferry": false,
	}
	for text, want := range cases {
		if got := sectionMarkers.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestDisclaimers(t *testing.T) {
	cases := map[string]bool{
		"《港湾财经》所刊的署名及/或不署名文章,相关内容属作者个人意见,并不代表《港湾财经》立场。": true,
		"＊《山城時報》所刊的署名及╱或不署名文章，相關內容屬作者個人意見。":             true,
		"（本文仅代表作者个人观点）":                                  true,
		"以上內容不構成任何投資建議。":                                 true,
		"投资有风险，入市需谨慎。":                                   true,
		"The views expressed here are the author's own.": true,

		"他代表居民发言，说立场没有变。": false,
		"这份免费午餐不简单。":      false,
		"投资者的观点各有不同。":     false,
	}
	for text, want := range cases {
		if got := isDisclaimer(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// 相關 heads a list of links; text that follows it is the article's.
func TestTextBehindRelated(t *testing.T) {
	const first = "<p>恆生指數今早低開一百二十點，其後跌幅一度擴大至二百點，午後有買盤入市，跌幅收窄。</p>"
	const rest = "<p>科技股領跌。</p><p>銀行股持平，地產股靠穩。</p>"
	want := []string{"恆生指數今早低開一百二十點，其後跌幅一度擴大至二百點，午後有買盤入市，跌幅收窄。", "科技股領跌。", "銀行股持平，地產股靠穩。"}
	cases := map[string]string{
		"a link":            first + `<p><a href="/rel">相關</a></p>` + rest,
		"a word":            first + `<p>相关</p>` + rest,
		"a heading":         first + `<h3>相關</h3>` + rest,
		"with its list":     first + `<p>相關</p><ul><li><a href="/1">港股早段跌逾百點</a></li></ul>` + rest,
		"before a headline": first + `<p>相關：<a href="/1">港股早段跌逾百點</a></p>` + rest,
		"behind the text":   first + rest + `<h4>相關新聞</h4><p>港股早段跌逾百點</p><p>地產股一週回顧</p>`,
	}
	for name, body := range cases {
		t.Run(name, func(t *testing.T) {
			for _, url := range []string{"https://a.example.hk/1", "file:///home/reader/1.html"} {
				a, err := Article(t.Context(), Page{URL: url, Body: []byte(`<html><head><title>港股午後跌幅收窄</title></head><body><h1>港股午後跌幅收窄</h1><div>` + body + `</div></body></html>`)}, Options{})
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, b := range a.Blocks {
					got = append(got, b.Text)
				}
				if strings.Join(got, "\n") != strings.Join(want, "\n") {
					t.Errorf("%s:\n%s\nwant\n%s", url, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		})
	}
}
