package fonts

import (
	"strings"
	"testing"

	"offprint/typeset"
)

func mustParse(t testing.TB, data string) *Font {
	t.Helper()
	f, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParseReadsWhatAFontSaysAboutItself(t *testing.T) {
	f := mustParse(t, small())
	if f.Name() != "Small" || f.UnitsPerEm() != 1000 || f.NumGlyphs() != smallGlyphs {
		t.Errorf("got %q, %d units an em, %d glyphs", f.Name(), f.UnitsPerEm(), f.NumGlyphs())
	}
	// Without OS/2: hhea's lines, the ink of H (which it lacks) and x (likewise).
	want := typeset.FaceMetrics{
		Ascent: 900, Descent: -200, Weight: 400, ItalicAngle: -11.5,
		BBox: typeset.Bounds{XMin: 0, YMin: -10, XMax: 500, YMax: 700},
	}
	if got := f.Metrics(); got != want {
		t.Errorf("metrics %+v, want %+v", got, want)
	}
}

func TestMetricsComeFromOS2(t *testing.T) {
	os2 := words(4, 0, 650) + words(make([]int, 31)...) + words(880, -120) + words(make([]int, 7)...) + words(543, 733) + words(0, 0, 0)
	f := mustParse(t, with(map[string]string{"OS/2": os2}))
	m := f.Metrics()
	if m.Weight != 650 || m.Ascent != 880 || m.Descent != -120 || m.XHeight != 543 || m.CapHeight != 733 {
		t.Errorf("metrics %+v", m)
	}
	old := words(1) + os2[2:] // version 1 knows no heights of letters
	cmap := words(0, 1, 3, 1) + long(12) + words(4, 40, 0, 6, 4, 1, 0) +
		words('H', 'x', 0xFFFF, 0, 'H', 'x', 0xFFFF, gTriangle-'H', gPacked-'x', 1, 0, 0, 0)
	f = mustParse(t, with(map[string]string{"OS/2": old, "cmap": cmap}))
	if m := f.Metrics(); m.CapHeight != 700 || m.XHeight != 12 {
		t.Errorf("cap height %d and x-height %d, want those of the ink: 700 and 12", m.CapHeight, m.XHeight)
	}
}

// TestFontsThatMayNotBeEmbedded: the bits of fsType are those of the OpenType
// specification, table OS/2.
func TestFontsThatMayNotBeEmbedded(t *testing.T) {
	for fsType, want := range map[int]string{
		0: "", 0x0004: "", 0x0008: "", 0x0006: "", 0x000A: "",
		0x0002: "does not allow that it is put", 0x0100: "a part of it", 0x0108: "a part of it", 0x0200: "its outlines",
	} {
		os2 := words(4, 0, 400, 0, fsType) + words(make([]int, 29)...) + words(880, -120) + words(make([]int, 12)...)
		_, err := Parse(with(map[string]string{"OS/2": os2}))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("fsType %#04x: error %v, want %q", fsType, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	whole := small()
	cases := []struct {
		name, data, want string
	}{
		{"nothing", "", "0 bytes"},
		{"text", "<!DOCTYPE html><html>", `not a TrueType font: it starts with "<!DO"`},
		{"PostScript outlines", "OTTO" + whole[4:], "PostScript (CFF)"},
		{"a collection", "ttcf" + whole[4:], "collection"},
		{"WOFF", "wOFF" + whole[4:], "WOFF"},
		{"WOFF2", "wOF2" + whole[4:], "WOFF"},
		{"a directory cut short", whole[:60], "directory is cut short"},
		{"a file cut short", whole[:len(whole)-200], "reaches beyond the end"},
		{"no head", strings.Replace(whole, "head", "none", 1), `table "head" is missing`},
		{"no glyf", with(map[string]string{"glyf": ""}), `table "glyf" is missing`},
		{"no characters", with(map[string]string{"cmap": ""}), `table "cmap" is missing`},
		{"a short head", with(map[string]string{"head": smallTables()["head"][:50]}), `"head" has 50 bytes`},
		{"a short hmtx", with(map[string]string{"hmtx": smallTables()["hmtx"][:20]}), `"hmtx" has 20 bytes and needs 48`},
		{"a short loca", with(map[string]string{"loca": smallTables()["loca"][:20]}), `"loca" has 20 bytes and needs 52`},
		{"an em of nothing", with(map[string]string{"head": words(make([]int, 27)...)}), "0 units an em"},
		{"no glyphs", with(map[string]string{"maxp": words(make([]int, 16)...)}), "no glyphs"},
		{"no advances", with(map[string]string{"hhea": words(make([]int, 18)...)}), "0 advance widths"},
		{"symbols only", with(map[string]string{"cmap": words(0, 1, 3, 0) + long(12) + smallCmap()[20:]}), "no whole Unicode subtable"},
		{"characters cut short", with(map[string]string{"cmap": words(0, 1, 3, 10) + long(12) + words(12, 0) + long(0) + long(0) + long(1<<30)}), "no whole Unicode subtable"},
		{"list of characters cut short", with(map[string]string{"cmap": words(0, 100, 3, 1)}), `"cmap" is cut short`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.data)
			if err == nil || !strings.HasPrefix(err.Error(), "parse font: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one that says %q", err, c.want)
			}
		})
	}
}

// Every table of the small font reaches to within the three bytes that pad the
// last one, so that a file which lacks more is refused, and one which lacks only
// these is the same font.
func TestEveryPrefixIsReadOrRefused(t *testing.T) {
	whole := small()
	want := mustParse(t, whole)
	for n := range len(whole) {
		f, err := parseOrRefuse(t, whole[:n])
		switch padding := len(whole) - n; {
		case err != nil:
		case padding > 3:
			t.Errorf("a font that lacks its last %d bytes is read", padding)
		default:
			holds(t, f)
			for id := range typeset.GlyphID(smallGlyphs) {
				if f.Advance(id) != want.Advance(id) || drawn(f, id) != drawn(want, id) {
					t.Errorf("without %d bytes of padding glyph %d is another", padding, id)
				}
			}
		}
	}
}

func TestPostScriptName(t *testing.T) {
	utf16 := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteString(words(int(r)))
		}
		return b.String()
	}
	table := func(id int, text string) string {
		return words(0, 1, 18, 3, 1, 0x409, id, len(text), 0) + text
	}
	cases := []struct{ name, table, want string }{
		{"UTF-16", table(6, utf16("Some-Face")), "Some-Face"},
		{"Macintosh", table(6, "Some-Face"), "Some-Face"},
		{"full name instead", table(4, utf16("Some Face")), "SomeFace"},
		{"delimiters", table(6, utf16("A(b)/<c>%d#e\x00")), "Abcde"},
		{"too long", table(6, strings.Repeat("x", 100)), strings.Repeat("x", 63)},
		{"no names", words(0, 0, 6), "Unnamed"},
		{"no table", "", "Unnamed"},
		{"text out of reach", words(0, 1, 18, 3, 1, 0x409, 6, 500, 0), "Unnamed"},
	}
	for _, c := range cases {
		if got := postScriptName(view(c.table)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAdvance(t *testing.T) {
	f := mustParse(t, small())
	if got := f.Advance(gRing); got != 400+gRing {
		t.Errorf("the ring advances %d", got)
	}
	if got := f.Advance(smallGlyphs); got != 0 {
		t.Errorf("a glyph that is not there advances %d", got)
	}
	// Glyphs from the third on share an advance and keep their side bearings.
	hhea := smallTables()["hhea"]
	shared := mustParse(t, with(map[string]string{
		"hhea": hhea[:34] + words(3),
		"hmtx": words(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
	}))
	if got := shared.Advance(gSpace); got != 5 {
		t.Errorf("the space advances %d, want 5", got)
	}
	if got := shared.sideBearing(gSpace); got != 8 {
		t.Errorf("the space has side bearing %d, want 8", got)
	}
}

func TestBounds(t *testing.T) {
	f := mustParse(t, small())
	if box, ok := f.Bounds(gTriangle); !ok || box != (typeset.Bounds{XMin: 0, YMin: 0, XMax: 400, YMax: 700}) {
		t.Errorf("the triangle's box is %v, %t", box, ok)
	}
	for _, id := range []typeset.GlyphID{gSpace, gShort, smallGlyphs, 0xFFFF} {
		if box, ok := f.Bounds(id); ok {
			t.Errorf("glyph %d has the box %v and no ink", id, box)
		}
	}
}
