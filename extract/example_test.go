package extract_test

import (
	"context"
	"errors"
	"fmt"

	"offprint/extract"
)

const nightMarket = `<html><head><title>夜市里的电子秤 - 灯火周刊</title></head><body>
<h1>夜市里的电子秤</h1>
<p>作者：陆小满　发表时间：2025-07-21 22:05</p>
<div><p>　　晚上十点，沿江夜市的灯全亮了。卖海鲜的阿海把一条石斑放上秤，屏幕跳出斤两，旁边的小喇叭跟着报了一遍价钱。</p>
<p><img src="scale.jpg"></p><p>阿海的新秤。（图片来源：灯火周刊）</p>
<p>　　三年前，这里的三十个摊位还用杆秤。市场管理处换秤的理由很简单：一个月里的投诉，多半是为了斤两。</p></div>
<p>分享 打印 评论</p></body></html>`

func ExampleArticle() {
	a, err := extract.Article(context.Background(), extract.Page{URL: "https://lamp.example.hk/1", Body: []byte(nightMarket)}, extract.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Title, a.Authors[0].Name, a.Published.Time, a.Lang)
	for _, b := range a.Blocks {
		if b.Image != nil {
			fmt.Println(b.Kind, b.Image.URL, b.Image.Caption, b.Image.Credit)
		} else {
			fmt.Println(b.Kind, string([]rune(b.Text)[:8]))
		}
	}
	// Output:
	// 夜市里的电子秤 陆小满 2025-07-21T22:05:00+08:00 zh-Hans
	// paragraph 晚上十点，沿江夜
	// figure https://lamp.example.hk/scale.jpg 阿海的新秤。 灯火周刊
	// paragraph 三年前，这里的三
}

func ExampleNotArticleError() {
	_, err := extract.Article(context.Background(), extract.Page{Body: []byte("%PDF-1.7")}, extract.Options{})
	var no *extract.NotArticleError
	if errors.As(err, &no) {
		fmt.Println(no.Reason)
		fmt.Println(no.Hint())
	}
	// Output:
	// not-html
	// give the address or file of the article's HTML page
}

func ExampleParseRule() {
	rule, err := extract.ParseRule([]byte(`{
		"name": "lamp",
		"hosts": ["lamp.example"],
		"zone": "+08:00",
		"title": ["h1.head"],
		"published": ["time@datetime"],
		"body": ["#text"],
		"tests": []
	}`))
	fmt.Println(rule.Name, rule.Hosts, err)
	// Output: lamp [lamp.example] <nil>
}
