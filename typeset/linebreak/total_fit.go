package linebreak

import "math"

// node is the cheapest way to end a line at a site with a given tightness.
type node struct {
	cost int64
	from int32
	was  tightness
}

const unreached = math.MaxInt64

// totalFit gives the sites at which the lines of the cheapest paragraph end.
//
// For each site it tries every earlier site that leaves a line no wider than
// the measure. A line's least width grows with its text, so the first site that
// is near enough only moves forward; and a shorter line costs more, so that the
// search stops when a line alone costs more than the best so far.
func (f *fitter) totalFit() []int {
	nodes := make([][tightnesses]node, len(f.sites))
	for i := range nodes {
		for t := range nodes[i] {
			nodes[i][t] = node{cost: unreached}
		}
	}
	nodes[0][even].cost = 0
	first := 0
	for to := 1; to < len(f.sites); to++ {
		if to%(lookEvery/16) == 0 && f.ctx.Err() != nil {
			return nil
		}
		first = max(first, to-mostSites)
		for first < to-1 && !f.reaches(first, to) {
			first++
		}
		f.endAt(nodes, first, to)
		if f.sites[to].forced {
			first = to
		}
	}
	return trace(nodes)
}

// reaches reports whether a line between the sites can be as narrow as the
// measure. A hyphen at its end does not count: the next site has none.
func (f *fitter) reaches(from, to int) bool {
	s := f.sums(from, to)
	s.slack += f.sites[to].hyphen
	return s.fits()
}

// endAt fills the nodes of site to from those of the sites first … to−1.
func (f *fitter) endAt(nodes [][tightnesses]node, first, to int) {
	price, best := int64(f.sites[to].cost), int64(unreached)
	if f.sites[to].forced {
		price = 0
	}
	for from := first; from < to; from++ {
		s := f.sums(from, to)
		cost, tight := f.cost(&s)
		cost += price
		if best != unreached && cost-unevenBound > best {
			break
		}
		for was := range nodes[from] {
			before := nodes[from][was].cost
			if before == unreached {
				continue
			}
			total := before + cost + between(tightness(was), tight)
			if total < nodes[to][tight].cost {
				nodes[to][tight] = node{total, int32(from), tightness(was)}
				best = min(best, total+int64(tightnesses)*roughnessCost)
			}
		}
	}
}

// unevenBound is the most by which a shorter line may cost less than a longer
// one: a line without spaces does not pay for opening them, and a last line that
// is long enough is no runt.
var unevenBound = allStretched() + shortestLast

// trace follows the cheapest node of the last site back to the start.
func trace(nodes [][tightnesses]node) []int {
	at, t := len(nodes)-1, tight
	for k := range nodes[at] {
		if nodes[at][k].cost < nodes[at][t].cost {
			t = tightness(k)
		}
	}
	var ends []int
	for at > 0 {
		ends = append(ends, at)
		n := nodes[at][t]
		at, t = int(n.from), n.was
	}
	for i, j := 0, len(ends)-1; i < j; i, j = i+1, j-1 {
		ends[i], ends[j] = ends[j], ends[i]
	}
	return ends
}
