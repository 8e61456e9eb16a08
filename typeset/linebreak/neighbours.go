package linebreak

// neighbours are what the rules ask of the text on either side of a place: the
// next character that is no mark, no space, and so on. A text can have a hundred
// thousand marks on one letter, so that each of them must not look for the letter
// anew. They are found once, when they are first asked for; no rule changes a
// cluster's class or character after that.
type neighbours struct {
	solids []int32 // for each place, the last character with ink before it, or −1
	bases  []int32 // for each place, the last character before it that is no mark, or 0
	left   []int32 // for each place, the last cluster before it that is no word space, or −1
	right  []int32 // for each cluster, the first behind it that is no word space

	// Whether the text is Western, or is at its edge, in either direction from a
	// cluster on; and whether a Western letter comes before any CJK.
	westernLeft, westernRight, wordRight []bool
}

// solid gives the index of the last character with ink before i, past spaces
// and combining marks, or −1. A forced break counts as one.
func (p *paragraph) solid(i int) int {
	if p.beside.solids == nil {
		p.beside.solids = make([]int32, len(p.all)+1)
		last := int32(-1)
		for k := range p.all {
			p.beside.solids[k] = last
			c := &p.all[k]
			if blank := c.class.blank() && c.class != newline; !blank && !combining(c.r) {
				last = int32(k)
			}
		}
		p.beside.solids[len(p.all)] = last
	}
	return int(p.beside.solids[i])
}

// base gives the index of the last cluster before i that is no combining mark, or
// the first of all.
func (p *paragraph) base(i int) int {
	if p.beside.bases == nil {
		p.beside.bases = make([]int32, len(p.all)+1)
		last := int32(0)
		for k := range p.all {
			p.beside.bases[k] = last
			if !combining(p.all[k].r) {
				last = int32(k)
			}
		}
		p.beside.bases[len(p.all)] = last
	}
	return int(p.beside.bases[i])
}

// pastSpaces gives the clusters before and behind i that are no word spaces.
func (p *paragraph) pastSpaces(i int) (left, right *cluster) {
	n := len(p.all)
	if p.beside.left == nil {
		p.beside.left, p.beside.right = make([]int32, n), make([]int32, n)
		last := int32(-1)
		for k := range p.all {
			p.beside.left[k] = last
			if p.all[k].class != space {
				last = int32(k)
			}
		}
		next := int32(n)
		for k := n - 1; k >= 0; k-- {
			p.beside.right[k] = next
			if p.all[k].class != space {
				next = int32(k)
			}
		}
	}
	return p.at(int(p.beside.left[i])), p.at(int(p.beside.right[i]))
}

// findSides fills what westernBefore, westernFrom and wordNear answer.
func (p *paragraph) findSides() {
	n := len(p.all)
	b := &p.beside
	b.westernLeft, b.westernRight, b.wordRight = make([]bool, n+1), make([]bool, n+1), make([]bool, n+1)
	before := true
	for i := range p.all {
		before = p.all[i].westernThen(before)
		b.westernLeft[i+1] = before
	}
	b.westernLeft[0], b.westernRight[n] = true, true
	for i := n - 1; i >= 0; i-- {
		c := &p.all[i]
		b.westernRight[i] = c.westernThen(b.westernRight[i+1])
		b.wordRight[i] = c.class.wordy() || b.wordRight[i+1] && !c.class.ideographic()
	}
}

// westernThen reports whether text that begins with c is Western: what c does not
// decide, the rest does.
func (c *cluster) westernThen(rest bool) bool {
	switch {
	case c.class.wordy():
		return true
	case c.class.ideographic(), c.class.mark() && !curlyQuote(c.r), c.class == wideSpace:
		return false
	}
	return rest
}

// westernBefore looks back from i, past spaces and narrow marks, and reports
// whether the first character before it that decides it is not CJK.
func (p *paragraph) westernBefore(i int) bool {
	if p.beside.westernLeft == nil {
		p.findSides()
	}
	return p.beside.westernLeft[i]
}

// westernFrom looks forward from i on as westernBefore looks back.
func (p *paragraph) westernFrom(i int) bool {
	if p.beside.westernLeft == nil {
		p.findSides()
	}
	return p.beside.westernRight[i]
}

// wordNear reports whether a Western letter or digit comes from i on before any
// CJK.
func (p *paragraph) wordNear(i int) bool {
	if p.beside.westernLeft == nil {
		p.findSides()
	}
	return p.beside.wordRight[i]
}
