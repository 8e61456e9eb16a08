package fonts_test

import (
	"fmt"

	"offprint/fonts"
	"offprint/fonts/noto"
	"offprint/typeset"
)

func ExampleParse() {
	_, err := fonts.Parse("<!DOCTYPE html>")
	fmt.Println(err)

	face := noto.Face("Noto Sans SC", noto.Regular) // parses the file that it embeds
	id, _ := face.Glyph('文')
	box, _ := face.Bounds(id)
	fmt.Println(face.Name(), face.UnitsPerEm(), face.Advance(id), box)
	// Output:
	// parse font: the file is not a TrueType font: it starts with "<!DO"
	// NotoSansSC-Regular 1000 1000 {36 -78 967 847}
}

func ExampleLibrary_Chain() {
	library := noto.Library()
	// A Cantonese lift in an article of simplified characters.
	chain := library.Chain("zh-Hans", true)
	for _, r := range "乘𨋢" {
		face, _, _ := chain.Find(r)
		fmt.Printf("%c %s\n", r, face.Name())
	}
	// Output:
	// 乘 NotoSansSC-Bold
	// 𨋢 NotoSansHK-Bold
}

func ExampleFont_Subset() {
	face := noto.Face("Noto Sans SC", noto.Regular)
	dot, _ := face.Glyph('·')
	// The dot in its em, and in half an em.
	data, err := face.Subset([]typeset.Variant{{ID: dot, Advance: 1000}, {ID: dot, Advance: 500, Shift: -250}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(data), "bytes")
	// Output:
	// 452 bytes
}
