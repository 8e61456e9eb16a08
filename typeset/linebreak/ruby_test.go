package linebreak

import (
	"math/rand/v2"
	"strings"
	"testing"

	"offprint/internal/squareface"
	"offprint/typeset"
)

// TestRubyInvariants sets random text with readings over some of it.
func TestRubyInvariants(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	over := 0
	for i := range 2000 {
		b := rubyBlock(rng, langs[i%len(langs)], float64(8+rng.IntN(30)))
		b.Style.Indent = em * typeset.Length(rng.IntN(3))
		if i%5 == 0 {
			b.Style.Align = []typeset.Align{typeset.Left, typeset.Right, typeset.Centre, typeset.Balanced}[i/5%4]
		}
		check(t, b)
		over += checkReadings(t, b)
		if t.Failed() {
			t.Fatalf("case %d: %s, measure %s, %s: %q", i, b.Style.Lang, b.Style.Measure, b.Style.Align, b.Text())
		}
	}
	if over < 2000 {
		t.Errorf("only %d readings were tried", over)
	}
}

func rubyBlock(rng *rand.Rand, lang string, measure float64) typeset.Block {
	b := blockOf(lang, "", measure)
	b.Style.Align, b.Spans = typeset.Justify, nil
	chain := typeset.Chain{&squareface.Face{}}
	bases := strings.Fields("漢 漢字 灯台守 上 手 Tokyo 2025年 C++ 「東」 湊、 の 한국")
	readings := strings.Fields("か かん かんじ うけたまわ shuāng a ㄔㄨㄤˊ 、か（ なかがいにん x\ny")
	for n := rng.IntN(24); n >= 0; n-- {
		span := typeset.Span{Text: randomText(rng), Chain: chain, Size: em}
		if runes := []rune(span.Text); len(runes) > 8 {
			span.Text = string(runes[:rng.IntN(8)])
		}
		if rng.IntN(2) == 0 {
			span.Text = bases[rng.IntN(len(bases))] + "{" + readings[rng.IntN(len(readings))] + "}"
			span = withReading(span)
		}
		if span.Text != "" {
			b.Spans = append(b.Spans, span)
		}
	}
	return b
}

// checkReadings wants every reading once, whole, over the line that has its base, in the
// order of the bases and none upon another; and gives how many there are.
func checkReadings(t *testing.T, b typeset.Block) int {
	t.Helper()
	set, _, _ := Set(t.Context(), b)
	at := map[*typeset.Ruby]int{} // the line of each base
	for i := range set.Lines {
		for _, run := range set.Lines[i].Runs {
			if run.Ruby == nil {
				continue
			}
			if line, met := at[run.Ruby]; met && line != i {
				t.Errorf("%q is parted over lines", run.Text())
			}
			at[run.Ruby] = i
		}
	}
	read := map[*typeset.Ruby]string{}
	for i := range set.Lines {
		line := &set.Lines[i]
		var end typeset.Length
		for k := range line.Readings {
			run := &line.Readings[k]
			if at[run.Ruby] != i || run.Part != typeset.RubyReading {
				t.Errorf("%q is over another line than its base", run.Text())
			}
			if k > 0 && run.X < end {
				t.Errorf("%q stands at %s, on the reading that ends at %s", run.Text(), run.X, end)
			}
			end = run.X + run.Width
			read[run.Ruby] += run.Text()
		}
		if slack := em / 4; len(line.Readings) > 0 && !line.Overfull {
			if first := line.Readings[0].X; first < -slack || end > b.Style.Measure+slack {
				t.Errorf("readings reach from %s to %s in a line of %s", first, end, b.Style.Measure)
			}
		}
	}
	for i := range b.Spans {
		ruby := b.Spans[i].Ruby
		if ruby == nil {
			continue
		}
		if want := strings.ReplaceAll(ruby.Reading.Text, "\n", ""); read[ruby] != want {
			t.Errorf("over %q stands %q, want %q", b.Spans[i].Text, read[ruby], want)
		}
	}
	return len(read)
}
