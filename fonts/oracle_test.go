package fonts

import (
	"os"
	"slices"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"offprint/typeset"
)

// The embedded files, for tests that look inside; the package that embeds them
// imports this one.
var embeddedFiles = []string{
	"noto/NotoSansSC_400Regular.ttf",
	"noto/NotoSansSC_700Bold.ttf",
	"noto/NotoSansHK_400Regular.ttf",
	"noto/NotoSansHK_700Bold.ttf",
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// oracle is another reader of the same font: golang.org/x/image/font/sfnt, at
// as many pixels an em as there are units, so that its numbers are font units
// in 1/64.
type oracle struct {
	font   *sfnt.Font
	buffer sfnt.Buffer
	em     fixed.Int26_6
}

func newOracle(t testing.TB, data string) *oracle {
	t.Helper()
	f, err := sfnt.Parse([]byte(data))
	if err != nil {
		t.Fatalf("the other reader refuses the font: %v", err)
	}
	return &oracle{font: f, em: fixed.I(int(f.UnitsPerEm()))}
}

func (o *oracle) glyph(t testing.TB, r rune) int {
	id, err := o.font.GlyphIndex(&o.buffer, r)
	if err != nil {
		t.Fatal(err)
	}
	return int(id)
}

func (o *oracle) advance(t testing.TB, id int) int {
	advance, err := o.font.GlyphAdvance(&o.buffer, sfnt.GlyphIndex(id), o.em, font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	return advance.Round()
}

func (o *oracle) kern(left, right typeset.GlyphID) int {
	kern, err := o.font.Kern(&o.buffer, sfnt.GlyphIndex(left), sfnt.GlyphIndex(right), o.em, font.HintingNone)
	if err != nil {
		return 0 // it has no pair
	}
	return kern.Round()
}

// strokes is an outline as numbers, for comparing very many.
type strokes []stroke

type stroke struct {
	kind  byte
	steer point // of a curve
	end   point
}

func (s *strokes) MoveTo(x, y int)         { *s = append(*s, stroke{kind: 'M', end: on(x, y)}) }
func (s *strokes) LineTo(x, y int)         { *s = append(*s, stroke{kind: 'L', end: on(x, y)}) }
func (s *strokes) QuadTo(cx, cy, x, y int) { *s = append(*s, stroke{'Q', off(cx, cy), on(x, y)}) }
func (s *strokes) Close()                  { *s = append(*s, stroke{kind: 'Z'}) }

// same compares two outlines. The other reader takes the points between curves
// down where they fall on half a unit, we take them up.
func (s strokes) same(other strokes) bool {
	near := func(a, b int) bool { return a-b >= -1 && a-b <= 1 }
	return slices.EqualFunc(s, other, func(a, b stroke) bool {
		return a.kind == b.kind && a.steer == b.steer && near(a.end.x, b.end.x) && near(a.end.y, b.end.y)
	})
}

// outline takes the contours over. The other reader ends each with a line back
// to its start.
func (o *oracle) outline(t testing.TB, id int, to *strokes) {
	segments, err := o.font.LoadGlyph(&o.buffer, sfnt.GlyphIndex(id), o.em, nil)
	if err != nil {
		t.Fatal(err)
	}
	var start fixed.Point26_6
	for i, s := range segments {
		a := s.Args
		last := i+1 == len(segments) || segments[i+1].Op == sfnt.SegmentOpMoveTo
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			start = a[0]
			to.MoveTo(a[0].X.Round(), -a[0].Y.Round())
		case sfnt.SegmentOpLineTo:
			if !last || a[0] != start {
				to.LineTo(a[0].X.Round(), -a[0].Y.Round())
			}
		case sfnt.SegmentOpQuadTo:
			to.QuadTo(a[0].X.Round(), -a[0].Y.Round(), a[1].X.Round(), -a[1].Y.Round())
		}
		if last {
			to.Close()
		}
	}
}

// Every glyph and every character of the embedded files, read twice.
func TestEmbeddedFilesReadAsTheyDoElsewhere(t *testing.T) {
	for _, name := range embeddedFiles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := readFile(t, name)
			ours, theirs := mustParse(t, data), newOracle(t, data)
			if ours.NumGlyphs() != theirs.font.NumGlyphs() {
				t.Fatalf("%d glyphs, elsewhere %d", ours.NumGlyphs(), theirs.font.NumGlyphs())
			}
			compareCharacters(t, ours, theirs)
			compareGlyphs(t, ours, theirs)
			compareKerning(t, ours, theirs)
		})
	}
}

func compareCharacters(t *testing.T, ours *Font, theirs *oracle) {
	for r := rune(0); r <= 0x2FFFF; r++ {
		id, ok := ours.Glyph(r)
		want := theirs.glyph(t, r)
		if int(id) != want || ok != (want != 0) {
			t.Errorf("%U is glyph %d, %t; elsewhere %d", r, id, ok, want)
		}
	}
}

func compareGlyphs(t *testing.T, ours *Font, theirs *oracle) {
	var got, want strokes
	for id := range ours.NumGlyphs() {
		n := typeset.GlyphID(id)
		if got, want := ours.Advance(n), theirs.advance(t, id); got != want {
			t.Errorf("glyph %d advances %d, elsewhere %d", id, got, want)
		}
		got, want = got[:0], want[:0]
		if err := ours.Outline(n, &got); err != nil {
			t.Error(err)
		}
		if theirs.outline(t, id, &want); !got.same(want) {
			t.Errorf("glyph %d is drawn %v, elsewhere %v", id, got, want)
		}
	}
}

func compareKerning(t *testing.T, ours *Font, theirs *oracle) {
	var letters []typeset.GlyphID
	for r := ' '; r < 0x250; r++ {
		if id, ok := ours.Glyph(r); ok {
			letters = append(letters, id)
		}
	}
	kerned := 0
	for _, left := range letters {
		for _, right := range letters {
			got, want := ours.Kern(left, right), theirs.kern(left, right)
			if got != want {
				t.Errorf("between %d and %d: %d, elsewhere %d", left, right, got, want)
			}
			if got != 0 {
				kerned++
			}
		}
	}
	if kerned == 0 {
		t.Error("no pair of letters is kerned")
	}
}

// A subset of each face, read by ourselves and elsewhere.
func TestSubsetsReadAsTheirFacesDo(t *testing.T) {
	for _, name := range embeddedFiles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := mustParse(t, readFile(t, name))
			ids := textGlyphs(whole, 700)
			ids = append(ids, ids[0], ids[1], ids[0])
			data, err := whole.Subset(asDrawn(whole, ids))
			if err != nil {
				t.Fatal(err)
			}
			font := dressed(data)
			ours, theirs := mustParse(t, font), newOracle(t, font)
			for i, id := range ids {
				n := typeset.GlyphID(i + 1)
				advance, drawn := whole.Advance(id), outlineOf(t, whole, id)
				if ours.Advance(n) != advance || outlineOf(t, ours, n) != drawn {
					t.Errorf("glyph %d is not the face's glyph %d", n, id)
				}
				var there strokes
				theirs.outline(t, i+1, &there)
				if theirs.advance(t, i+1) != advance || !there.same(strokesOf(t, whole, id)) {
					t.Errorf("elsewhere glyph %d is not the face's glyph %d", n, id)
				}
			}
		})
	}
}

func strokesOf(t *testing.T, f *Font, id typeset.GlyphID) strokes {
	t.Helper()
	var s strokes
	if err := f.Outline(id, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// textGlyphs gives the glyphs of Latin letters and of Han characters from all
// over the block, as many as asked for.
func textGlyphs(f *Font, count int) []typeset.GlyphID {
	var ids []typeset.GlyphID
	add := func(r rune) {
		if id, ok := f.Glyph(r); ok && len(ids) < count {
			ids = append(ids, id)
		}
	}
	for _, r := range "，。、；：？！“”（）《》「」0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		add(r)
	}
	for r := rune(0x4E00); r < 0x9FA5; r += 7 {
		add(r)
	}
	return ids
}
