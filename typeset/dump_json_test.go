package typeset

import (
	"io"
	"strings"
	"testing"
)

func TestDumpJSON(t *testing.T) {
	em := 10 * Point
	run := Run{Face: narrow{}, Size: em, Glyphs: []Glyph{{ID: 1, Text: "国"}, {ID: 2, Text: "<"}}}
	block := Block{
		Role: RoleBody, Source: Source{Field: "blocks", Index: 3}, Spans: []Span{{Text: "国<"}},
		Style: Style{Size: em, Leading: 18 * Point, Measure: 36 * em, Align: Justify, Lang: "zh-Hans"},
		Items: []Item{
			{Kind: BoxItem, Width: em, Start: 0, End: 3},
			{Kind: GlueItem, Stretch: em / 10, StretchRank: 3},
			{Kind: PenaltyItem, Cost: 0, Rule: "uax14", Start: 3, End: 3},
			{Kind: PenaltyItem, Cost: Forced, Rule: "block-end", Start: 4, End: 4},
		},
	}
	row := SetBlock{
		Block:     Block{Role: RoleTable, Source: block.Source, Cells: []Cell{{Block: Block{Style: Style{Size: 8 * Point}}}}},
		CellLines: [][]Line{{{Runs: []Run{run}, Natural: 16 * Point, Set: 16 * Point, Last: true, Break: "block-end"}}},
	}
	line := Line{Runs: []Run{run}, Natural: 12500 * Point / 1000, Set: em, Ratio: -500, HanGap: em / 20, Break: "uax14", First: true, Underfull: true}
	reading := func(text string, ruby *Ruby) Run {
		return Run{Face: narrow{}, Size: em / 2, Glyphs: []Glyph{{ID: 1, Text: text}}, Ruby: ruby, Part: RubyReading}
	}
	guo, cheng := new(Ruby), &Ruby{Reading: Span{Text: "b"}}
	line.Readings = []Run{reading("gu", guo), reading("ó", guo), reading("b", cheng)}
	page := Page{
		Size: PaperSize{W: 100 * Point, H: 200 * Point}, Folio: 1, Rows: 10, Used: 4, Break: "article-end",
		Items: []Placed{
			{Kind: PlacedRun, At: Position{X: em, Y: 2 * em}, W: 2 * em, Run: &run, Role: RoleBody, Source: block.Source},
			{Kind: PlacedRule, W: em, H: Point / 4, Role: RoleHead, Artifact: true},
		},
	}
	for _, c := range []struct {
		name string
		dump func(w io.Writer) error
		want string
	}{
		{
			"blocks", func(w io.Writer) error { return DumpBlocksJSON(w, []Block{block}) },
			`{"blocks":[{"role":"body","source":"blocks[3]","size":10,"leading":18,"measure":360,"align":"justify","lang":"zh-Hans","text":"国<","items":[` +
				`{"kind":"box","width":10,"text":"国"},{"kind":"glue","stretch":1,"stretch_rank":3},{"kind":"penalty","cost":0,"rule":"uax14"},` +
				`{"kind":"penalty","cost":"forced","rule":"block-end"}]}]}`,
		},
		{
			"lines", func(w io.Writer) error {
				return DumpLinesJSON(w, Galley{Blocks: []SetBlock{{Block: block, Lines: []Line{line}}, row}})
			},
			`{"lines":[{"source":"blocks[3]","role":"body","number":1,"text":"国<","size":10,"natural":12.5,"set":10,"ratio":-500,"han_gap":0.5,` +
				`"rule":"uax14","first":true,"underfull":true,"readings":["guó","b"]},` +
				`{"source":"blocks[3]","role":"table","part":"cell","cell":1,"number":1,"text":"国<","size":8,"natural":16,"set":16,"ratio":0,"rule":"block-end","last":true}]}`,
		},
		{
			"pages", func(w io.Writer) error { return DumpPagesJSON(w, &Document{Pages: []Page{page}}) },
			`{"pages":[{"folio":1,"width":100,"height":200,"rows":10,"used":4,"rule":"article-end","items":[` +
				`{"kind":"run","x":10,"y":20,"width":20,"role":"body","source":"blocks[3]","face":"Narrow","size":10,"text":"国<"},` +
				`{"kind":"rule","x":0,"y":0,"width":10,"height":0.25,"role":"running-head","source":"-","furniture":true}]}]}`,
		},
		{"no lines", func(w io.Writer) error { return DumpLinesJSON(w, Galley{}) }, `{"lines":[]}`},
	} {
		var got strings.Builder
		if err := c.dump(&got); err != nil || got.String() != c.want+"\n" {
			t.Errorf("%s: error %v, JSON\n%s\nwant\n%s", c.name, err, got.String(), c.want)
		}
	}
}
