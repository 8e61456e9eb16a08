package render_test

import (
	"slices"
	"strings"
	"testing"

	"offprint/article"
	"offprint/render"
	"offprint/typeset"
)

func para(s string) article.Block { return article.Block{Kind: article.Paragraph, Text: s} }

// grid is a table with a row of heads and so many rows, all of one text.
func grid(heads []string, rows int, cells ...string) article.Block {
	b := article.Block{Kind: article.Table}
	var head []article.Cell
	for _, h := range heads {
		head = append(head, article.Cell{Text: h, Header: true})
	}
	b.Rows = append(b.Rows, head)
	for range rows {
		var row []article.Cell
		for _, text := range cells {
			row = append(row, article.Cell{Text: text})
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

func tableArticle(blocks ...article.Block) *article.Article {
	return &article.Article{Schema: 1, Lang: "zh-Hans", Title: "港口的账", Blocks: blocks}
}

// A row of 300 lines and more goes over pages: nothing runs off the paper, and
// its head stands over it on each.
func TestRowHigherThanThePage(t *testing.T) {
	long := strings.Repeat("潮水退去以后，码头上的人才开始算账。", 400)
	doc := layout(t, tableArticle(grid([]string{"月份", "记事"}, 1, "七月", long)), render.Options{})
	if len(doc.Warnings) > 0 {
		t.Errorf("unexpected warnings: %v", doc.Warnings)
	}
	heads := 0
	for p := range doc.Pages {
		for i := range doc.Pages[p].Items {
			item := &doc.Pages[p].Items[i]
			if off := beyond(&doc.Pages[p], item); off != "" {
				t.Errorf("page %d: %s", p+1, off)
			}
			if item.Kind == typeset.PlacedRun && item.Run.Text() == "记事" {
				if heads++; item.Artifact != (heads > 1) {
					t.Errorf("page %d: head %d is furniture: %v", p+1, heads, item.Artifact)
				}
			}
		}
	}
	if len(doc.Pages) < 4 || heads != len(doc.Pages) {
		t.Errorf("%d pages with %d heads, want one on each of at least 4", len(doc.Pages), heads)
	}
	if got, want := printed(t, doc), "港口的账月份记事七月"+long; got != want {
		t.Errorf("%d bytes printed of %d", len(got), len(want))
	}
}

// A short paragraph over a table names it and stands on its page, whatever the
// height of what is above; a sentence is no caption.
func TestCaptionStaysWithItsTable(t *testing.T) {
	table := grid([]string{"月份", "吞吐量"}, 6, "七月", "１２３吨")
	for lines := range 40 {
		a := tableArticle(para(strings.Repeat("潮水退去以后码头上的人才开始算账谁也没有", 2*lines)), para("表一　各港口吞吐量"), table)
		doc := layout(t, a, render.Options{})
		page := map[string]int{}
		rows := map[int]int{} // by page
		for p := range doc.Pages {
			for _, item := range doc.Pages[p].Items {
				if item.Kind == typeset.PlacedRun && !item.Artifact {
					page[item.Run.Text()] = p
					if item.Run.Text() == "七月" {
						rows[p]++
					}
				}
			}
		}
		at := page["表一　各港口吞吐量"]
		if page["吞吐量"] != at || rows[at] < 2 {
			t.Errorf("%d lines above: caption on page %d, head on %d, %d rows with the caption", lines, at+1, page["吞吐量"]+1, rows[at])
		}
	}
	for text, want := range map[string]bool{
		"各港口吞吐量（单位：吨）": true, "表2：各港口吞吐量。": true, "Table 3. Harbours.": true,
		"各港口吞吐量如下：": false, "以下是各港口。": false, strings.Repeat("长", 61): false, "他说：“就是这样。”": false,
	} {
		doc := layout(t, tableArticle(para(text), table), render.Options{})
		if got := doc.Blocks[1].Role == typeset.RoleTable; got != want {
			t.Errorf("%q is a caption: %v, want %v", text, got, want)
		}
	}
}

// Ten columns of three ems do not go into 19 ems at giant: the cells are set one
// below the other. Twelve narrow ones do go into 36.
func TestTooManyColumnsAreStacked(t *testing.T) {
	heads, cells := make([]string, 10), make([]string, 10)
	for i := range heads {
		heads[i], cells[i] = "吞吐量", "１２３吨整"
	}
	doc := layout(t, tableArticle(grid(heads, 2, cells...)), render.Options{FontSize: "giant"})
	if !slices.ContainsFunc(doc.Warnings, func(w typeset.Warning) bool { return w.Code == "table-stacked" }) {
		t.Errorf("got warnings %v, want table-stacked", doc.Warnings)
	}
	if got, want := printed(t, doc), "港口的账"+strings.Repeat("吞吐量", 10)+strings.Repeat("１２３吨整", 20); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	heads, cells = make([]string, 12), make([]string, 12)
	for i := range heads {
		heads[i], cells[i] = "月", "12"
	}
	doc = layout(t, tableArticle(grid(heads, 2, cells...)), render.Options{})
	if len(doc.Warnings) > 0 || len(doc.Blocks) != 4 {
		t.Errorf("twelve narrow columns: %d blocks, warnings %v", len(doc.Blocks), doc.Warnings)
	}
}

// The numbers of a long list need more room than the indent of two ems: 100. is
// 3 × ½ + ½ em wide and ½ em from its text, so that three ems hold it.
func TestListIndentHoldsItsNumbers(t *testing.T) {
	b := article.Block{Kind: article.List, Ordered: true}
	for range 100 {
		b.Items = append(b.Items, []article.Block{para("项目")})
	}
	doc := layout(t, tableArticle(b), render.Options{})
	last := doc.Blocks[len(doc.Blocks)-1]
	if got, want := last.Style.Left, 3*last.Style.Size; got != want {
		t.Errorf("items hang by %s pt, want %s", got, want)
	}
	// However deep a list lies, half of the measure is left to its items.
	for range 30 {
		b = article.Block{Kind: article.List, Items: [][]article.Block{{para("项目"), b}}}
	}
	doc = layout(t, tableArticle(b), render.Options{FontSize: "giant", Paper: "A5"})
	for _, block := range doc.Blocks {
		if block.Role == typeset.RoleListItem && block.Style.Measure < 6*block.Style.Size {
			t.Fatalf("a list item has %s pt of %s pt type", block.Style.Measure, block.Style.Size)
		}
	}
}

// The long text of a column gives way to the numbers beside it, which are never
// parted.
func TestNumbersInCellsStayWhole(t *testing.T) {
	long := "一九九八年至今的全部收入，连同补贴"
	table := grid([]string{"店", "现金", "其他", "说明"}, 2, "甲", "HK$3,260", "HK$12,940", long)
	doc := layout(t, tableArticle(table), render.Options{FontSize: "giant"})
	for _, b := range doc.Blocks[2:4] {
		for i, cell := range b.CellLines[:3] {
			if len(cell) != 1 {
				t.Errorf("cell %d has %d lines: %q", i+1, len(cell), cell[0].Text())
			}
		}
		if len(b.CellLines[3]) < 2 {
			t.Error("the long text has one line")
		}
	}
}

// 公司 stands beside two rows: the line between them is drawn beside it alone.
// 2025年 stands over two columns, in their middle.
func TestSpanningCells(t *testing.T) {
	head := func(s string, columns, rows int) article.Cell {
		return article.Cell{Text: s, Header: true, Colspan: columns, Rowspan: rows}
	}
	table := article.Block{Kind: article.Table, Rows: [][]article.Cell{
		{head("公司", 1, 2), head("2025年", 2, 1)},
		{head("营收", 1, 1), head("利润", 1, 1)},
		{{Text: "甲"}, {Text: "1,200"}, {Text: "-35"}},
	}}
	doc := layout(t, tableArticle(table), render.Options{})
	first, second := doc.Blocks[1], doc.Blocks[2]
	cell := first.Cells[0].Block.Style
	if want := []typeset.Gap{{From: 0, To: cell.Left + cell.Measure + cell.Size/2}}; !slices.Equal(first.Decor.Gaps, want) {
		t.Errorf("gaps %v, want %v", first.Decor.Gaps, want)
	}
	if len(second.Decor.Gaps) > 0 || !first.Head || !second.Head || first.Cells[1].Style.Align != typeset.Centre {
		t.Errorf("gaps %v, heads %v %v, align %q", second.Decor.Gaps, first.Head, second.Head, first.Cells[1].Style.Align)
	}
}
