package fonts

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"offprint/typeset"
)

// movedBy moves an outline that was written as text.
func movedBy(outline string, shift int) string {
	fields := strings.Fields(outline)
	for i, field := range fields {
		var x, y int
		if n, _ := fmt.Sscanf(field, "%d,%d", &x, &y); n == 2 {
			fields[i] = fmt.Sprintf("%d,%d", x+shift, y)
		}
	}
	return strings.Join(fields, " ")
}

// variantsHold makes a subset of variants and wants each to have its advance, its
// outline moved as asked, an ink box and a bearing that moved with it, and room
// for it in the tables that say how much there is.
func variantsHold(t *testing.T, f *Font, variants []typeset.Variant) {
	t.Helper()
	data, err := f.Subset(variants)
	if err != nil {
		if !strings.HasPrefix(err.Error(), "subset font ") {
			t.Fatal(err)
		}
		return
	}
	s, err := Parse(dressed(data))
	if err != nil {
		t.Fatalf("the subset is no font: %v", err)
	}
	for i, v := range variants {
		n := typeset.GlyphID(i + 1)
		if s.Advance(n) != v.Advance {
			t.Fatalf("glyph %d of %+v is %d wide", n, v, s.Advance(n))
		}
		if got := s.sideBearing(n); got != int(int16(f.sideBearing(v.ID)+v.Shift)) {
			t.Fatalf("glyph %d of %+v has the bearing %d", n, v, got)
		}
		// A composite of the face lies one deeper where it is moved; one as deep as may
		// be is not drawn then. What is cut short in the face may be whole in the
		// subset, which pads its records.
		want, got := movedBy(drawn(f, v.ID), v.Shift), drawn(s, n)
		record, _ := f.record(v.ID)
		tooDeep := got == "" && v.Shift != 0 && isComposite(record)
		if got != want && want != "" && !tooDeep {
			t.Fatalf("glyph %d of %+v is drawn\n%s, want\n%s", n, v, got, want)
		}
		was, inked := f.Bounds(v.ID)
		if is, ok := s.Bounds(n); inked && (!ok || is.XMin != int(int16(was.XMin+v.Shift)) || is.XMax != int(int16(was.XMax+v.Shift)) || is.YMin != was.YMin) {
			t.Fatalf("glyph %d of %+v has its ink at %v, in the face it is at %v", n, v, is, was)
		}
		if v.Advance > s.hhea.u16(10) {
			t.Fatalf("hhea knows of no advance over %d", s.hhea.u16(10))
		}
	}
}

func TestVariantsOfEveryGlyph(t *testing.T) {
	f := mustParse(t, small())
	var variants []typeset.Variant
	for id := range smallGlyphs {
		for _, shift := range []int{0, -500, 0, 250} {
			variants = append(variants, typeset.Variant{ID: typeset.GlyphID(id), Advance: 40 + 7*len(variants), Shift: shift})
		}
	}
	variantsHold(t, f, variants)
	variantsHold(t, f, variants[2:3])
	// The outline is not there where it was drawn: it follows after.
	variantsHold(t, f, []typeset.Variant{{ID: gRing, Advance: 1, Shift: 3}, {ID: gNested, Advance: 65535, Shift: -3}})
	data, err := f.Subset([]typeset.Variant{{ID: gNested, Advance: 1, Shift: 3}})
	if err != nil || drawn(mustParse(t, dressed(data)), 1) == "" {
		t.Errorf("a composite that is moved is not drawn (%v)", err)
	}
}

// An outline stands once in the file, and a composite of it has some twenty bytes.
func TestVariantsAreSmall(t *testing.T) {
	f := mustParse(t, readFile(t, embeddedFiles[0]))
	ids := textGlyphs(f, 600)
	one := asDrawn(f, ids)
	three := append([]typeset.Variant{}, one...)
	for _, v := range one {
		three = append(three, typeset.Variant{ID: v.ID, Advance: v.Advance + 250}, typeset.Variant{ID: v.ID, Advance: v.Advance, Shift: -250})
	}
	a, err := f.Subset(one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Subset(three)
	if err != nil {
		t.Fatal(err)
	}
	// 20 bytes the record, 4 of hmtx, 4 of loca.
	if more := (len(b) - len(a)) / (2 * len(ids)); more > 28 {
		t.Errorf("a variant takes %d bytes", more)
	}
}

// maxp says how much a rasteriser has to make room for: a simple glyph that is
// moved is a composite of its points, one deep.
func TestVariantsRaiseTheMaxima(t *testing.T) {
	f := mustParse(t, with(map[string]string{"maxp": words(1, 0, smallGlyphs, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)}))
	record, _ := f.record(gRing)
	points, contours := simpleSize(record)
	data, err := f.Subset([]typeset.Variant{{ID: gRing, Advance: 9, Shift: 5}})
	if err != nil {
		t.Fatal(err)
	}
	maxp := mustParse(t, dressed(data)).maxp
	if got := []int{maxp.u16(10), maxp.u16(12), maxp.u16(28), maxp.u16(30)}; fmt.Sprint(got) != fmt.Sprint([]int{points, contours, 1, 1}) {
		t.Errorf("points, contours, parts and depth of composites are %v, want %d, %d, 1, 1", got, points, contours)
	}
}

// The forms of each embedded face are glyphs like others: the halves of —— meet
// with a hair of overlap half way up the Han, and … stands on the baseline.
func TestForms(t *testing.T) {
	for _, name := range embeddedFiles {
		f := mustParse(t, readFile(t, name))
		start, ok := f.Form(typeset.DashStart)
		end, ok2 := f.Form(typeset.DashEnd)
		low, ok3 := f.Form(typeset.LowEllipsis)
		if !ok || !ok2 || !ok3 {
			t.Fatalf("%s has no forms", name)
		}
		a, _ := f.Bounds(start)
		b, _ := f.Bounds(end)
		dash, _ := f.Glyph('—')
		drawn, _ := f.Bounds(dash)
		em := f.UnitsPerEm()
		if f.Advance(start) != em || f.Advance(end) != em {
			t.Errorf("%s: the halves are %d and %d wide", name, f.Advance(start), f.Advance(end))
		}
		overlap := a.XMax - (em + b.XMin)
		if overlap < em/100 || overlap > em/25 {
			t.Errorf("%s: the halves overlap by %d", name, overlap)
		}
		if a.YMin != b.YMin || a.YMax != b.YMax || a.YMax-a.YMin != drawn.YMax-drawn.YMin || abs((a.YMin+a.YMax)/2-em*38/100) > 1 {
			t.Errorf("%s: the halves stand at %v and %v, the dash at %v", name, a, b, drawn)
		}
		stop, _ := f.Glyph('.')
		dot, _ := f.Bounds(stop)
		if box, _ := f.Bounds(low); box.YMin != dot.YMin || box.YMax != dot.YMax || f.Advance(low) != 3*f.Advance(stop) {
			t.Errorf("%s: the low ellipsis is %d wide at %v", name, f.Advance(low), box)
		}
		for _, id := range []typeset.GlyphID{start, end, low} {
			box, _ := f.Bounds(id)
			var p boxPen
			if err := f.Outline(id, &p); err != nil || p.box != box {
				t.Errorf("%s: form %d is drawn at %v, its box is %v (%v)", name, id, p.box, box, err)
			}
		}
		variantsHold(t, f, []typeset.Variant{
			{ID: start, Advance: em}, {ID: low, Advance: 900}, {ID: low, Advance: 700, Shift: 90}, {ID: end, Advance: em, Shift: -20}, {ID: dash, Advance: 894},
		})
		if _, ok := f.Form(typeset.Forms); ok {
			t.Errorf("%s has a form that nobody knows", name)
		}
	}
}

func abs(n int) int { return max(n, -n) }

// boxPen measures what is drawn by its corners.
type boxPen struct {
	box   typeset.Bounds
	begun bool
}

func (p *boxPen) to(x, y int) {
	if !p.begun {
		p.box, p.begun = typeset.Bounds{XMin: x, YMin: y, XMax: x, YMax: y}, true
	}
	p.box.XMin, p.box.YMin = min(p.box.XMin, x), min(p.box.YMin, y)
	p.box.XMax, p.box.YMax = max(p.box.XMax, x), max(p.box.YMax, y)
}

func (p *boxPen) MoveTo(x, y int)         { p.to(x, y) }
func (p *boxPen) LineTo(x, y int)         { p.to(x, y) }
func (p *boxPen) QuadTo(cx, cy, x, y int) { p.to(x, y) }
func (p *boxPen) Close()                  {}

// FuzzSubset makes variants of a font of which some bytes are changed: as many as
// asked for, of glyphs, advances and shifts drawn from a seed.
func FuzzSubset(f *testing.F) {
	whole := small()
	f.Add([]byte(whole), uint64(1), 12)
	f.Add([]byte(whole[:len(whole)-9]), uint64(2), 60)
	f.Fuzz(func(t *testing.T, data []byte, seed uint64, count int) {
		font, err := parseOrRefuse(t, string(data))
		if err != nil {
			return
		}
		rng := rand.New(rand.NewPCG(seed, 9))
		variants := make([]typeset.Variant, min(max(count, 0), 100))
		for i := range variants {
			variants[i] = typeset.Variant{
				ID: typeset.GlyphID(rng.IntN(min(font.NumGlyphs()+2, 1<<16))), Advance: rng.IntN(1 << 16),
			}
			if rng.IntN(2) == 0 {
				variants[i].Shift = rng.IntN(4000) - 2000
			}
		}
		variantsHold(t, font, variants)
	})
}
