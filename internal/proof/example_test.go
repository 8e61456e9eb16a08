package proof_test

import (
	"fmt"

	"offprint/internal/proof"
	"offprint/internal/squareface"
	"offprint/typeset"
)

// A page with one line, from which a character is missing.
func ExampleCheck() {
	face := new(squareface.Face)
	run := &typeset.Run{Face: face, Size: 10 * typeset.Point}
	for i, text := range []string{"潮", "水"} {
		id, _ := face.Glyph([]rune(text)[0])
		run.Glyphs = append(run.Glyphs, typeset.Glyph{ID: id, Text: text, X: typeset.Length(i) * run.Size})
	}
	doc := &typeset.Document{
		Blocks: []typeset.SetBlock{{Block: typeset.Block{Role: typeset.RoleHeadline, Style: typeset.Style{Size: run.Size, Measure: 200 * typeset.Point}}}},
		Pages: []typeset.Page{{
			Size:  typeset.PaperSize{W: 595 * typeset.Point, H: 842 * typeset.Point},
			Items: []typeset.Placed{{Kind: typeset.PlacedRun, Run: run, At: typeset.Position{X: 100 * typeset.Point, Y: 100 * typeset.Point}}},
		}},
	}
	report := proof.Check(doc, []proof.Block{{Kind: proof.Title, Text: "潮汐水"}}, "zh-Hans")
	for _, f := range report.Of(proof.Lost) {
		fmt.Println(f.Kind, f.Text, f.Note)
	}
	// Output: lost 汐 1 characters of block 1
}
