package fonts

import (
	"fmt"
	"testing"

	"offprint/typeset"
)

const article = "新华社记者从国家统计局获悉，2025年上半年GDP同比增长5.3%；To AVOID doubt, the figures are preliminary."

func BenchmarkParse(b *testing.B) {
	for _, name := range embeddedFiles {
		data := readFile(b, name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustParse(b, data)
			}
		})
	}
}

func BenchmarkGlyph(b *testing.B) {
	f := mustParse(b, readFile(b, embeddedFiles[2]))
	text := []rune(article)
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range text {
			f.Glyph(r)
		}
	}
	perCharacter(b, len(text))
}

func BenchmarkAdvance(b *testing.B) {
	benchmarkGlyphs(b, func(f *Font, id typeset.GlyphID) { f.Advance(id) })
}

func BenchmarkBounds(b *testing.B) {
	benchmarkGlyphs(b, func(f *Font, id typeset.GlyphID) { f.Bounds(id) })
}

func BenchmarkKern(b *testing.B) {
	benchmarkGlyphs(b, func(f *Font, id typeset.GlyphID) { f.Kern(id, id) })
}

func BenchmarkOutline(b *testing.B) {
	var s strokes
	benchmarkGlyphs(b, func(f *Font, id typeset.GlyphID) {
		s = s[:0]
		if err := f.Outline(id, &s); err != nil {
			b.Fatal(err)
		}
	})
}

// benchmarkGlyphs does something with each glyph of a text.
func benchmarkGlyphs(b *testing.B, do func(*Font, typeset.GlyphID)) {
	f := mustParse(b, readFile(b, embeddedFiles[0]))
	ids := textGlyphs(f, 700)
	b.ReportAllocs()
	for b.Loop() {
		for _, id := range ids {
			do(f, id)
		}
	}
	perCharacter(b, len(ids))
}

func perCharacter(b *testing.B, characters int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*characters), "ns/char")
}

func BenchmarkSubset(b *testing.B) {
	f := mustParse(b, readFile(b, embeddedFiles[0]))
	for _, count := range []int{700, 2000} {
		ids := textGlyphs(f, count)
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				data, err := f.Subset(asDrawn(f, ids))
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(len(data)))
			}
		})
	}
}

// Layout asks these for every character, so they must not allocate.
func TestQuestionsOfLayoutAllocateNothing(t *testing.T) {
	f := mustParse(t, readFile(t, embeddedFiles[0]))
	before := typeset.GlyphID(0)
	f.Kern(0, 0) // reads the tables
	got := testing.AllocsPerRun(100, func() {
		for _, r := range article {
			id, _ := f.Glyph(r)
			f.Advance(id)
			f.Bounds(id)
			f.Kern(before, id)
			before = id
		}
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}
