package render_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"offprint/article"
	"offprint/render"
	"offprint/typeset"
)

// author writes random articles and keeps, beside them, the text that a reader
// has to find on the pages, in its order.
type author struct {
	rng  *rand.Rand
	want strings.Builder
}

// text is up to so many words of Han with marks, Latin, numbers, and now and
// then a piece that no line can hold.
func (a *author) text(most int) string {
	var b strings.Builder
	for n := 1 + a.rng.IntN(most); n > 0; n-- {
		switch a.rng.IntN(14) {
		case 0:
			b.WriteString("HK$1,234.5萬")
		case 1:
			b.WriteString(" word ")
		case 2:
			b.WriteString("https://example.com/a/b.php?id=12&x=3")
		case 3:
			b.WriteString(strings.Repeat("X", a.rng.IntN(90)))
		case 4:
			b.WriteString("——“引文”（注）")
		default:
			b.WriteString(string([]rune("潮水退去以后码头上的人才开始算账")[a.rng.IntN(10):]))
			b.WriteString("，")
		}
	}
	if b.Len() == 0 {
		return "字"
	}
	return b.String()
}

// show notes text that has to be printed, and gives it.
func (a *author) show(s string) string {
	a.want.WriteString(s)
	return s
}

// long is a number that is small, but now and then large enough for a text
// higher than a page.
func (a *author) long(usual, rare int) int {
	if a.rng.IntN(12) == 0 {
		return rare
	}
	return usual
}

func (a *author) article() *article.Article {
	art := &article.Article{Schema: 1, Lang: []string{"zh-Hans", "zh-Hant-HK", "ja", "en"}[a.rng.IntN(4)], Site: article.Site{Name: a.text(4)}}
	art.Title = a.show(strings.TrimSpace(a.text(a.long(4, 60))))
	art.Subtitle = a.show(strings.TrimSpace(a.text(a.long(4, 60))))
	if a.rng.IntN(3) > 0 {
		name := a.show(a.text(2))
		art.Authors = []article.Author{{Name: name}}
		if a.rng.IntN(2) > 0 {
			a.show(map[string]string{"zh-Hans": "作者介绍", "zh-Hant-HK": "作者簡介", "ja": "筆者紹介", "en": "About the author"}[art.Lang])
			art.Authors[0].Bio = a.show(a.text(a.long(20, 400)))
		}
	}
	art.Blocks = a.blocks(1+a.rng.IntN(12), 0)
	if a.rng.IntN(2) > 0 {
		art.Disclaimer = []string{a.show(a.text(20))}
	}
	art.Canonical = "https://example.com/" + strings.Repeat("path/", a.rng.IntN(20))
	a.show(map[string]string{"zh-Hans": "原文", "zh-Hant-HK": "原文", "ja": "元記事", "en": "Original"}[art.Lang] + art.Canonical)
	return art
}

func (a *author) blocks(n, depth int) []article.Block {
	var list []article.Block
	for range n {
		list = append(list, a.block(depth))
	}
	return list
}

func (a *author) block(depth int) article.Block {
	switch k := a.rng.IntN(12); {
	case k == 0:
		return article.Block{Kind: article.Heading, Level: 2 + a.rng.IntN(4), Text: a.show(a.text(a.long(3, 40)))}
	case k == 1:
		return article.Block{Kind: article.Figure, Image: &article.Image{
			URL: "harbour.jpg", Caption: a.show(a.text(a.long(8, 300))), CreditLine: a.show("（图片：甲）"),
		}}
	case k == 2 && depth < 9:
		return a.list(depth)
	case k == 3 && depth < 9:
		return article.Block{Kind: article.Quote, Items: [][]article.Block{a.blocks(1+a.rng.IntN(3), depth+3)}}
	case k == 4 || k == 5:
		return a.table()
	case k == 6:
		return article.Block{Kind: article.Pre, Text: a.show(strings.ReplaceAll(a.text(a.long(20, 500)), "，", "\n  "))}
	case k == 7:
		return article.Block{Kind: article.Embed, Text: a.show(strings.TrimSpace(a.text(3))), URL: a.show("https://example.com/v/" + strings.Repeat("v", a.rng.IntN(120)))}
	case k == 8:
		return article.Block{Kind: article.Rule}
	}
	return article.Block{Kind: article.Paragraph, Text: a.show(a.text(a.long(20, 300)))}
}

func (a *author) list(depth int) article.Block {
	b := article.Block{Kind: article.List, Ordered: a.rng.IntN(2) > 0}
	for n := range a.long(3, 101) {
		mark := "•"
		if b.Ordered {
			mark = fmt.Sprint(n+1) + "."
		}
		item := []article.Block{{Kind: article.Paragraph, Text: a.show(mark + a.text(a.long(5, 60)))[len(mark):]}}
		if n < 2 && a.rng.IntN(2) == 0 {
			item = append(item, a.block(depth+1))
		}
		b.Items = append(b.Items, item)
	}
	return b
}

func (a *author) table() article.Block {
	b := article.Block{Kind: article.Table}
	columns := 1 + a.rng.IntN(a.long(5, 40))
	for y := range 1 + a.rng.IntN(a.long(5, 20)) {
		var row []article.Cell
		for range columns {
			row = append(row, article.Cell{
				Text: a.show(a.text(a.long(2, 100))), Header: y == 0 && columns%2 == 0,
				Colspan: max(0, a.rng.IntN(9)-6), Rowspan: max(0, a.rng.IntN(9)-6),
			})
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

func (a *author) options() render.Options {
	o := render.Options{
		Paper: []string{"A4", "A5", "B5", "Letter"}[a.rng.IntN(4)], Columns: 1 + a.rng.IntN(2),
		FontSize: fmt.Sprint(float64(16+a.rng.IntN(49)) / 2), Punctuation: render.PunctuationKeep,
	}
	return o
}

func TestNothingIsLostOrOffThePage(t *testing.T) {
	for seed := range uint64(80) {
		checkRandom(t, seed)
	}
}

// FuzzLayout tries articles that the test does not.
func FuzzLayout(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed)
	}
	f.Fuzz(checkRandom)
}

// checkRandom sets the article of a seed and asserts what holds for any: every
// character is printed once, in its order, and everything drawn lies within
// the paper's margins.
func checkRandom(t *testing.T, seed uint64) {
	t.Helper()
	a := &author{rng: rand.New(rand.NewPCG(seed, 7))}
	art := a.article()
	o := a.options()
	doc := layout(t, art, o)
	name := fmt.Sprintf("seed %d, %s %s pt, %d columns, %s", seed, o.Paper, o.FontSize, o.Columns, art.Lang)

	got, want := solid(printed(t, doc)), solid(a.want.String())
	if got != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Errorf("%s: %d bytes printed of %d; they differ at …%q, want …%q", name, len(got), len(want), around(got, at), around(want, at))
	}
	for _, w := range doc.Warnings {
		if w.Code == "page-overfull" {
			t.Errorf("%s: %s", name, w.Message)
		}
	}
	for p := range doc.Pages {
		for i := range doc.Pages[p].Items {
			if off := beyond(&doc.Pages[p], &doc.Pages[p].Items[i]); off != "" {
				t.Errorf("%s: page %d: %s", name, p+1, off)
			}
		}
	}
}

// printed joins what the pages show of the article, without what is set again,
// block by block and, in the rows of tables, cell by cell: the order of the
// blocks on the pages is checked, and a row that is parted over two pages is put
// together.
func printed(t *testing.T, doc *typeset.Document) string {
	t.Helper()
	cells := map[*typeset.Run]int{}
	for b := range doc.Blocks {
		for i, lines := range doc.Blocks[b].CellLines {
			for l := range lines {
				for r := range lines[l].Runs {
					cells[&lines[l].Runs[r]] = i
				}
			}
		}
	}
	parts := map[[2]int]string{}
	var order [][2]int
	for p, page := range doc.Pages {
		for _, item := range page.Items {
			if item.Kind != typeset.PlacedRun || item.Artifact || item.Block < 0 {
				continue
			}
			key := [2]int{item.Block, cells[item.Run]}
			if n := len(order); n > 0 && item.Block < order[n-1][0] {
				t.Errorf("page %d: block %d stands behind block %d", p+1, item.Block, order[n-1][0])
			}
			if _, known := parts[key]; !known {
				order = append(order, key)
			}
			parts[key] += item.Run.Text()
		}
	}
	slices.SortFunc(order, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	var b strings.Builder
	for _, key := range order {
		b.WriteString(parts[key])
	}
	return b.String()
}

// solid is text without white.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func around(s string, at int) string {
	return strings.ToValidUTF8(s[max(0, at-20):min(len(s), at+20)], "")
}

// beyond tells what of an item lies outside the side margins or the paper.
func beyond(page *typeset.Page, item *typeset.Placed) string {
	side := typeset.Millimetres(15)
	if page.Size.W > typeset.Millimetres(180) {
		side = typeset.Millimetres(20)
	}
	x0, y0, x1, y1 := item.At.X, item.At.Y, item.At.X+item.W, item.At.Y+item.H
	what := fmt.Sprintf("%s of block %d line %d", item.Role, item.Block, item.Line)
	if item.Kind == typeset.PlacedRun {
		y0, y1 = item.At.Y-item.Run.Size.Em(880), item.At.Y+item.Run.Size.Em(120)
		what += fmt.Sprintf(" %.40q", item.Run.Text())
	}
	const hair = typeset.Point / 4
	if x0 < side-hair || x1 > page.Size.W-side+hair || y0 < 0 || y1 > page.Size.H || item.Block >= 0 && (y0 < typeset.Millimetres(18) || y1 > page.Size.H-typeset.Millimetres(13)) {
		return fmt.Sprintf("%s stands at x %s to %s, y %s to %s of %s × %s", what, x0, x1, y0, y1, page.Size.W, page.Size.H)
	}
	return ""
}
