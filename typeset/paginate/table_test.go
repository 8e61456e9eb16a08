package paginate

import (
	"fmt"
	"testing"

	"offprint/typeset"
)

// row is a table's row of two cells with so many lines, ten points each.
func row(table int, head bool, lines ...int) typeset.SetBlock {
	st := typeset.Style{Size: 6 * typeset.Point, Leading: 10 * typeset.Point, Widows: 2, Orphans: 2, KeepTogether: true, Measure: 200 * typeset.Point}
	if head {
		st.KeepWithNext = 2
	}
	b := typeset.SetBlock{Block: typeset.Block{Role: typeset.RoleTable, Style: st, Table: table, Head: head}}
	b.Decor.Below = typeset.Point / 4
	for i, n := range lines {
		cell := block(typeset.RoleTable, n, st)
		cell.Style.Left = typeset.Length(i) * 100 * typeset.Point
		b.Cells = append(b.Cells, typeset.Cell{Block: cell.Block, Header: head})
		b.CellLines = append(b.CellLines, cell.Lines)
	}
	return b
}

func tableCaption(table int) typeset.SetBlock {
	b := block(typeset.RoleTable, 1, typeset.Style{Size: 6 * typeset.Point, Leading: 10 * typeset.Point, KeepTogether: true, KeepWithNext: 2})
	b.Table = table
	return b
}

// cells writes where the lines of the table's cells stand: page, y, and h for a
// head that is set again; rules under rows as "--".
func cells(pages []typeset.Page) (out []string) {
	for p, page := range pages {
		s := fmt.Sprintf("%d:", p+1)
		for _, item := range page.Items {
			if item.Role != typeset.RoleTable {
				continue
			}
			mark := ""
			if item.Artifact {
				mark = "h"
			}
			switch item.Kind {
			case typeset.PlacedRun:
				// The baseline is (10 − 6)/2 + 5.28 = 7.28 pt under the top of its line.
				s += fmt.Sprintf(" %s%d.%d@%s", mark, item.Block, item.Line, item.At.Y-typeset.Points(7.28))
			case typeset.PlacedRule:
				s += " --"
			}
		}
		out = append(out, s)
	}
	return out
}

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks []typeset.SetBlock
		rows   int
		want   []string
	}{
		{
			// 7 + 2 lines leave one on a page of 10: a row of 4 goes to the next.
			"a row that a page holds stays whole",
			[]typeset.SetBlock{paragraph(7), row(1, false, 2), row(1, false, 4)},
			10,
			[]string{"1: 1.0@70 1.1@80 --", "2: 2.0@0 2.1@10 2.2@20 2.3@30 --"},
		},
		{
			// 13 lines on pages of 8 rows: 8 + 5; cell by cell, and the rule once, under the last line.
			"a row that no page holds is parted between lines",
			[]typeset.SetBlock{row(1, false, 13, 2)},
			8,
			[]string{
				"1: 0.0@0 0.1@10 0.2@20 0.3@30 0.4@40 0.5@50 0.6@60 0.7@70 0.0@0 0.1@10",
				"2: 0.8@0 0.9@10 0.10@20 0.11@30 0.12@40 --",
			},
		},
		{
			// 7 lines of text leave 3 rows of 10: 3 + 10 would leave one line for page 3, a widow, so 2 + 10 + 2.
			"with two lines on either side",
			[]typeset.SetBlock{paragraph(7), row(1, false, 14), paragraph(2)},
			10,
			[]string{
				"1: 1.0@70 1.1@80",
				"2: 1.2@0 1.3@10 1.4@20 1.5@30 1.6@40 1.7@50 1.8@60 1.9@70 1.10@80 1.11@90",
				"3: 1.12@0 1.13@10 --",
			},
		},
		{
			// Caption and head would fit under 6 lines of 8, but not two lines of the table with them.
			"caption and head keep two lines",
			[]typeset.SetBlock{paragraph(6), tableCaption(1), row(1, true, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1)},
			8,
			[]string{"1:", "2: 1.0@0 2.0@10 -- 3.0@20.25 -- 4.0@30.5 -- 5.0@40.75 --"},
		},
		{
			// Two tables side by side have their own heads: that of the first is not set over the second. The first
			// has 3 × 10 + 2 × ¼ = 30.5 pt, or 4 rows; half of the 9.5 pt that are left stand above it.
			"heads are those of their table",
			[]typeset.SetBlock{paragraph(4), row(1, true, 1), row(1, false, 1), row(1, false, 1), row(2, false, 2), row(2, false, 2), row(2, false, 2)},
			8,
			[]string{"1: 1.0@44.75 -- 2.0@55 -- 3.0@65.25 --", "2: 4.0@0 4.1@10 -- 5.0@20.25 5.1@30.25 -- 6.0@40.5 6.1@50.5 --"},
		},
		{
			// Rows of ¼ pt rule each on 8 rows: head, 6 rows (7 × 10.25 − ¼ = 71.5 pt); on page 2 the head again.
			"the head is set again",
			[]typeset.SetBlock{row(1, true, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1), row(1, false, 1)},
			8,
			[]string{
				"1: 0.0@0 -- 1.0@10.25 -- 2.0@20.5 -- 3.0@30.75 -- 4.0@41 -- 5.0@51.25 -- 6.0@61.5 --",
				"2: h0.0@0 -- 7.0@10.25 -- 8.0@20.5 -- 9.0@30.75 -- 10.0@41 --",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages, warnings, _ := Paginate(t.Context(), &typeset.Galley{Blocks: c.blocks}, testFrame(c.rows))
			if len(warnings) > 0 {
				t.Errorf("unexpected warnings: %v", warnings)
			}
			if got := cells(pages); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("pages\n got %q\nwant %q", got, c.want)
			}
		})
	}
}

// A caption so long that no page holds it with its picture keeps two lines there
// and goes on: nothing runs off the page.
func TestLongCaptionGoesOn(t *testing.T) {
	f := figure(60, 60)
	f[1] = block(typeset.RoleCaption, 9, typeset.Style{
		Size: 6 * typeset.Point, Leading: 10 * typeset.Point, KeepTogether: true, Widows: 2, Orphans: 2,
	})
	pages, warnings, _ := Paginate(t.Context(), &typeset.Galley{Blocks: f}, testFrame(10))
	// 6 rows of picture and 4 lines; 5 lines on page 2.
	want := []string{"image:60 caption 4 | page-full", "caption 5 | article-end"}
	if got := shape(pages); fmt.Sprint(got) != fmt.Sprint(want) || len(warnings) > 0 {
		t.Errorf("pages %q, warnings %v, want %q", got, warnings, want)
	}
}

// The columns of the last page are as equal as their blocks allow.
func TestLastPageIsBalanced(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks []typeset.SetBlock
		want   map[string]int // body lines by page and column
	}{
		// Pages of 2 × 10: 20 on the first, 9 + 8 of 17 on the last.
		{"lines", []typeset.SetBlock{paragraph(37)}, map[string]int{"1 x 0": 10, "1 x 100": 10, "2 x 0": 9, "2 x 100": 8}},
		// 3 lines can't be parted without an orphan or a widow.
		{"three lines", []typeset.SetBlock{paragraph(3)}, map[string]int{"1 x 0": 3}},
		// 6 | 7 lines and a heading of 2 rows: 6 + 2 + 7 = 15 rows; the heading can't stand last, so 6 | 2 + 7.
		{"heading", []typeset.SetBlock{paragraph(6), heading(), paragraph(7)}, map[string]int{"1 x 0": 6, "1 x 100": 7}},
	} {
		frame := testFrame(10)
		frame.Columns = []typeset.Length{0, 100 * typeset.Point}
		pages, _, _ := Paginate(t.Context(), &typeset.Galley{Blocks: c.blocks}, frame)
		count := map[string]int{}
		for p, page := range pages {
			for _, item := range page.Items {
				if item.Role == typeset.RoleBody {
					count[fmt.Sprintf("%d x %s", p+1, item.At.X)]++
				}
			}
		}
		if fmt.Sprint(count) != fmt.Sprint(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, count, c.want)
		}
	}
}

// A row that is parted has its white from a head that is set again over it:
// 2 pt here, under the head's 10 pt and its rule of ¼.
func TestPartedRowKeepsItsDistance(t *testing.T) {
	tall := row(1, false, 13)
	tall.Style.Before = 2 * typeset.Point
	pages, _, _ := Paginate(t.Context(), &typeset.Galley{Blocks: []typeset.SetBlock{row(1, true, 1), tall}}, testFrame(8))
	got := cells(pages)
	// 6 lines are the most on 8 rows: 10 + ¼ + 2 + 60 = 72.25 pt. 6 + 6 would leave a widow, so 5 + 6 + 2.
	want := []string{
		"1: 0.0@0 -- 1.0@12.25 1.1@22.25 1.2@32.25 1.3@42.25 1.4@52.25",
		"2: h0.0@0 -- 1.5@12.25 1.6@22.25 1.7@32.25 1.8@42.25 1.9@52.25 1.10@62.25",
		"3: h0.0@0 -- 1.11@12.25 1.12@22.25 --",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("pages\n got %q\nwant %q", got, want)
	}
}

// What goes across the columns keeps the white under it: 2 rows and 12 pt make 4
// rows, so that the columns begin at 40 pt.
func TestColumnsKeepTheWhiteAboveThem(t *testing.T) {
	frame := testFrame(12)
	frame.Columns = []typeset.Length{0, 100 * typeset.Point}
	head := block(typeset.RoleHeadline, 2, typeset.Style{Size: 8 * typeset.Point, Leading: 10 * typeset.Point, After: 12 * typeset.Point})
	head.Across = true
	pages, _, _ := Paginate(t.Context(), &typeset.Galley{Blocks: []typeset.SetBlock{head, paragraph(30)}}, frame)
	for _, item := range pages[0].Items {
		if item.Role == typeset.RoleBody && item.Line == 0 {
			if got, want := item.At.Y, typeset.Points(40+7.28); got != want {
				t.Errorf("the first line stands at %s, want %s", got, want)
			}
		}
	}
}

// The rule over the source goes over its QR code too.
func TestRuleAboveSpansTheColumn(t *testing.T) {
	source := block(typeset.RoleSource, 2, typeset.Style{
		Size: 6 * typeset.Point, Leading: 10 * typeset.Point, Before: 10 * typeset.Point,
		Left: 30 * typeset.Point, Measure: 70 * typeset.Point,
	})
	source.Decor.Above = typeset.Point / 4
	pages, _, _ := Paginate(t.Context(), &typeset.Galley{Blocks: []typeset.SetBlock{paragraph(2), source}}, testFrame(10))
	for _, item := range pages[0].Items {
		if item.Kind == typeset.PlacedRule && (item.At.X != 0 || item.W != 100*typeset.Point) {
			t.Errorf("the rule goes from %s over %s, want 0 over 100", item.At.X, item.W)
		}
	}
}

// The line under a row is left out where a cell goes on below it: from 50 to 80 of
// 200 pt.
func TestRuleLeavesGaps(t *testing.T) {
	r := row(1, false, 1)
	r.Decor.Gaps = []typeset.Gap{{From: 50 * typeset.Point, To: 80 * typeset.Point}}
	pages, _, _ := Paginate(t.Context(), &typeset.Galley{Blocks: []typeset.SetBlock{r}}, testFrame(10))
	var got []string
	for _, item := range pages[0].Items {
		if item.Kind == typeset.PlacedRule {
			got = append(got, fmt.Sprintf("%s+%s", item.At.X, item.W))
		}
	}
	if fmt.Sprint(got) != "[0+50 80+120]" {
		t.Errorf("got %v", got)
	}
}
