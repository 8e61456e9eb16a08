package fonts

import (
	"strings"
	"testing"

	"offprint/typeset"
)

func TestOutline(t *testing.T) {
	cases := []struct {
		name string
		id   typeset.GlyphID
		want string
	}{
		{"straight lines", gTriangle, "M 0,0 L 200,700 L 400,0 Z"},
		{"no point on the contour", gRing, "M 51,0 Q 0,0 0,51 Q 0,101 51,101 Q 101,101 101,51 Q 101,0 51,0 Z"},
		{"packed, starting off the contour", gPacked, "M 13,12 Q 10,0 15,4 L 20,8 Z"},
		{"no ink", gSpace, ""},
		{
			"moved by bytes; halved and moved by words", gMoved,
			"M 10,-10 L 210,690 L 410,-10 Z M 300,-20 L 400,330 L 500,-20 Z",
		},
		{
			"a point on a point", gMeeting,
			"M 0,0 L 200,700 L 400,0 Z M 400,0 L 600,700 L 800,0 Z",
		},
		{
			"a composite of a composite, mirrored, its offset scaled", gNested,
			"M 50,50 L 150,-300 L 250,50 Z M 250,50 L 350,-300 L 450,50 Z",
		},
		{"turned", gTurned, "M 700,0 L 0,200 L 700,400 Z"},
	}
	f := mustParse(t, small())
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got path
			if err := f.Outline(c.id, &got); err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("got  %s\nwant %s", got.String(), c.want)
			}
		})
	}
}

func TestOutlineRefuses(t *testing.T) {
	missingPoint := compositeGlyph(
		words(argsAreOffsets|moreComponents, gTriangle)+"\x00\x00",
		words(0, gTriangle)+"\x09\x00")
	cases := []struct {
		name   string
		record string
		want   string
	}{
		{"no header", words(1, 0), "cut short"},
		{"no coordinates", words(1, 0, 0, 500, 500, 40, 0) + "\x01\x01", "cut short"},
		{"no end of contours", words(9, 0, 0, 500, 500), "cut short"},
		{"contours out of order", words(2, 0, 0, 500, 500, 3, 1, 0) + strings.Repeat("\x01", 40), "out of order"},
		{"a composite of itself", compositeGlyph(words(argsAreOffsets|argsAreWords, gLast, 0, 0)), "nested too deeply"},
		{"very many parts", compositeGlyph(strings.Repeat(words(argsAreOffsets|argsAreWords|moreComponents, gRing, 0, 0), mostParts) +
			words(argsAreOffsets|argsAreWords, gRing, 0, 0)), "too many parts"},
		{"a part that is not there", compositeGlyph(words(argsAreOffsets|argsAreWords, 99, 0, 0)), "part 99: the font has 12 glyphs"},
		{"a point that is not there", missingPoint, "a point that is not there"},
		{"a part cut short", compositeGlyph(words(argsAreOffsets|argsAreWords, gRing)), "part 1 of the composite is cut short"},
		{"a following part cut short", compositeGlyph(words(argsAreOffsets|argsAreWords|moreComponents, gRing, 0, 0)), "part 2 of the composite is cut short"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			// The record takes the place of the last glyph.
			tables := smallTables()
			loca, glyf := tables["loca"], tables["glyf"]
			tables["glyf"] = glyf + c.record
			tables["loca"] = loca[:4*gLast] + long(len(glyf)) + long(len(glyf)+len(c.record))
			f := mustParse(t, assemble(tables))

			var got path
			err := f.Outline(gLast, &got)
			if err == nil || !strings.Contains(err.Error(), "draw glyph 11 of Small: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one that says %q", err, c.want)
			}
			if got.Len() > 0 {
				t.Errorf("the pen was moved: %s", got.String())
			}
		})
	}
}

// A few hundred bytes can stand for 65,536 points, and a composite can draw them
// again and again.
func TestOutlineBoundsItsPoints(t *testing.T) {
	many := words(1, 0, 0, 1, 1, 0xFFFF, 0) + strings.Repeat("\x39\xff", 256) // on, repeated, x and y the same
	part := words(argsAreOffsets|argsAreWords|moreComponents, gNotdef, 0, 0)
	glyf := many + compositeGlyph(part, part, words(argsAreOffsets|argsAreWords, gNotdef, 0, 0))
	f := mustParse(t, with(map[string]string{
		"glyf": glyf,
		"loca": long(0) + strings.Repeat(long(len(many)), smallGlyphs-1) + long(len(glyf)),
	}))
	if err := f.Outline(gNotdef, &path{}); err != nil {
		t.Errorf("65,536 points are refused: %v", err)
	}
	if err := f.Outline(gLast, &path{}); err == nil || !strings.Contains(err.Error(), "more than 131072 points") {
		t.Errorf("got error %v for three times as many", err)
	}
}

func TestOutlineOfAGlyphThatIsNotThere(t *testing.T) {
	f := mustParse(t, small())
	if err := f.Outline(smallGlyphs, &path{}); err == nil || !strings.Contains(err.Error(), "has 12 glyphs") {
		t.Errorf("got error %v", err)
	}
	loca := smallTables()["loca"]
	f = mustParse(t, with(map[string]string{"loca": loca[:len(loca)-4] + long(1<<20)}))
	if err := f.Outline(gLast, &path{}); err == nil || !strings.Contains(err.Error(), "outside") {
		t.Errorf("got error %v", err)
	}
}
