package article_test

import (
	"fmt"
	"os"

	"offprint/article"
)

func ExampleArticle_Dump() {
	a := article.Article{
		Schema: article.Schema,
		Lang:   "zh-Hans",
		Title:  "夜市里的电子秤",
		Blocks: []article.Block{
			{Kind: article.Heading, Level: 2, Text: "从杆秤到屏幕"},
			{Kind: article.Paragraph, Text: "三年前，这里还用杆秤。"},
		},
	}
	if err := a.Dump(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// lang         zh-Hans
	// title        夜市里的电子秤
	// blocks[0]    heading   2 从杆秤到屏幕
	// blocks[1]    paragraph 三年前，这里还用杆秤。
}

func ExampleImage_FullCaption() {
	image := article.Image{Caption: "阿海的新秤。", Credit: "陆小满", CreditLine: "（摄影：陆小满）"}
	fmt.Println(image.FullCaption())
	// Output: 阿海的新秤。（摄影：陆小满）
}
