package templates_test

import (
	"testing"

	"offprint/templates"
)

func TestFontSize(t *testing.T) {
	d, err := templates.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		value  string
		points float64 // 0: refused
		leads  float64 // the step's leading; 0: no step has the size
	}{
		{"", 10.5, 18.4},
		{"large", 12, 21},
		{"12", 12, 21},
		{"12.0", 12, 21},
		{"13", 13, 0},
		{"8", 8, 0},
		{"32", 32, 0},
		{"7.99", 0, 0},
		{"32.01", 0, 0},
		{"NaN", 0, 0},
		{"12pt", 0, 0},
		{"tiny", 0, 0},
	} {
		points, step, err := d.FontSize(c.value)
		if points != c.points || (err != nil) != (c.points == 0) || (step != nil) != (c.leads != 0) {
			t.Errorf("%q: %v points, step %v, error %v", c.value, points, step, err)
		} else if step != nil && step.Leading != c.leads {
			t.Errorf("%q: leading %v, want %v", c.value, step.Leading, c.leads)
		}
	}
	const sizes = "small, medium, large, x-large, xx-large, huge, giant, or points from 8 to 32"
	if got := d.Sizes(); got != sizes {
		t.Errorf("sizes %q, want %q", got, sizes)
	}
}
