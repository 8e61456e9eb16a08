package pdf_test

import (
	"bytes"
	"context"
	"fmt"

	"offprint/fonts/noto"
	"offprint/render/pdf"
	"offprint/typeset"
)

// Everything has its place before it is drawn: here one character, 100 pt from
// the left and the top of a small page.
func ExampleWrite() {
	face := noto.Face("Noto Sans SC", noto.Regular)
	id, _ := face.Glyph('文')
	size := typeset.Points(24)
	doc := &typeset.Document{
		Title: "文", Lang: "zh-Hans", Producer: "example",
		Blocks: []typeset.SetBlock{{Block: typeset.Block{Role: typeset.RoleBody}}},
		Pages: []typeset.Page{{
			Size: typeset.PaperSize{W: typeset.Points(300), H: typeset.Points(200)},
			Items: []typeset.Placed{{
				Kind: typeset.PlacedRun,
				At:   typeset.Position{X: typeset.Points(100), Y: typeset.Points(100)},
				Run:  &typeset.Run{Face: face, Size: size, Width: size, Glyphs: []typeset.Glyph{{ID: id, Text: "文", Advance: size}}},
			}},
		}},
	}
	var file bytes.Buffer
	if err := pdf.Write(context.Background(), &file, doc); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(file.Bytes()[:8]))
	// Output:
	// %PDF-1.7
}
