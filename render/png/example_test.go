package png_test

import (
	"bytes"
	"context"
	"fmt"
	"image"

	"offprint/fonts/noto"
	"offprint/render/png"
	"offprint/typeset"
)

// page is a page of 100 × 50 points with one character on it.
func page() *typeset.Document {
	face := noto.Face("Noto Sans SC", noto.Regular)
	id, _ := face.Glyph('印')
	run := &typeset.Run{Face: face, Size: 30 * typeset.Point, Glyphs: []typeset.Glyph{{ID: id, Text: "印"}}}
	return &typeset.Document{Pages: []typeset.Page{{
		Size:  typeset.PaperSize{W: 100 * typeset.Point, H: 50 * typeset.Point},
		Items: []typeset.Placed{{Kind: typeset.PlacedRun, At: typeset.Position{X: 10 * typeset.Point, Y: 36 * typeset.Point}, Run: run}},
	}}}
}

func ExampleDraw() {
	m, err := png.Draw(context.Background(), page(), 0, 144) // twice as many pixels as points
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Bounds())

	_, err = png.Draw(context.Background(), page(), 1, 144)
	fmt.Println(err)
	// Output:
	// (0,0)-(200,100)
	// draw page 2: the document has 1
}

func ExampleWrite() {
	var file bytes.Buffer
	if err := png.Write(context.Background(), &file, page(), 0, 110); err != nil {
		fmt.Println(err)
		return
	}
	config, kind, _ := image.DecodeConfig(&file)
	fmt.Println(kind, config.Width, config.Height)
	// Output: png 153 77
}

func ExampleThumbnail() {
	file, err := png.Thumbnail(context.Background(), page(), 64)
	if err != nil {
		fmt.Println(err)
		return
	}
	config, kind, _ := image.DecodeConfig(bytes.NewReader(file))
	fmt.Println(kind, config.Width, config.Height)
	// Output: png 64 32
}
