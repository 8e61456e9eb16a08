package linebreak

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/internal/squareface"
	"offprint/typeset"
)

// alphabet is what random paragraphs are made of: every class, often.
var alphabet = strings.Fields("国 人 的 字 年 月 亿 元 万 第 か ャ ー ア 々 한 글 ０ ２ Ａ ① " +
	"a B word Latin don’t GPT-4o RX-20 C++ 1 7,460 15.6 20% 143亿美元 2025年 HK$8.5 " +
	"， 。 、 ； ： ！ ？ （ ） 《 》 〈 〉 「 」 “ ” ‘ ’ · ・ — —— …… … – ～ / ／ ( ) [ ] ! , . - \" ' % $ " +
	"https://example.com/a/b.php?id=12&x=3 www.example.org")

var rare = []string{" ", " ", " ", "  ", "\u00a0", "\u3000", "\n", "\t", "\u200b", "\u00ad", "\ufe00", "\u0301", "\u200d", "\u2060", "é", "🙂", "\U000e0100", "\r\n"}

func randomText(rng *rand.Rand) string {
	var b strings.Builder
	for n := rng.IntN(120); n >= 0; n-- {
		switch k := rng.IntN(10); {
		case k < 4:
			b.WriteString(string([]rune("中文排版要讲究天地人和")[rng.IntN(11)]))
		case k < 9:
			b.WriteString(alphabet[rng.IntN(len(alphabet))])
		default:
			b.WriteString(rare[rng.IntN(len(rare))])
		}
	}
	return b.String()
}

var langs = []string{"zh-Hans", "zh-Hant-HK", "zh-Hant-TW", "ja", "ko", "en"}

func TestInvariants(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		b := blockOf(langs[i%len(langs)], randomText(rng), float64(4+rng.IntN(36)))
		b.Style.Align = typeset.Justify
		b.Style.Indent = em * typeset.Length(rng.IntN(3))
		if i%7 == 0 {
			b.Style.Align = []typeset.Align{typeset.Left, typeset.Right, typeset.Centre, typeset.Balanced}[i/7%4]
		}
		check(t, b)
		if t.Failed() {
			t.Fatalf("case %d: %s, measure %s, %s: %q", i, b.Style.Lang, b.Style.Measure, b.Style.Align, b.Text())
		}
	}
}

// spacedText has runs of words between runs of Han, so that of two lines the
// shorter may lack the spaces that the longer one has to open.
func spacedText(rng *rand.Rand) string {
	var b strings.Builder
	for range 12 {
		for range rng.IntN(6) {
			b.WriteString("ab ")
		}
		b.WriteString(strings.Repeat("国", rng.IntN(16)))
	}
	return b.String()
}

// TestPruningChangesNothing has total fit try every line, also those that it gives
// up because a shorter line alone is dearer than the best so far: the lines that it
// chooses must be the same.
func TestPruningChangesNothing(t *testing.T) {
	bound := unevenBound
	defer func() { unevenBound = bound }()
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 1000 {
		b := blockOf(langs[i%len(langs)], randomText(rng), float64(4+rng.IntN(36)))
		if i%2 == 0 {
			b = blockOf("zh-Hans", spacedText(rng), float64(10+rng.IntN(20)))
		}
		b.Style.Align = typeset.Justify
		Prepare(t.Context(), &b)
		if len(b.Items) == 0 {
			continue
		}
		f := newFitter(t.Context(), &b)
		unevenBound = bound
		got := f.totalFit()
		unevenBound = overfullCost << 8 // no line is as dear
		if want := f.totalFit(); !slices.Equal(got, want) {
			t.Fatalf("case %d: lines end at %v, without the bound at %v: %q", i, got, want, b.Text())
		}
	}
}

func FuzzSet(f *testing.F) {
	f.Add("本报讯（记者）2025年，OpenAI发布了“GPT-4o”模型……", uint8(0), uint8(12))
	f.Add("東京の「ホテル」で、ャー。", uint8(3), uint8(6))
	f.Add("see https://example.com/a/b?c=d&e=f\nand\u00ad so on", uint8(5), uint8(9))
	f.Fuzz(func(t *testing.T, text string, lang, measure uint8) {
		if len(text) > 2000 || !utf8.ValidString(text) {
			return
		}
		b := blockOf(langs[int(lang)%len(langs)], text, float64(3+measure%40))
		b.Style.Align = typeset.Justify
		check(t, b)
	})
}

// check sets the block and asserts what holds for any text whatever.
func check(t *testing.T, b typeset.Block) {
	t.Helper()
	set, _, _ := Set(t.Context(), b)
	if again, _, _ := Set(t.Context(), b); !reflect.DeepEqual(set.Lines, again.Lines) {
		t.Error("set twice, the lines differ")
	}
	checkText(t, &set.Block, set.Lines)
	for i := range set.Lines {
		checkLine(t, &set.Block, &set.Lines[i])
	}
	checkEdges(t, &set.Block, set.Lines)
	if b.Style.Align == typeset.Justify && len(set.Items) > 0 {
		f := newFitter(t.Context(), &set.Block)
		if best, first := f.costOf(f.totalFit()), f.costOf(f.greedy()); best > first {
			t.Errorf("total fit costs %d, first fit %d", best, first)
		}
	}
}

// checkText: no rune is lost, doubled or moved; only forced breaks are not drawn.
func checkText(t *testing.T, b *typeset.Block, lines []typeset.Line) {
	t.Helper()
	var got strings.Builder
	at := 0
	for i := range lines {
		if lines[i].Start != at {
			t.Errorf("line %d starts at byte %d, the one before ended at %d", i, lines[i].Start, at)
		}
		at = lines[i].End
		got.WriteString(lines[i].Text())
	}
	if at != len(b.Text()) {
		t.Errorf("the last line ends at byte %d of %d", at, len(b.Text()))
	}
	drawn := strings.Map(func(r rune) rune {
		if classOf(r) == newline {
			return -1
		}
		return r
	}, b.Text())
	if got.String() != drawn {
		t.Errorf("the glyphs stand for %q", got.String())
	}
}

// checkLine: flush to the unit, glyphs in order, nothing over the measure that
// is not flagged, no glyph 0.
func checkLine(t *testing.T, b *typeset.Block, l *typeset.Line) {
	t.Helper()
	measure := b.Style.Measure
	switch {
	case l.Set > measure && !l.Overfull:
		t.Errorf("%q is %s wide, the measure is %s", l.Text(), l.Set, measure)
	case b.Style.Align == typeset.Justify && !l.Last && l.Set < measure && !l.Underfull:
		t.Errorf("%q is %s wide and not flush with %s", l.Text(), l.Set, measure)
	case b.Style.Align == typeset.Justify && !l.Last && l.Set < measure && l.HanGap != 0:
		t.Errorf("%q is short of %s, though it has Han gaps", l.Text(), measure)
	}
	var end typeset.Length
	for i := range l.Runs {
		r := &l.Runs[i]
		x := r.X
		if i > 0 && r.X != end {
			t.Errorf("run %d of %q begins at %s, the one before ends at %s", i, l.Text(), r.X, end)
		}
		for k := range r.Glyphs {
			if r.Glyphs[k].ID == 0 || r.Glyphs[k].Text == "" {
				t.Errorf("%q: glyph %d has ID %d and text %q", l.Text(), k, r.Glyphs[k].ID, r.Glyphs[k].Text)
			}
			x += r.Glyphs[k].Advance
		}
		if x != r.X+r.Width {
			t.Errorf("%q: the advances of run %d do not sum to its width", l.Text(), i)
		}
		end = r.X + r.Width
	}
	if len(l.Runs) > 0 && (b.Style.Align == typeset.Justify || b.Style.Align == typeset.Left) && end != l.Set {
		t.Errorf("%q ends at %s, but is %s wide", l.Text(), end, l.Set)
	}
}

// checkEdges: no line begins or ends with what its region forbids, unless it
// was broken in an emergency or where the text itself puts a break.
func checkEdges(t *testing.T, b *typeset.Block, lines []typeset.Line) {
	t.Helper()
	for i := 1; i < len(lines); i++ {
		if rule := lines[i-1].Break; rule == ruleEmergency || rule == ruleNewline || strings.Contains(lines[i-1].Text(), "\u200b") {
			continue
		}
		before := strings.TrimRight(lines[i-1].Text(), " \u3000\t\u00a0\u200d\ufe00\u2060\u00ad\u0301")
		last, _ := utf8.DecodeLastRuneInString(before)
		first, _ := utf8.DecodeRuneInString(lines[i].Text())
		if strings.ContainsRune("。，、；：？！．）］｝》〉」』】〗”’·‧・％℃‰々ー", first) {
			t.Errorf("%s line begins %q, after %q (%s)", b.Style.Lang, lines[i].Text(), lines[i-1].Text(), lines[i-1].Break)
		}
		if strings.ContainsRune("（［｛《〈「『【〖“‘([", last) {
			t.Errorf("%s line ends %q (%s)", b.Style.Lang, lines[i-1].Text(), lines[i-1].Break)
		}
		if strings.ContainsRune("0123456789", last) && strings.ContainsRune("0123456789年亿%", first) && lines[i-1].Break != ruleURL && before == lines[i-1].Text() {
			t.Errorf("%q│%q parts a number (%s)", lines[i-1].Text(), lines[i].Text(), lines[i-1].Break)
		}
	}
}

// costOf is the cost of a way to part the paragraph, as total fit counts it.
func (f *fitter) costOf(ends []int) int64 {
	var total int64
	from, was := 0, even
	for _, to := range ends {
		s := f.sums(from, to)
		c, tight := f.cost(&s)
		if !f.sites[to].forced {
			c += int64(f.sites[to].cost)
		}
		total += c + between(was, tight)
		from, was = to, tight
	}
	return total
}

// TestLongBalancedText: a headline of a hundred thousand characters takes no more
// time and memory than a paragraph would.
func TestLongBalancedText(t *testing.T) {
	b := blockOf("zh-Hans", strings.Repeat("中文排版", 25_000), 20)
	b.Style.Align = typeset.Balanced
	set, _, _ := Set(t.Context(), b)
	if len(set.Lines) != 5000 {
		t.Errorf("%d lines, want 5000", len(set.Lines))
	}
}

func TestMissingGlyphIsDrawnAndReported(t *testing.T) {
	face := &squareface.Face{Lacks: "龘𠀀"}
	b := blockOf("zh-Hans", "龘字𠀀龘", 20)
	b.Spans[0].Chain = typeset.Chain{face}
	set, warnings, _ := Set(t.Context(), b)
	if got := set.Lines[0].Text(); got != "龘字𠀀龘" {
		t.Errorf("text %q", got)
	}
	for _, k := range []int{0, 2, 3} {
		if r := face.Rune(set.Lines[0].Runs[0].Glyphs[k].ID); r != '〓' {
			t.Errorf("glyph %d draws %q, want 〓", k, r)
		}
	}
	if len(warnings) != 1 || warnings[0].Code != "missing-glyph" || strings.Count(warnings[0].Message, "龘") != 1 {
		t.Errorf("warnings %v", warnings)
	}
}
