package linebreak

// The prices of a line. Only their proportions mean anything. Opening the Han
// gaps by 50/1000 em costs 10,000, and opening them wider costs steeply more.
// Giving up all the shrinkable white of a line costs about 7,000.
const (
	overfullCost   = int64(1) << 46   // nothing in the line can be broken
	unfilledCost   = int64(3_000_000) // nothing in the line can be opened, or not by as much
	unfilledEm     = 2_000_000        // for the square of the ems that stay white then
	roughnessCost  = 1200             // for each step of tightness between neighbours beyond one
	hanGapFree     = 50               // thousandths of an em: what is wider is seen at once
	lineCost       = 60               // fewer lines where all else is equal
	raggedUnitCost = 4
)

// tightness parts lines into classes, so that a tight line beside a loose one
// can be priced.
type tightness uint8

const (
	tight tightness = iota
	even
	loose
	gaping
	tightnesses
)

// cost gives the price of one line by itself, and how tight the line is.
func (f *fitter) cost(s *sums) (int64, tightness) {
	total := int64(lineCost)
	if s.last {
		total += f.runtCost(s)
	}
	switch {
	case s.slack < 0:
		c, t := shrinking(s)
		return total + c, t
	case s.last:
		return total, even
	case !f.justify:
		return total + f.ragged(s), even
	}
	c, t := f.stretching(s)
	return total + min(c, f.unfilled(s)), t
}

// unfilled is the most that a line which can't be opened well may cost. It
// grows by the square of the white: two lines opened a little are better than
// one torn apart.
func (f *fitter) unfilled(s *sums) int64 {
	tenths := int64(s.slack) * 10 / int64(f.em)
	return unfilledCost + unfilledEm*tenths*tenths/100
}

func shrinking(s *sums) (int64, tightness) {
	need := -s.slack
	if need > s.shrinkable {
		return overfullCost + int64(need-s.shrinkable), tight
	}
	var total int64
	class := even
	for r, have := range s.shrink {
		if need <= 0 {
			break
		}
		if have > 0 {
			part := int64(min(need, have)) * 1000 / int64(have)
			total += shrinkCost[r] * part * part / 1_000_000
			need -= min(need, have)
			if r > int(shrinkInterpunct) && part > 400 {
				class = tight
			}
		}
	}
	return total, class
}

func (f *fitter) stretching(s *sums) (int64, tightness) {
	rest := s.slack
	var total int64
	for r, worst := range stretchCost {
		if have := s.stretch[r]; have > 0 && rest > 0 {
			part := int64(min(rest, have)) * 1000 / int64(have)
			total += worst * part * part / 1_000_000
			rest -= min(rest, have)
		}
	}
	if rest <= 0 {
		return total, even
	}
	if s.stretchable == 0 {
		return unreached, gaping
	}
	gap := int64(hanStretch)
	if have := s.stretch[stretchHan]; have > 0 {
		gap = int64(min(rest, have)) * hanStretch / int64(have)
		rest -= min(rest, have)
	} else {
		total += hanGapCost(hanStretch)
	}
	if s.stretch[stretchHan] > 0 {
		total += hanGapCost(gap)
	}
	if rest > 0 {
		over := int64(rest) * 1000 / int64(s.stretchable)
		total += over*400 + over*over
	}
	return total, tightnessOf(gap)
}

// hanGapCost is the cost of opening every Han gap by so many thousandths of an em.
func hanGapCost(gap int64) int64 {
	cost := 4 * gap * gap
	if wide := gap - hanGapFree; wide > 0 {
		cost += 200 * wide * wide
	}
	return cost
}

func tightnessOf(gap int64) tightness {
	switch {
	case gap < 15:
		return even
	case gap < hanGapFree:
		return loose
	}
	return gaping
}

// ragged prices the white at the end of a line that is not justified.
func (f *fitter) ragged(s *sums) int64 {
	part := int64(s.slack) * 10 / int64(f.em)
	return raggedUnitCost * part * part / 100
}

// between is the cost of two neighbouring lines of unlike tightness.
func between(a, b tightness) int64 {
	d := int64(a) - int64(b)
	if d < 0 {
		d = -d
	}
	if d <= 1 {
		return 0
	}
	return (d - 1) * roughnessCost
}
