package proof

// source is one character of the expected text.
type source struct {
	r      rune
	block  int
	spaced bool // a space stands before it
}

// mostDifferent is how many characters may differ before the rest of the text counts as
// another one: it bounds time and memory.
const mostDifferent = 3000

// match finds for each printed character which expected one it is.
func (p *proof) match() {
	for i, b := range p.expected {
		p.starts = append(p.starts, len(p.source))
		spaced := false
		for _, r := range b.Text {
			if blank(r) {
				spaced = true
				continue
			}
			p.source = append(p.source, source{r, i, spaced})
			spaced = false
		}
	}
	p.starts = append(p.starts, len(p.source))
	p.report.Characters = len(p.source)
	p.found = make([]bool, len(p.source))

	var want, have []rune
	for _, s := range p.source {
		want = append(want, s.r)
	}
	for _, l := range p.lines {
		for i := range l.chars {
			have = appendVisible(have, l.chars[i].text)
		}
	}
	p.assign(align(want, have))
}

func appendVisible(runes []rune, text string) []rune {
	for _, r := range text {
		if !blank(r) {
			runes = append(runes, r)
		}
	}
	return runes
}

// assign writes the places into the characters.
func (p *proof) assign(places []int) {
	k := 0
	for _, l := range p.lines {
		for i := range l.chars {
			c := &l.chars[i]
			for _, r := range c.text {
				if blank(r) {
					continue
				}
				if at := places[k]; at >= 0 {
					p.found[at] = true
					if c.first < 0 {
						c.first, c.spaced = at, p.source[at].spaced
					}
					c.final = at
				}
				k++
			}
		}
	}
}

// align gives for each rune of have its place in want, or −1, so that as many as
// can be are matched in their order (Myers, "An O(ND) Difference Algorithm",
// 1986).
func align(want, have []rune) []int {
	places := make([]int, len(have))
	for i := range places {
		places[i] = -1
	}
	paths, ok := search(want, have)
	if !ok { // another text: what both begin with
		for i := 0; i < min(len(want), len(have)) && want[i] == have[i]; i++ {
			places[i] = i
		}
		return places
	}
	x, y := len(want), len(have)
	for d := len(paths) - 1; d >= 0; d-- {
		var fromX, fromY int
		if d > 0 {
			from := paths.before(d, x-y)
			fromX = paths[d-1].x(from)
			fromY = fromX - from
		}
		for x > fromX && y > fromY {
			x, y = x-1, y-1
			places[y] = x
		}
		x, y = fromX, fromY
	}
	return places
}

// reach is how far into want the best paths with d differences come, for the
// diagonals −d to d; a diagonal k is where the place in want is k ahead of that
// in have.
type reach []int32

func (r reach) x(k int) int { return int(r[len(r)/2+k]) }

// paths has a reach for each number of differences, from 0.
type paths []reach

// before is the diagonal from which the best path with d differences, d > 0,
// came to diagonal k.
func (p paths) before(d, k int) int {
	if k == -d || k != d && p[d-1].x(k-1) < p[d-1].x(k+1) {
		return k + 1
	}
	return k - 1
}

// search finds the paths up to the one that ends both texts; ok is false when
// they differ too much.
func search(want, have []rune) (p paths, ok bool) {
	for d := 0; d <= min(len(want)+len(have), mostDifferent); d++ {
		r := make(reach, 2*d+1)
		p = append(p, r)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				from := p.before(d, k)
				x = p[d-1].x(from)
				if from < k {
					x++ // one rune of want is missing
				}
			}
			for y := x - k; x < len(want) && y < len(have) && want[x] == have[y]; y++ {
				x++
			}
			r[d+k] = int32(x)
			if x >= len(want) && x-k >= len(have) {
				return p, true
			}
		}
	}
	return nil, false
}
