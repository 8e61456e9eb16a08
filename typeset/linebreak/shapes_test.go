package linebreak

import (
	"strings"
	"sync/atomic"
	"testing"

	"offprint/internal/countdown"
	"offprint/internal/squareface"
	"offprint/typeset"
)

// countingFace counts the glyphs that are looked up.
type countingFace struct {
	squareface.Face
	asked atomic.Int64
}

func (f *countingFace) Glyph(r rune) (typeset.GlyphID, bool) {
	f.asked.Add(1)
	return f.Face.Glyph(r)
}

// shapes are pieces of text that were slow when they were many, and their like.
var shapes = []string{
	"a\u0301\u0301\u0301", "\u0301", "\u200b\u0301", "\u00ad", "\u3000", "\u00a0", "\u2009", "x", "新", "가",
	"👩\u200d", "（", "）", "“", "”", "“a”", "——", "…", "-", "1", "1,", "1只", "1萬", "！", "\"", "https://a.example/", "a/",
	"\n", "\r\n", "\t", "+", "\u200b", "\u2060", "\ufe0f", "・", "$", "第1",
}

// mostLooks bounds what is looked at for each character of a text: by the rules,
// clusters and glyphs; by the search for lines, lines that could be. A line has at
// most mostSites places to end.
const (
	mostLooks = 60
	mostLines = 3 * mostSites
)

// looksOf sets a block of the text in each way, and counts.
func looksOf(t testing.TB, text string, measure int) (looks, lines int) {
	t.Helper()
	for _, align := range []typeset.Align{typeset.Justify, typeset.Left, typeset.Balanced} {
		face := &countingFace{}
		b := blockOf("zh-Hans", text, float64(measure))
		b.Style.Align = align
		b.Spans[0].Chain = typeset.Chain{face}
		p := newParagraph(t.Context(), &b)
		if len(p.all) == 0 {
			continue
		}
		for i := range rules {
			if rules[i].apply != nil {
				rules[i].apply(p)
			}
		}
		b.Items = p.items()
		looks = max(looks, p.looked+int(face.asked.Load()))
		f := newFitter(t.Context(), &b)
		if align == typeset.Balanced {
			f.place(f.balanced())
		} else {
			f.place(f.totalFit())
		}
		lines = max(lines, f.looked)
		f = newFitter(t.Context(), &b)
		f.greedy()
		lines = max(lines, f.looked)
	}
	return looks, lines
}

// What is looked at grows with the text, whatever it is made of.
func TestShapesAreLinear(t *testing.T) {
	for _, piece := range shapes {
		const n = 12_000
		text := "a" + strings.Repeat(piece, n/len([]rune(piece)))
		looks, lines := looksOf(t, text, 20)
		if most := mostLooks * n; looks > most {
			t.Errorf("%q: %d clusters and glyphs were looked at for %d characters", piece, looks, n)
		}
		if most := mostLines * n; lines > most {
			t.Errorf("%q: %d lines were tried for %d characters", piece, lines, n)
		}
	}
}

func FuzzShapes(f *testing.F) {
	for i := range shapes {
		f.Add(uint8(i), uint8(3*i+1), uint8(7*i+2), uint16(3000), uint8(20))
	}
	f.Fuzz(func(t *testing.T, one, two, three uint8, count uint16, measure uint8) {
		piece := ""
		for _, i := range []uint8{one, two, three} {
			piece += shapes[int(i)%len(shapes)]
		}
		text := "a" + strings.Repeat(piece, 1+int(count)%6000/len(piece))
		n := len([]rune(text)) + 100
		looks, lines := looksOf(t, text, 1+int(measure)%60)
		if looks > mostLooks*n || lines > mostLines*n {
			t.Errorf("%q: %d clusters and glyphs were looked at and %d lines tried for %d characters", piece, looks, lines, n)
		}
	})
}

// A block is left off soon after ctx ends: few characters more are looked at.
func TestSetLeavesOff(t *testing.T) {
	const n = 200_000
	for _, align := range []typeset.Align{typeset.Justify, typeset.Left, typeset.Balanced} {
		for _, looks := range []int{0, 1, 5, n/lookEvery - 1, n / lookEvery, n/lookEvery + 10, n/lookEvery + 60} {
			face := &countingFace{}
			b := blockOf("zh-Hans", strings.Repeat("新x 1", n/4), 20)
			b.Style.Align = align
			b.Spans[0].Chain = typeset.Chain{face}
			ctx := countdown.New(t.Context(), looks)
			set, _, err := Set(ctx, b)
			if err == nil || set.Lines != nil {
				t.Errorf("%s, %d looks: %d lines, error %v", align, looks, len(set.Lines), err)
			}
			if most := int64(2 * (looks + 1) * lookEvery); face.asked.Load() > most {
				t.Errorf("%s, %d looks: %d glyphs were looked up, want %d at most", align, looks, face.asked.Load(), most)
			}
			if ctx.Over() > 8 {
				t.Errorf("%s, %d looks: ctx was looked at %d times after its end", align, looks, ctx.Over())
			}
		}
	}
}

// BenchmarkShapes gives the times.
func BenchmarkShapes(b *testing.B) {
	for _, piece := range shapes {
		b.Run(piece, func(b *testing.B) {
			block := blockOf("zh-Hans", "a"+strings.Repeat(piece, 20_000/len([]rune(piece))), 20)
			block.Spans[0].Chain = typeset.Chain{&squareface.Face{}}
			for b.Loop() {
				if _, _, err := Set(b.Context(), block); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
