package letter_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"offprint"
	"offprint/article"
	"offprint/fonts/noto"
	"offprint/letter"
	"offprint/mailer"
)

// faces are the embedded ones.
var faces = noto.Library()

func ExampleCompose() {
	art := &article.Article{
		Lang:   "zh-Hans",
		Title:  "渡口的早班船",
		Blocks: []article.Block{{Kind: article.Paragraph, Text: "天还没有亮，南汀渡口已经有人在等船。"}},
	}
	from, err := mailer.ParseMailbox("南汀日报 <news@nanting.example>")
	if err != nil {
		fmt.Println(err)
		return
	}
	to, err := mailer.ParseAddress("reader@example.com")
	if err != nil {
		fmt.Println(err)
		return
	}
	message, err := letter.Compose(context.Background(), art, mailer.Recipient{Address: to, Name: "陈大文"},
		offprint.Options{Fonts: faces},
		letter.Options{From: from, Run: "2025-07-21", Sent: time.Date(2025, 7, 21, 11, 0, 0, 0, time.UTC)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(message.ID, message.From, message.To)
	fmt.Println(strings.Contains(string(message.Bytes), "Content-Type: application/pdf"))
	// Output:
	// 4db832c5593526ae4a2effe52a15a797@nanting.example news@nanting.example [reader@example.com]
	// true
}

const page = `<!DOCTYPE html>
<html lang="zh-Hans">
<title>渡口的早班船 - 南汀日报</title>
<article>
<h1>渡口的早班船</h1>
<p>作者：林小满　编辑：周望舒</p>
<p>发表时间：2025-07-21 10:45:19</p>
<p>天还没有亮，南汀渡口已经有人在等船。卖菜的、上学的、赶早市的，一个挨着一个站在栈桥上，谁也不说话，只听见水拍着木桩。</p>
<p>船老大姓郑，在这条水道上走了三十一年。他说从前一天要开四十班，桥通车以后，一天只剩下六班，可是这六班一班也不能少。</p>
<p>去年冬天，船的发动机坏过一次。修理厂开价12,800元，消息传出去两天，乘客们把钱凑齐了，郑师傅至今还留着那张写满名字的纸。</p>
</article>`

// Letters to many readers share a Mailing: two of these three share a PDF, too.
func ExampleMailing() {
	ctx := context.Background()
	print := offprint.Options{Fonts: faces, Fetch: offprint.FetchOptions{Stdin: strings.NewReader(page)}}
	source, err := offprint.Open(ctx, "-", print)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer source.Close()
	art, err := source.Parse(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	from, err := mailer.ParseMailbox("南汀日报 <news@nanting.example>")
	if err != nil {
		fmt.Println(err)
		return
	}
	mailing, err := letter.FromPage(ctx, source, art,
		letter.Options{From: from, Run: "2025-07-21", Sent: time.Date(2025, 7, 21, 11, 0, 0, 0, time.UTC)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, reader := range []struct{ address, fontSize string }{
		{"chen@example.com", ""}, {"lin@example.com", ""}, {"grandmother@example.com", "giant"},
	} {
		to, err := mailer.ParseAddress(reader.address)
		if err != nil {
			fmt.Println(err)
			return
		}
		message, err := mailing.Compose(ctx, mailer.Recipient{Address: to, FontSize: reader.fontSize})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(message.To, strings.Contains(string(message.Bytes), "Content-Type: application/pdf"))
	}
	// Output:
	// [chen@example.com] true
	// [lin@example.com] true
	// [grandmother@example.com] true
}
