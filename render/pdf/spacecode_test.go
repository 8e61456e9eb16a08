package pdf

import (
	"slices"
	"testing"
)

// The widest of a font's spaces is mapped last, since there is a reader that takes
// the last for the font's; the rest keep their order.
func TestWidestSpaceIsMappedLast(t *testing.T) {
	for name, c := range map[string]struct {
		texts  []string
		widths []int
		want   []uint16
	}{
		"no space":         {[]string{"一", "a"}, []int{1000, 555}, []uint16{1, 2}},
		"one space":        {[]string{"一", " ", "a"}, []int{1000, 224, 555}, []uint16{1, 3, 2}},
		"a squeezed space": {[]string{"一", " ", "a", " ", " "}, []int{1000, 224, 555, 474, 40}, []uint16{1, 2, 3, 5, 4}},
		"equal spaces":     {[]string{" ", "a", " "}, []int{224, 555, 224}, []uint16{2, 3, 1}},
	} {
		f := &font{texts: c.texts, widths: c.widths}
		if got := f.codesToMap(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
