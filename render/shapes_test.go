package render_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"offprint/article"
	"offprint/fonts"
	"offprint/internal/countdown"
	"offprint/internal/squareface"
	"offprint/render"
	"offprint/typeset"
)

// countingFace counts the glyphs that are looked up.
type countingFace struct {
	squareface.Face
	asked atomic.Int64
}

func (f *countingFace) Glyph(r rune) (typeset.GlyphID, bool) {
	f.asked.Add(1)
	return f.Face.Glyph(r)
}

func (f *countingFace) library() *fonts.Library {
	face := func() typeset.Face { return f }
	return fonts.NewLibrary(fonts.Family{Name: "Square", Regular: face, Bold: face})
}

// shapes are articles of some n characters. Each was slow when it was large, or is
// like one that was.
var shapes = map[string]func(n int) *article.Article{
	"title of letters": func(n int) *article.Article { return titled(strings.Repeat("t", n)) },
	"title of Han":     func(n int) *article.Article { return titled(strings.Repeat("新", n)) },
	"title of words":   func(n int) *article.Article { return titled(strings.Repeat("word ", n/5)) },
	"title of marks":   func(n int) *article.Article { return titled("a" + strings.Repeat("\u0301", n)) },
	"site": func(n int) *article.Article {
		a := titled("新")
		a.Site.Name = strings.Repeat("s", n)
		a.Blocks = paragraphs(30, strings.Repeat("新", 200))
		return a
	},
	"section": func(n int) *article.Article {
		a := titled("新")
		a.Section = []string{strings.Repeat("s", n)}
		a.Blocks = paragraphs(30, strings.Repeat("新", 200))
		return a
	},
	"caption": func(n int) *article.Article {
		a := titled("新")
		a.Blocks = []article.Block{{Kind: article.Figure, Image: &article.Image{Caption: strings.Repeat("word ", n/5)}}}
		return a
	},
	"marks":      func(n int) *article.Article { return bodied("a" + strings.Repeat("\u0301", n)) },
	"brackets":   func(n int) *article.Article { return bodied("新" + strings.Repeat(")", n)) },
	"long word":  func(n int) *article.Article { return bodied(strings.Repeat("x", n)) },
	"paragraphs": func(n int) *article.Article { return withBlocks(paragraphs(n/50, strings.Repeat("word ", 10))) },
	"cells": func(n int) *article.Article {
		row := []article.Cell{{Text: "a"}, {Text: strings.Repeat("word ", n/5)}}
		return withBlocks([]article.Block{{Kind: article.Table, Rows: [][]article.Cell{row, row[:1]}}})
	},
	"rows": func(n int) *article.Article {
		var rows [][]article.Cell
		for range n / 10 {
			rows = append(rows, []article.Cell{{Text: "word"}, {Text: "words"}})
		}
		return withBlocks([]article.Block{{Kind: article.Table, Rows: rows}})
	},
	"columns": func(n int) *article.Article {
		return withBlocks([]article.Block{{Kind: article.Table, Rows: [][]article.Cell{make([]article.Cell, n/10)}}})
	},
	"inlines": func(n int) *article.Article {
		b := article.Block{Kind: article.Paragraph}
		for i := range n / 4 {
			b.Inlines = append(b.Inlines, article.Inline{Text: "字 a ", Bold: i%2 == 0, Ruby: "zi"})
			b.Text += "字 a "
		}
		return withBlocks([]article.Block{b})
	},
	"list": func(n int) *article.Article {
		b := article.Block{Kind: article.List, Ordered: true}
		for range n / 10 {
			b.Items = append(b.Items, paragraphs(1, "ten words."))
		}
		return withBlocks([]article.Block{b})
	},
	"nested quotes": func(n int) *article.Article {
		blocks := paragraphs(n/100, "words")
		for range 100 {
			blocks = []article.Block{{Kind: article.Quote, Items: [][]article.Block{blocks}}}
		}
		return withBlocks(blocks)
	},
}

func titled(title string) *article.Article {
	return &article.Article{Schema: article.Schema, Lang: "zh-Hans", Title: title, Blocks: paragraphs(2, "正文。")}
}

func bodied(text string) *article.Article { return withBlocks(paragraphs(1, text)) }

func withBlocks(blocks []article.Block) *article.Article {
	a := titled("新闻")
	a.Blocks = blocks
	return a
}

func paragraphs(n int, text string) []article.Block {
	blocks := make([]article.Block, n)
	for i := range blocks {
		blocks[i] = article.Block{Kind: article.Paragraph, Text: text}
	}
	return blocks
}

// mostGlyphs bounds the glyphs that are looked up for each character of an article:
// cells are measured twice and captions set twice; a running head is set once.
const mostGlyphs = 60

func glyphsOf(t *testing.T, a *article.Article) int {
	t.Helper()
	face := &countingFace{}
	in := render.Input{Article: a, Design: design(t), Fonts: face.library(), Options: render.Options{Paper: "A4"}}
	if _, err := render.Layout(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	return int(face.asked.Load())
}

func TestShapesAreLinear(t *testing.T) {
	const n = 4000
	for name, shape := range shapes {
		if got := glyphsOf(t, shape(n)); got > mostGlyphs*n {
			t.Errorf("%s: %d glyphs were looked up for %d characters", name, got, n)
		}
	}
}

func FuzzShapes(f *testing.F) {
	f.Add("t", uint16(2000), true)
	f.Add("新。", uint16(500), false)
	f.Add("a\u0301\u200b", uint16(900), true)
	f.Fuzz(func(t *testing.T, piece string, count uint16, title bool) {
		text := strings.ToValidUTF8(strings.Repeat(piece, min(int(count), 4000/max(1, len(piece)))), "")
		a := bodied("新" + text)
		if title {
			a = titled("新" + text)
		}
		n := 2000 + len([]rune(text)) // pages have furniture, and an article its own words
		if got := glyphsOf(t, a); got > mostGlyphs*n {
			t.Errorf("%.40q × %d: %d glyphs were looked up for %d characters", piece, count, got, n)
		}
	})
}

// Layout leaves off soon after ctx ends, wherever that is.
func TestLeavesOff(t *testing.T) {
	const n = 8000
	for _, name := range []string{"title of letters", "long word", "paragraphs", "rows", "cells", "list", "inlines"} {
		a := shapes[name](n)
		run := func(looks int) (ctx *countdown.Context, asked int, err error) {
			face := &countingFace{}
			ctx = countdown.New(t.Context(), looks)
			in := render.Input{Article: a, Design: design(t), Fonts: face.library(), Options: render.Options{Paper: "A4"}}
			_, err = render.Layout(ctx, in)
			return ctx, int(face.asked.Load()), err
		}
		whole, _, err := run(math.MaxInt)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if whole.Seen() < n/lookedAt {
			t.Errorf("%s: ctx was looked at %d times for %d characters", name, whole.Seen(), n)
		}
		for part := range 6 {
			looks := whole.Seen() * part / 6
			ctx, asked, err := run(looks)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s, %d looks: %v", name, looks, err)
			}
			if over := ctx.Over(); over > mostOver {
				t.Errorf("%s, %d of %d looks: %d more after the end", name, looks, whole.Seen(), over)
			}
			if part == 0 && asked > 5000 {
				t.Errorf("%s: %d glyphs were looked up though ctx had ended", name, asked)
			}
		}
	}
}

// A look at ctx stands for lookedAt characters at the most, in all; mostOver looks
// more are taken on the way out.
const (
	lookedAt = 1000
	mostOver = 60
)
