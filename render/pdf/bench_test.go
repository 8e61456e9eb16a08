package pdf

import (
	"io"
	"testing"

	"offprint/typeset"
)

// article is 3,000 characters of text, some 700 of them different, on two pages
// or three, in two faces.
func article() *typeset.Document {
	c := compose()
	c.size = typeset.Points(24)
	c.text(typeset.RoleHeadline, 1, "港口的清晨")
	c.size = typeset.Points(10.5)
	next := rune(0x4E00)
	for range 20 {
		text := make([]rune, 150)
		for i := range text {
			if i%4 == 0 {
				text[i] = 0x4E00 + next%700
				next++
			} else {
				text[i] = 0x4E00 + rune(i*7%200)
			}
		}
		c.text(typeset.RoleBody, 0, string(text))
	}
	c.font = chain[1:]
	c.text(typeset.RoleDisclaimer, 0, "電梯叫𨋢")
	return c.doc
}

func BenchmarkWrite(b *testing.B) {
	doc := article()
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(b.Context(), io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteWithPictures(b *testing.B) {
	doc := sample(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(b.Context(), io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}
