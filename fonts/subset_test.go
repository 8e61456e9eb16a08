package fonts

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"offprint/typeset"
)

// outlineOf is a glyph's outline as text, for comparing.
func outlineOf(t *testing.T, f *Font, id typeset.GlyphID) string {
	t.Helper()
	var p path
	if err := f.Outline(id, &p); err != nil {
		t.Fatal(err)
	}
	return p.String()
}

func TestSubsetKeepsOrderRepeatsAndComposites(t *testing.T) {
	whole := mustParse(t, small())
	ids := []typeset.GlyphID{gNested, gRing, gRing, gSpace, gMoved, gNotdef, gNested}
	data, err := whole.Subset(asDrawn(whole, ids))
	if err != nil {
		t.Fatal(err)
	}
	f := mustParse(t, dressed(data))

	// .notdef, the seven, then what the composites are made of: gMeeting and
	// the triangle.
	if want := 1 + len(ids) + 2; f.NumGlyphs() != want {
		t.Errorf("the subset has %d glyphs, want %d", f.NumGlyphs(), want)
	}
	for i, id := range append([]typeset.GlyphID{gNotdef}, ids...) {
		n := typeset.GlyphID(i)
		if f.Advance(n) != whole.Advance(id) || f.sideBearing(n) != whole.sideBearing(id) {
			t.Errorf("glyph %d: advance %d and bearing %d, want %d and %d",
				n, f.Advance(n), f.sideBearing(n), whole.Advance(id), whole.sideBearing(id))
		}
		if got, want := outlineOf(t, f, n), outlineOf(t, whole, id); got != want {
			t.Errorf("glyph %d is drawn\n%s, want\n%s", n, got, want)
		}
	}
}

func TestSubsetHasTheTablesOfAPDFAndRightChecksums(t *testing.T) {
	f := mustParse(t, small())
	data, err := f.Subset(asDrawn(f, []typeset.GlyphID{gRing, gMoved}))
	if err != nil {
		t.Fatal(err)
	}
	file := view(data)
	var tags []string
	for i := range file.u16(4) {
		entry := file[12+16*i:][:16]
		tag, sum, at, size := string(entry[:4]), entry.u32(4), entry.u32(8), entry.u32(12)
		tags = append(tags, tag)
		table := []byte(file[at : at+padded(size)])
		if tag == "head" {
			copy(table[8:], []byte{0, 0, 0, 0})
		}
		if got := int(checksum(table)); got != sum {
			t.Errorf("%q has checksum %08x, the directory says %08x", tag, got, sum)
		}
	}
	if got := strings.Join(tags, " "); got != "glyf head hhea hmtx loca maxp prep" {
		t.Errorf("the tables are %s", got)
	}
	if got := checksum(data); got != 0xB1B0AFBA {
		t.Errorf("the whole file adds up to %08x, want b1b0afba", got)
	}
	again, _ := f.Subset(asDrawn(f, []typeset.GlyphID{gRing, gMoved}))
	if !bytes.Equal(data, again) {
		t.Error("the same glyphs give other bytes the second time")
	}
	// Search aids of the directory: 7 tables, so 4 × 16, log 2, 3 × 16.
	if got := []int{file.u16(6), file.u16(8), file.u16(10)}; fmt.Sprint(got) != "[64 2 48]" {
		t.Errorf("the directory's search aids are %v", got)
	}
}

func TestSubsetOfNothing(t *testing.T) {
	f := mustParse(t, small())
	data, err := f.Subset(asDrawn(f, nil))
	if err != nil {
		t.Fatal(err)
	}
	if got := mustParse(t, dressed(data)).NumGlyphs(); got != 1 {
		t.Errorf("it has %d glyphs, want .notdef alone", got)
	}
}

// A composite of itself is copied as it is: its part is the glyph in the subset.
func TestSubsetEndsOnLoops(t *testing.T) {
	f := mustParse(t, small())
	data, err := f.Subset(asDrawn(f, []typeset.GlyphID{gLoop}))
	if err != nil {
		t.Fatal(err)
	}
	if got := mustParse(t, dressed(data)).NumGlyphs(); got != 2 {
		t.Errorf("it has %d glyphs, want 2", got)
	}
}

func TestSubsetRefuses(t *testing.T) {
	f := mustParse(t, small())
	loca := smallTables()["loca"]
	damaged := mustParse(t, with(map[string]string{"loca": loca[:4*gRing] + long(1<<24) + loca[4*gRing+4:]}))
	cut := mustParse(t, with(map[string]string{
		"glyf": compositeGlyph(words(argsAreOffsets|argsAreWords, 2)),
		"loca": long(0) + strings.Repeat(long(14), smallGlyphs),
	}))
	cases := []struct {
		name string
		face *Font
		ids  []typeset.GlyphID
		want string
	}{
		{"a glyph that is not there", f, []typeset.GlyphID{smallGlyphs}, "glyph 12 is not in the face"},
		{"a glyph out of reach", damaged, []typeset.GlyphID{gRing}, "glyph 2 is not in the face or lies outside"},
		{"a composite cut short", cut, nil, "glyph 0: part 1 of the composite is cut short"},
		{"too many glyphs", f, make([]typeset.GlyphID, mostGlyphs), "at most 65535"},
	}
	for _, v := range []typeset.Variant{{Advance: -1}, {Advance: 1 << 16}, {Shift: 1 << 15}, {Shift: -1<<15 - 1}} {
		if _, err := f.Subset([]typeset.Variant{v}); err == nil || !strings.Contains(err.Error(), "glyph 0 cannot be ") {
			t.Errorf("%+v: got error %v", v, err)
		}
	}
	for _, c := range cases {
		_, err := c.face.Subset(asDrawn(c.face, c.ids))
		if err == nil || !strings.HasPrefix(err.Error(), "subset font Small: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want one that says %q", c.name, err, c.want)
		}
	}
}
