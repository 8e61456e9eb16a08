package squareface

import (
	"sync"
	"testing"

	"offprint/typeset"
)

var _ typeset.Face = (*Face)(nil)

func TestAdvances(t *testing.T) {
	f := &Face{}
	for r, want := range map[rune]int{'国': 1000, '，': 1000, '“': 1000, 'か': 1000, '한': 1000, '０': 1000, 'a': 500, '1': 500, ' ': 500, '-': 500, '⸺': 2000, '\u0301': 0} {
		id, ok := f.Glyph(r)
		if !ok || id == 0 {
			t.Errorf("%q has no glyph", r)
		}
		if got := f.Advance(id); got != want {
			t.Errorf("%q is %d wide, want %d", r, got, want)
		}
		if f.Rune(id) != r {
			t.Errorf("glyph %d draws %q, want %q", id, f.Rune(id), r)
		}
	}
}

func TestInk(t *testing.T) {
	f := &Face{}
	centred := &Face{Centred: true}
	for _, c := range []struct {
		face     *Face
		r        rune
		min, max int
	}{
		{f, '，', 50, 350},
		{f, '（', 650, 950},
		{f, '·', 350, 650},
		{f, '—', 0, 1000},
		{f, '国', 50, 950},
		{centred, '，', 350, 650},
		{centred, '（', 650, 950},
		{&Face{ShortDash: true}, '—', 100, 900},
	} {
		id, _ := c.face.Glyph(c.r)
		if box, ok := c.face.Bounds(id); !ok || box.XMin != c.min || box.XMax != c.max {
			t.Errorf("%q: ink %d–%d, want %d–%d", c.r, box.XMin, box.XMax, c.min, c.max)
		}
	}
	space, _ := f.Glyph(' ')
	if _, ok := f.Bounds(space); ok {
		t.Error("a space has ink")
	}
}

func TestLacksAndKern(t *testing.T) {
	f := &Face{Lacks: "龘", Pairs: map[string]int{"AV": -80}}
	if _, ok := f.Glyph('龘'); ok {
		t.Error("the face has what it lacks")
	}
	a, _ := f.Glyph('A')
	v, _ := f.Glyph('V')
	if got := f.Kern(a, v); got != -80 {
		t.Errorf("kern %d, want -80", got)
	}
	if got := f.Kern(v, a); got != 0 {
		t.Errorf("kern %d the other way round, want 0", got)
	}
}

// TestManyAtOnce is for the race detector, and holds that a character keeps its
// glyph.
func TestManyAtOnce(t *testing.T) {
	f := &Face{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for r := '一'; r < '一'+500; r++ {
				id, _ := f.Glyph(r)
				if f.Rune(id) != r {
					t.Errorf("%q is drawn by %q", r, f.Rune(id))
				}
			}
		})
	}
	wg.Wait()
}
