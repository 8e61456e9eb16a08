package pdf

import (
	"math"
	"strings"
	"testing"

	"offprint/typeset"
)

// One glyph may stand for several characters: each must be copied as itself.
func TestSharedGlyphsKeepTheirText(t *testing.T) {
	const text = "•·‧・…⋯ \u00a0\u3000\u2003•·"
	c := compose()
	c.text(typeset.RoleBody, 0, text)
	ids := map[typeset.GlyphID]int{}
	for _, g := range c.doc.Pages[0].Items[0].Run.Glyphs {
		ids[g.ID]++
	}
	if len(ids) == len([]rune(text)) {
		t.Fatal("no two characters share a glyph: the test shows nothing")
	}
	f := sound(t, write(t, c.doc))
	if got := f.read(f.pages()[0]).words(); got != text {
		t.Errorf("got %q, want %q", got, text)
	}
}

// A glyph may stand for several characters, and for one beyond U+FFFF.
func TestGlyphsOfSeveralCharacters(t *testing.T) {
	c := compose()
	c.font = chain[1:]
	r := c.run("𨋢𠝹𡃁e葛城一")
	r.Glyphs[3].Text = "e\u0301"
	r.Glyphs[4].Text = "葛\U000E0101"
	r.Glyphs[6].Text = "👨\u200d"
	c.place(c.block(typeset.RoleBody, 0), r, 0)
	f := sound(t, write(t, c.doc))
	if got, want := f.read(f.pages()[0]).words(), "𨋢𠝹𡃁e\u0301葛\U000E0101城👨\u200d"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBrokenTextBecomesReplacement(t *testing.T) {
	c := compose()
	r := c.run("一二")
	r.Glyphs[0].Text = "\xe4\xb8"
	r.Glyphs[1].Text = ""
	c.place(c.block(typeset.RoleBody, 0), r, 0)
	f := sound(t, write(t, c.doc))
	if got := f.read(f.pages()[0]).words(); got != "\uFFFD\uFFFD" && got != "\uFFFD" {
		t.Errorf("got %q", got)
	}
}

// Rounding must not add up along a line: every glyph stands within half a
// thousandth of an em, and what rounding of the origin adds, of its place.
func TestGlyphsStandWhereTheyShould(t *testing.T) {
	for _, size := range []float64{7.3, 9.5, 10.5, 24, 10.0001} {
		c := compose()
		c.size = typeset.Points(size)
		r := c.run(strings.Repeat("天Latin地12", 12))
		slack := typeset.Length(777) // odd, and far below a thousandth of an em
		for i := range r.Glyphs {
			r.Glyphs[i].X += slack * typeset.Length(i*i)
		}
		c.place(c.block(typeset.RoleBody, 0), r, typeset.Length(12345))
		f := sound(t, write(t, c.doc))
		got := f.read(f.pages()[0]).glyphs
		if len(got) != len(r.Glyphs) {
			t.Fatalf("%d glyphs of %d", len(got), len(r.Glyphs))
		}
		item := c.doc.Pages[0].Items[0]
		for i, g := range got {
			want := (item.At.X + r.Glyphs[i].X).Points()
			if off := math.Abs(g.x - want); off > size*0.0005+0.0006 {
				t.Errorf("%v pt: glyph %d (%s) is off by %.5f pt", size, i, g.text, off)
			}
			if off := math.Abs(g.y - (a4.H - item.At.Y).Points()); off > 0.0006 {
				t.Errorf("%v pt: baseline is off by %.5f pt", size, off)
			}
		}
	}
}

func TestAppendDecimal(t *testing.T) {
	for _, c := range []struct {
		v      int64
		places int
		want   string
	}{
		{0, 3, "0"}, {1, 3, "0.001"}, {-1, 3, "-0.001"}, {1000, 3, "1"}, {-12500, 3, "-12.5"}, {10010, 3, "10.01"}, {7, 0, "7"}, {1050000, 5, "10.5"},
	} {
		if got := string(appendDecimal(nil, c.v, c.places)); got != c.want {
			t.Errorf("%d of %d places: got %s, want %s", c.v, c.places, got, c.want)
		}
	}
}

func TestLiveAddress(t *testing.T) {
	for href, want := range map[string]string{
		"https://example.org/a?b=c&d#e": "https://example.org/a?b=c&d#e",
		"http://例.cn/新":                 "http://%E4%BE%8B.cn/%E6%96%B0",
		"HTTPS://example.org/a b\n":     "HTTPS://example.org/a%20b%0A",
		"https://example.org/100%25":    "https://example.org/100%25",
		"mailto:a@example.org":          "mailto:a@example.org",
		"javascript:alert(1)":           "",
		"file:///etc/passwd":            "",
		"/news/1":                       "",
		"https:":                        "",
		"":                              "",
		"https://example.org/" + strings.Repeat("a", longestAddress): "",
	} {
		if got, ok := liveAddress(href); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v", href, got, ok)
		}
	}
}

// More characters of a face than one font can number go into several fonts of it.
func TestManyCharactersOfOneFace(t *testing.T) {
	const characters, aLine = 70_000, 1000
	c := compose()
	b := c.block(typeset.RoleBody, 0)
	want := ""
	for from := 0; from < characters; from += aLine {
		r := c.run(strings.Repeat("一", aLine))
		for i := range r.Glyphs {
			r.Glyphs[i].Text = string(rune(0x20000 + from + i)) // a stand-in of each
		}
		want += textOf(r)
		c.place(b, r, 0)
	}
	f := sound(t, write(t, c.doc))
	if got := f.read(f.pages()[0]).words(); got != want {
		t.Errorf("%d characters are read, want the %d that were set", len([]rune(got)), characters)
	}
}
