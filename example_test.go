package offprint_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"offprint"
	"offprint/article"
	"offprint/fonts/noto"
)

// faces are the embedded ones, some 35 MB. A program may bring others: see fonts.NewLibrary.
var faces = noto.Library()

const page = `<!DOCTYPE html>
<html lang="zh-Hans">
<title>渡口的早班船 - 南汀日报</title>
<article>
<h1>渡口的早班船</h1>
<p>作者：林小满</p>
<p>发表时间：2025-07-21 10:45:19</p>
<p>天还没有亮，南汀渡口已经有人在等船。卖菜的、上学的、赶早市的，一个挨着一个站在栈桥上，谁也不说话，只听见水拍着木桩。</p>
<p>船老大姓郑，在这条水道上走了三十一年。他说从前一天要开四十班，桥通车以后，一天只剩下六班，可是这六班一班也不能少。</p>
<p>去年冬天，船的发动机坏过一次。修理厂开价12,800元，消息传出去两天，乘客们把钱凑齐了，郑师傅至今还留着那张写满名字的纸。</p>
</article>`

func ExamplePrint() {
	o := offprint.Options{Fonts: faces}
	o.FontSize = "large"
	o.Fetch.Stdin = strings.NewReader(page)

	var pdf bytes.Buffer
	doc, err := offprint.Print(context.Background(), "-", &pdf, o) // or an address, or a file
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Article.Title, doc.Pages(), string(pdf.Bytes()[:8]))
	// Output: 渡口的早班船 1 %PDF-1.7
}

// A program that holds the page's HTML hands it over with the page's address, from
// which the addresses of its pictures start.
func ExampleOpenHTML() {
	ctx := context.Background()
	html := strings.NewReader(page)
	opened, err := offprint.OpenHTML(ctx, html, "https://nanting.example/news/1.html", offprint.Options{Fonts: faces})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer opened.Close()
	art, err := opened.Parse(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := opened.Layout(ctx, art)
	if err != nil {
		fmt.Println(err)
		return
	}
	var pdf bytes.Buffer
	if err := doc.PDF(context.Background(), &pdf); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(art.URL, doc.Pages(), string(pdf.Bytes()[:8]))
	// Output: https://nanting.example/news/1.html 1 %PDF-1.7
}

// Errors tell by their type whose they are, and by their kind what happened.
func ExampleFetchError() {
	_, err := offprint.Open(context.Background(), "no-such-page.html", offprint.Options{})
	var fetch *offprint.FetchError
	if errors.As(err, &fetch) && fetch.Kind == offprint.FetchMissing {
		fmt.Println("there is no", fetch.Source)
	}
	fmt.Println(errors.Is(err, os.ErrNotExist))
	// Output:
	// there is no no-such-page.html
	// true
}

func ExampleParse() {
	o := offprint.Options{Fetch: offprint.FetchOptions{Stdin: strings.NewReader(page)}}
	art, err := offprint.Parse(context.Background(), "-", o)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(art.Title)
	fmt.Println(art.Authors[0].Name, art.Published.Raw)
	fmt.Println(len(art.Blocks), art.Blocks[0].Kind)
	// Output:
	// 渡口的早班船
	// 林小满 2025-07-21 10:45:19
	// 3 paragraph
}

func ExampleParse_notAnArticle() {
	o := offprint.Options{Fetch: offprint.FetchOptions{Stdin: strings.NewReader("{}")}}
	_, err := offprint.Parse(context.Background(), "-", o)
	var notArticle *offprint.NotArticleError
	if errors.As(err, &notArticle) {
		fmt.Println(notArticle.Reason)
		fmt.Println(notArticle.Hint())
	}
	// Output:
	// not-html
	// give the address or file of the article's HTML page
}

func ExampleLayout() {
	art := &article.Article{
		Lang:   "zh-Hans",
		Title:  "渡口的早班船",
		Blocks: []article.Block{{Kind: article.Paragraph, Text: "天还没有亮，南汀渡口已经有人在等船。"}},
	}
	doc, err := offprint.Layout(context.Background(), art, offprint.Options{Fonts: faces})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := doc.Dump(os.Stdout, offprint.StageLines); err != nil {
		fmt.Println(err)
	}
	// Output:
	// title          headline       1  natural 6.000em 132pt  set 6.000em 132pt  ratio    0  gap   0  block-end      FL--  渡口的早班船
	// blocks[0]      body           1  natural 19.500em 204.75pt  set 19.500em 204.75pt  ratio    0  gap   0  block-end      FL--  天还没有亮，南汀渡口已经有人在等船。
}

func ExamplePrintOptions_Validate() {
	o := offprint.PrintOptions{Paper: "A3"}
	err := o.Validate()
	fmt.Println(err)
	var option *offprint.OptionError
	if errors.As(err, &option) {
		fmt.Println(option.Hint())
	}
	// Output:
	// option paper cannot be "A3"
	// paper: A4, A5, B5 or Letter
}
