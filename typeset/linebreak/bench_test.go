package linebreak

import (
	"strings"
	"testing"

	"offprint/internal/squareface"
	"offprint/typeset"
)

// sample is about 3,000 characters of mixed text in paragraphs of 150.
func sample() []typeset.Block {
	text := "本报讯（记者）2025年7月21日，一家研究机构发布了新的报告《字库〈白皮书〉》，" +
		"称全年投资达143亿美元，同比增长15.6%。“这是一个重要的里程碑”，它的负责人说，“但GPT-4o并不是终点。”" +
		"业内人士山姆·奥特曼则认为：数据中心的需求仍然旺盛——未来三年……至少还需要1GW的电力；详情尚待公布。"
	face := &squareface.Face{}
	var blocks []typeset.Block
	for n := 0; n < 3000; n += len([]rune(text)) {
		b := blockOf("zh-Hans", text, 36)
		b.Style.Align, b.Style.Indent = typeset.Justify, 2*em
		b.Spans[0].Chain = typeset.Chain{face}
		blocks = append(blocks, b)
	}
	return blocks
}

func BenchmarkArticle(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, block := range sample() {
			Set(b.Context(), block)
		}
	}
}

func BenchmarkPrepare(b *testing.B) {
	blocks := sample()
	b.ReportAllocs()
	for b.Loop() {
		for i := range blocks {
			Prepare(b.Context(), &blocks[i])
		}
	}
}

func BenchmarkBreak(b *testing.B) {
	blocks := sample()
	for i := range blocks {
		Prepare(b.Context(), &blocks[i])
	}
	b.Run("total-fit", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for i := range blocks {
				Break(b.Context(), &blocks[i])
			}
		}
	})
	b.Run("greedy", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for i := range blocks {
				BreakGreedy(&blocks[i])
			}
		}
	})
	long := blocks[0]
	long.Spans = []typeset.Span{long.Spans[0]}
	long.Spans[0].Text = strings.Repeat(long.Spans[0].Text, 20)
	Prepare(b.Context(), &long)
	b.Run("one-paragraph", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Break(b.Context(), &long)
		}
	})
}
