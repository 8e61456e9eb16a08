package typeset

import "testing"

func TestScaleRoundsHalvesAwayFromZero(t *testing.T) {
	for _, c := range []struct{ l, num, den, want int64 }{
		{10, 1, 4, 3}, {-10, 1, 4, -3}, {10, 1, 3, 3}, {-10, 1, 3, -3}, {7, 2, 1, 14}, {0, 5, 7, 0},
	} {
		if got := Length(c.l).Scale(c.num, c.den); got != Length(c.want) {
			t.Errorf("Length(%d).Scale(%d, %d) = %d, want %d", c.l, c.num, c.den, got, c.want)
		}
	}
}

func TestUnits(t *testing.T) {
	if got := Millimetres(25.4); got != 72*Point {
		t.Errorf("an inch is %s pt, want 72", got)
	}
	if got := Points(10.5).Em(250); got != Points(2.625) {
		t.Errorf("a quarter of 10.5 pt is %s", got)
	}
	if got := Points(18.4).String(); got != "18.4" {
		t.Errorf("18.4 pt is written %q", got)
	}
}
