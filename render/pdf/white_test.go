package pdf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/fonts/noto"
	"offprint/typeset"
	"offprint/typeset/linebreak"
)

// What readers see of white that the pen makes, in ems: from openSeen on some take
// it for a space, from pulledSeen on for a new line.
const (
	openSeen   = 0.10
	pulledSeen = 0.20
	spaceSeen  = 0.16 // less white between two words is no space
)

// lineOf names the line of the page's layout that a code belongs to.
type lineOf struct {
	block, line int
	artifact    bool
	origin      typeset.Position
}

// linesOf gives the line of each code of a page, in their order.
func linesOf(page *typeset.Page) []lineOf {
	var lines []lineOf
	for i := range page.Items {
		item := &page.Items[i]
		if item.Kind != typeset.PlacedRun {
			continue
		}
		line := lineOf{item.Block, item.Line, item.Artifact, typeset.Position{X: item.At.X - item.Run.X, Y: item.At.Y - item.Run.Y}}
		for j := range item.Run.Glyphs {
			for range utf8.RuneCountInString(visible(item.Run.Glyphs[j].Text)) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// checkPen holds every pair of neighbours on a line of a page against what readers
// see.
func checkPen(t testing.TB, c content, page *typeset.Page) (pairs int) {
	t.Helper()
	lines := linesOf(page)
	if len(lines) != len(c.glyphs) {
		t.Fatalf("the page shows %d codes, its layout has %d", len(c.glyphs), len(lines))
	}
	before := -1 // the last code on the line that is no space
	for i := 1; i < len(c.glyphs); i++ {
		a, b := &c.glyphs[i-1], &c.glyphs[i]
		if a.text != " " {
			before = i - 1
		}
		if b.text != " " && a.text == " " && before >= 0 && lines[before] == lines[i] {
			if white := (b.pen - c.glyphs[before].pen - c.glyphs[before].wide) / min(a.size, b.size); white < spaceSeen {
				t.Errorf("the space before %q of %.20q leaves %.3f em", b.text, around(c, i), white)
			}
		}
		open := (b.pen - a.pen - a.wide) / min(a.size, b.size)
		furniture := lines[i].block < 0
		if lines[i] != lines[i-1] || open < -3 || furniture && open > 3 {
			continue // another line, cell or part of a running head
		}
		pairs++
		if open >= openSeen || open <= -pulledSeen {
			t.Errorf("between %q and %q of %.20q the pen moves by %.3f em", a.text, b.text, around(c, i), open)
		}
	}
	return pairs
}

func around(c content, i int) string {
	var b strings.Builder
	for _, g := range c.glyphs[max(0, i-6):min(len(c.glyphs), i+6)] {
		b.WriteString(g.text)
	}
	return b.String()
}

// checkCodes holds the codes of a page against the fonts in the file: a width and
// an advance that agree, a text, and one character.
func checkCodes(t testing.TB, c content) {
	t.Helper()
	for i := range c.glyphs {
		g := &c.glyphs[i]
		advance := float64(g.font.file.advance(g.cid)) * 1000 / float64(g.font.file.upem)
		if w := g.font.width(g.cid); math.Abs(w-advance) > 0.5 || w < leastWidth-1 {
			t.Errorf("%q: /W says %v, hmtx %v", g.text, w, advance)
		}
		if utf8.RuneCountInString(g.text) != 1 {
			t.Errorf("a code stands for %q", g.text)
		}
		if strings.ContainsAny(g.text, "\u200b\u2060\ufeff") {
			t.Errorf("%q is in the text", g.text)
		}
	}
}

// setLines sets text as the library does and puts its lines on a page.
func setLines(t testing.TB, text, lang string, align typeset.Align, size, measure float64, spans ...typeset.Span) *composer {
	t.Helper()
	c := compose()
	c.doc.Lang = lang
	if len(spans) == 0 {
		spans = []typeset.Span{{Text: text, Chain: chain}}
	}
	b := typeset.Block{
		Role: typeset.RoleBody, Spans: spans,
		Style: typeset.Style{Size: typeset.Points(size), Measure: typeset.Points(measure), Lang: lang, Align: align},
	}
	set, _, err := linebreak.Set(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	c.doc.Blocks = append(c.doc.Blocks, set)
	for n := range set.Lines {
		for r := range set.Lines[n].Runs {
			run := &set.Lines[n].Runs[r]
			c.add(typeset.Placed{
				Kind: typeset.PlacedRun, Run: run, W: run.Width, Role: typeset.RoleBody, Line: n,
				At: typeset.Position{X: typeset.Points(60) + run.X, Y: c.y + run.Y},
			})
		}
		if c.y += typeset.Points(size * 1.75); c.y > a4.H-typeset.Points(72) {
			c.page()
		}
	}
	return c
}

// mixed holds what opens and what is squeezed.
const mixed = "7月18日发布RX-20，GPT-4o降价21%。《账本》（第三册）写着：“潮水——‘退’了……”。" +
	"他说：「仲行到，唔好催佢。」（見《航運》（1998年））、“harbour’s clerk”；A/B测试，$1,260万，Ebb & Flow上线！？" +
	"甲·乙・丙、café ﬁn、１２３吨、a\u00adb\u200b词\u2060语\ufeff尾，Wait… what? ‐‑–—―。"

// The white of every line is in the glyphs: the pen moves less than any reader
// sees, at whatever measure, and every outline stands where it was laid out.
func TestThePenHardlyMoves(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "zh-Hant-HK", "ja", "en"} {
		for _, align := range []typeset.Align{typeset.Justify, typeset.Left, typeset.Centre} {
			for _, measure := range []float64{60, 97, 140, 230, 410} {
				c := setLines(t, strings.Repeat(mixed, 3), lang, align, 10.5, measure)
				holdsText(t, c, fmt.Sprint(lang, align, measure))
			}
		}
	}
}

// holdsText writes the document, and holds each page's codes against its items.
func holdsText(t *testing.T, c *composer, name string) {
	t.Helper()
	f := sound(t, write(t, c.doc))
	for n, page := range f.pages() {
		got := f.read(page)
		if pairs := checkPen(t, got, &c.doc.Pages[n]); pairs == 0 && len(got.glyphs) > 2 {
			t.Errorf("%s: no neighbours were looked at", name)
		}
		checkCodes(t, got)
		k := 0
		for i := range c.doc.Pages[n].Items {
			item := &c.doc.Pages[n].Items[i]
			for j := range item.Run.Glyphs {
				g := &item.Run.Glyphs[j]
				text := visible(g.Text)
				if text == "" {
					continue
				}
				first, size := utf8.DecodeRuneInString(text)
				if k >= len(got.glyphs) || got.glyphs[k].text != string(first) {
					t.Fatalf("%s: %q is not shown at its place", name, g.Text)
				}
				want := (item.At.X + g.X).Points()
				if _, ink := item.Run.Face.Bounds(g.ID); ink && math.Abs(got.glyphs[k].x-want) > 0.0006+0.001*item.Run.Size.Points() {
					t.Errorf("%s: %q stands at %.3f, want %.3f", name, text, got.glyphs[k].x, want)
				}
				k += 1 + utf8.RuneCountInString(text[size:])
			}
		}
		if k != len(got.glyphs) {
			t.Errorf("%s: %d codes are shown, want %d", name, len(got.glyphs), k)
		}
	}
	if t.Failed() {
		t.Logf("in %s", name)
	}
}

// visible is a glyph's text without what is never drawn.
func visible(text string) string {
	if text == "\u00ad" {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isUndrawn(r) {
			return -1
		}
		return r
	}, text)
}

// The end of a run is no end of a line: bold, links, other faces and sizes.
func TestThePenHardlyMovesBetweenRuns(t *testing.T) {
	bold := typeset.Chain{noto.Face("Noto Sans SC", noto.Bold)}
	size := typeset.Points(10.5)
	spans := []typeset.Span{
		{Text: "于7月", Chain: chain, Size: size},
		{Text: "18日（周", Chain: bold, Size: size},
		{Text: "RX-20", Chain: chain, Size: size, Href: "https://news.example/a"},
		{Text: "）《账本》", Chain: bold, Size: size, Oblique: true},
		{Text: "（𨋢）", Chain: chain, Size: size},
		{Text: "12", Chain: chain, Size: size / 2, Rise: size / 3},
		{Text: "，而harbour", Chain: chain, Size: size},
		{Text: "’s“", Chain: bold, Size: size},
		{Text: "yes”了", Chain: chain, Size: size},
	}
	for _, align := range []typeset.Align{typeset.Justify, typeset.Left} {
		for _, measure := range []float64{55, 80, 130, 400} {
			c := setLines(t, "", "zh-Hans", align, 10.5, measure, spans...)
			holdsText(t, c, fmt.Sprint(align, measure))
		}
	}
}

// A run that only looks as if it went on keeps its distance: another cell or
// column, and a list's number.
func TestWhatStandsApartStaysApart(t *testing.T) {
	c := compose()
	left, right := c.run("甲乙12"), c.run("丙丁")
	b := c.block(typeset.RoleBody, 0)
	c.place(b, left, 0)
	c.place(b, right, left.Width+typeset.Points(9))
	f := sound(t, write(t, c.doc))
	got := f.read(f.pages()[0]).glyphs
	if end := got[3].pen + got[3].wide; math.Abs(got[4].pen-end-9) > 0.01 {
		t.Errorf("the cells are %.2f pt apart, want 9", got[4].pen-end)
	}
}

// One outline stands once in the file, however many forms of it are drawn; the
// others are composites that say how large they are.
func TestVariantsShareTheirOutline(t *testing.T) {
	c := setLines(t, strings.Repeat("在7月《（7日）》7（。", 20), "zh-Hans", typeset.Justify, 10.5, 410)
	f := sound(t, write(t, c.doc))
	forms := map[string]map[int]bool{}
	outlines := map[string]map[int]bool{}
	for _, g := range f.read(f.pages()[0]).glyphs {
		file := g.font.file
		base, moved := file.base(g.cid)
		if forms[g.text] == nil {
			forms[g.text], outlines[g.text] = map[int]bool{}, map[int]bool{}
		}
		forms[g.text][g.cid], outlines[g.text][base] = true, true
		record, of := file.record(g.cid), file.record(base)
		if base == g.cid || len(of) == 0 {
			continue
		}
		if i16(record, 2) != i16(of, 2)+moved || i16(record, 6) != i16(of, 6)+moved || i16(record, 4) != i16(of, 4) {
			t.Errorf("%q: the ink box does not move with the ink", g.text)
		}
		if file.bearing(g.cid) != file.bearing(base)+moved {
			t.Errorf("%q: the bearing does not move with the ink", g.text)
		}
		const elements, depth = 28, 30
		if u16(file.maxp, elements) < 1 || u16(file.maxp, depth) < 1 {
			t.Error("maxp makes no room for composites")
		}
	}
	for _, text := range []string{"7", "（"} {
		if len(forms[text]) < 2 || len(outlines[text]) != 1 {
			t.Errorf("%q has %d forms and %d outlines", text, len(forms[text]), len(outlines[text]))
		}
	}
}

// A gap that no glyph can hold is left to the pen.
func TestHugeGaps(t *testing.T) {
	c := compose()
	r := c.run("国a国")
	r.Glyphs[1].X += 20 * r.Size
	r.Glyphs[2].X += 100 * r.Size
	c.place(c.block(typeset.RoleBody, 0), r, 0)
	f := sound(t, write(t, c.doc))
	got := f.read(f.pages()[0])
	checkCodes(t, got)
	for i, g := range got.glyphs {
		want := (c.doc.Pages[0].Items[0].At.X + r.Glyphs[i].X).Points()
		if math.Abs(g.x-want) > 0.02 {
			t.Errorf("%q stands at %.3f, want %.3f", g.text, g.x, want)
		}
	}
}

// What Poppler and MuPDF read in the lines of a page is what stands in them, to the
// space.
func TestOtherReadersReadLinesExactly(t *testing.T) {
	programs := [][]string{{"pdftotext", "-raw", "-enc", "UTF-8", "", "-"}, {"pdftotext", "-enc", "UTF-8", "", "-"}, {"mutool", "draw", "-q", "-F", "txt", ""}}
	for _, program := range programs {
		for _, lang := range []string{"zh-Hans", "zh-Hant-HK", "en"} {
			for _, measure := range []float64{200, 410} {
				text := strings.NewReplacer("ﬁ", "fi", "\u00ad", "").Replace(mixed)
				c := setLines(t, text, lang, typeset.Justify, 10.5, measure)
				var want []string
				for i := range c.doc.Blocks[0].Lines {
					want = append(want, strings.TrimSpace(visible(c.doc.Blocks[0].Lines[i].Text())))
				}
				args := slices.Clone(program[1:])
				args[slices.Index(args, "")] = saved(t, c.doc)
				var got []string
				for line := range strings.SplitSeq(run(t, program[0], args...), "\n") {
					if line = strings.Trim(line, " \f"); line != "" {
						got = append(got, line)
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s %s %v reads\n%s\nwant\n%s", strings.Join(program, " "), lang, measure, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		}
	}
}

// Random lines of random glyphs at random places in their line.
func TestAnyWhiteIsParted(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	letters := []rune("国文字あ한，。（）《》“”‘’—…·aWi1.- \u3000\u0301ー")
	for n := range 40 {
		c := compose()
		c.font = chain[:1]
		text := make([]rune, 40)
		for i := range text {
			for text[i] = letters[rng.IntN(len(letters))]; text[i] == '한'; {
				text[i] = letters[rng.IntN(len(letters))]
			}
			if _, _, ok := c.font.Find(text[i]); !ok {
				text[i] = '国'
			}
		}
		r := c.run(string(text))
		at := typeset.Length(0)
		for i := range r.Glyphs {
			r.Glyphs[i].X = at
			at += typeset.Length(rng.Int64N(int64(r.Size) * 2))
		}
		c.place(c.block(typeset.RoleBody, 0), r, 0)
		f := sound(t, write(t, c.doc))
		got := f.read(f.pages()[0])
		checkPen(t, got, &c.doc.Pages[0])
		checkCodes(t, got)
		if t.Failed() {
			t.Fatalf("line %d: %s", n, string(text))
		}
	}
}
