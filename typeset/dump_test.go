package typeset

import (
	"strings"
	"testing"
)

// narrow is a face that nothing but its name is asked of.
type narrow struct{ Face }

func (narrow) Name() string { return "Narrow" }

func TestDumpBlocks(t *testing.T) {
	em := 10 * Point
	block := Block{
		Role:   RoleBody,
		Source: Source{Field: "blocks", Index: 3},
		Style:  Style{Size: em, Leading: 18 * Point, Measure: 36 * em, Indent: 2 * em, Align: Justify, Lang: "zh-Hans"},
		Spans:  []Span{{Text: "国（"}},
		Items: []Item{
			{Kind: BoxItem, Width: em, Start: 0, End: 3},
			{Kind: GlueItem, Stretch: em / 10, StretchRank: 3},
			{Kind: PenaltyItem, Cost: 0, Rule: "uax14", Start: 3, End: 3},
			{Kind: GlueItem, Width: em / 2, Shrink: em / 2, ShrinkRank: 2},
			{Kind: BoxItem, Width: em / 2, Shift: -em / 2, Start: 3, End: 6},
			{Kind: PenaltyItem, Cost: Forbidden, Rule: "kinsoku-end", Start: 6, End: 6},
			{Kind: PenaltyItem, Cost: Forced, Rule: "block-end", Start: 6, End: 6},
		},
	}
	want := `block body blocks[3]  size 10  leading 18  measure 360  indent 20  left 0  justify zh-Hans strict
  box       1000  国
  glue         0 +100/3 -0/0
  penalty 0 uax14
  glue       500 +0/0 -500/2
  box        500 shift -500  （
  penalty forbidden kinsoku-end
  penalty forced block-end
`
	var got strings.Builder
	if err := DumpBlocks(&got, []Block{block}); err != nil || got.String() != want {
		t.Errorf("error %v, dump\n%s\nwant\n%s", err, got.String(), want)
	}
}

func TestDumpLines(t *testing.T) {
	em := 10 * Point
	glyphs := []Glyph{{ID: 1, Text: "国"}, {ID: 2, Text: " "}}
	set := SetBlock{
		Block: Block{Role: RoleBody, Source: Source{Field: "title"}, Style: Style{Size: em}},
		Lines: []Line{{
			Runs:    []Run{{Face: narrow{}, Glyphs: glyphs}},
			Natural: 1250 * em / 1000, Set: em, Ratio: -500, HanGap: em / 20, Break: "uax14", First: true, Underfull: true,
		}},
		MarkerLines: []Line{{Natural: -em / 2, Last: true}},
	}
	want := []string{
		"title          body         marker  1  natural -0.500em -5pt  set 0.000em 0pt  ratio    0  gap   0                 -L--  ",
		"title          body           1  natural 1.250em 12.5pt  set 1.000em 10pt  ratio -500  gap  50  uax14          F--U  国",
		"",
	}
	var got strings.Builder
	if err := DumpLines(&got, Galley{Blocks: []SetBlock{set}}); err != nil || got.String() != strings.Join(want, "\n") {
		t.Errorf("error %v, dump\n%q\nwant\n%q", err, got.String(), strings.Join(want, "\n"))
	}
}
