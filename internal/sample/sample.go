package sample

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"strings"

	"offprint/article"
)

// Square is a small picture as a data: URL.
func Square() string {
	img := image.NewGray(image.Rect(0, 0, 40, 40))
	img.Set(20, 20, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

// News is an article with a picture between two paragraphs.
func News() *article.Article {
	text := func(s string) article.Block {
		return article.Block{Kind: article.Paragraph, Text: s, Inlines: []article.Inline{{Text: s}}}
	}
	return &article.Article{
		Schema: article.Schema, Lang: "zh-Hans", Title: "渡口的早班船",
		Site:    article.Site{Name: "南汀日报"},
		Authors: []article.Author{{Name: "林小满", Bio: "记者。"}, {Name: "陈一"}},
		Published: &article.Stamp{
			Time: "2025-07-21T10:45:19+08:00", Precision: article.PrecisionSecond, Zone: article.ZoneAssumed,
		},
		Blocks: []article.Block{
			text(strings.Repeat("天还没有亮，南汀渡口已经有人在等船。", 6)),
			{Kind: article.Figure, Image: &article.Image{URL: Square(), Caption: "渡口"}},
			text("太阳这时候才从对岸的山后面出来。"),
		},
	}
}
