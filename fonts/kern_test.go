package fonts

import (
	"sync"
	"testing"

	"offprint/typeset"
)

func TestKern(t *testing.T) {
	old := words(0, 1) + words(0, 14+18, 1, 3, 12, 1, 6) + // version, tables; version, length, horizontal; search aids
		words(gTriangle, gTriangle, -5, gTriangle, gRing, -6, gRing, gTriangle, 7)
	vertical := words(0, 1) + words(0, 14+18, 0, 3, 12, 1, 6) + old[4+14:]
	faces := map[string]*Font{
		"GPOS":           mustParse(t, small()),
		"GPOS and kern":  mustParse(t, with(map[string]string{"kern": old})),
		"kern":           mustParse(t, with(map[string]string{"GPOS": "", "kern": old})),
		"vertical kern":  mustParse(t, with(map[string]string{"GPOS": "", "kern": vertical})),
		"Apple's kern":   mustParse(t, with(map[string]string{"GPOS": "", "kern": words(1, 0) + long(1) + old[4:]})),
		"kern cut short": mustParse(t, with(map[string]string{"GPOS": "", "kern": old[:16]})),
		"neither":        mustParse(t, with(map[string]string{"GPOS": ""})),
	}
	cases := []struct {
		face        string
		left, right typeset.GlyphID
		want        int
	}{
		{"GPOS", gTriangle, gTriangle, -30}, // pair; classes 0, 0 add 0
		{"GPOS", gTriangle, gRing, -50},
		{"GPOS", gTriangle, gPacked, -11}, // no pair; classes 0, 1
		{"GPOS", gRing, gSpace, -70},      // classes 1, 1
		{"GPOS", gRing, gTriangle, 5},     // classes 1, 0
		{"GPOS", gPacked, gSpace, -11},
		{"GPOS", gSpace, gTriangle, 0}, // not covered
		{"GPOS", 0xFFFF, 0xFFFF, 0},
		{"GPOS and kern", gTriangle, gRing, -50}, // GPOS has the say
		{"kern", gTriangle, gTriangle, -5},
		{"kern", gTriangle, gRing, -6},
		{"kern", gRing, gTriangle, 7},
		{"kern", gRing, gRing, 0},
		{"vertical kern", gTriangle, gRing, 0},
		{"Apple's kern", gTriangle, gRing, 0},
		{"kern cut short", gTriangle, gRing, 0},
		{"neither", gTriangle, gRing, 0},
	}
	for _, c := range cases {
		if got := faces[c.face].Kern(c.left, c.right); got != c.want {
			t.Errorf("%s: between %d and %d: %d, want %d", c.face, c.left, c.right, got, c.want)
		}
	}
}

// The pairs are read on first use, by whichever goroutine comes first.
func TestKernFromManyGoroutines(t *testing.T) {
	f := mustParse(t, small())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := f.Kern(gTriangle, gRing); got != -50 {
				t.Errorf("got %d, want -50", got)
			}
		})
	}
	all.Wait()
}

// A hostile table may name one list of subtables from many lookups.
func TestKernBoundsWhatItReads(t *testing.T) {
	const many = 5000
	indexes := make([]int, many)
	offsets := make([]int, many)
	for i := range many {
		indexes[i] = i
		offsets[i] = 2 + 2*many // all the same lookup
	}
	scripts := words(1) + "DFLT" + words(8) + words(4, 0) + words(0, 0xFFFF, 1, 0)
	features := words(1) + "kern" + words(8) + words(0, many) + words(indexes...)
	subtables := make([]int, many)
	for i := range subtables {
		subtables[i] = 6 + 2*many
	}
	lookup := words(2, 0, many) + words(subtables...) + words(1, 10, 4, 0, 0, 1, 0)
	gpos := words(1, 0, 10, 10+len(scripts), 10+len(scripts)+len(features)) +
		scripts + features + words(many) + words(offsets...) + lookup

	f := mustParse(t, with(map[string]string{"GPOS": gpos}))
	tables := 0
	for _, lookup := range f.pairs().lookups {
		tables += len(lookup)
	}
	if tables == 0 || tables > mostPairTables {
		t.Errorf("%d subtables were opened, want 1 to %d", tables, mostPairTables)
	}
}
