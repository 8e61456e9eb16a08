package paginate

import (
	"context"

	"offprint/typeset"
)

// filled is one column with the slugs that fitting has given it.
type filled struct {
	slot        slot
	first, last int              // slugs[first:last]
	set         []slug           // those, with the heads of a table that goes on
	lower       []typeset.Length // what each of set is made lower by; nil for nothing
	rows        int              // used
	why         typeset.RuleID   // why it ends there
}

// Prices of white at the foot of a column, in the unit of loweringCost: three
// empty rows are as bad as one picture made smaller by a sixth.
const (
	blankRowCost  = 30  // times the square of the empty rows
	shortPageCost = 400 // the last page holds fewer than fewRows rows
	fewRows       = 4
)

// fit parts slugs over the columns that slotAt gives, at the least cost, and
// gives that cost too. From the column with the number steady on all are alike.
// There are no columns if ctx ended meanwhile.
//
// It is the dynamic programme of Knuth & Plass over columns: best[k][i] holds
// the cheapest way to set slugs[i:] from column k on.
func fit(
	ctx context.Context, slugs []slug, leading typeset.Length, slotAt func(k int) slot, steady int,
) (columns []filled, cost int64) {
	type choice struct {
		cost int64
		next int
		done bool
	}
	best := make([][]choice, steady+1)
	for k := range best {
		best[k] = make([]choice, len(slugs)+1)
		best[k][len(slugs)] = choice{done: true}
	}
	for i := len(slugs) - 1; i >= 0; i-- {
		if i%lookEvery == 0 && ctx.Err() != nil {
			return nil, 0
		}
		for k := steady; k >= 0; k-- {
			after := best[min(k+1, steady)]
			pick := &best[k][i]
			for _, c := range candidates(slugs, i, leading, slotAt(k).rows) {
				if cost := c.cost + after[c.last].cost; !pick.done || cost < pick.cost {
					*pick = choice{cost: cost, next: c.last, done: true}
				}
			}
		}
	}
	for k, i := 0, 0; i < len(slugs); k++ {
		next := best[min(k, steady)][i].next
		columns = append(columns, fill(slugs, i, next, leading, slotAt(k)))
		i = next
	}
	return columns, best[0][0].cost
}

// lookEvery is the number of slugs after which ctx is looked at.
const lookEvery = 64

// candidate is one way to end the column that begins with a slug.
type candidate struct {
	last int
	cost int64
}

// candidates lists the ways to fill a column of so many rows from slugs[i] on.
// There is always one, even where a single slug is higher than the column.
func candidates(slugs []slug, i int, leading typeset.Length, rows int) []candidate {
	var list []candidate
	var p pile
	for k := range slugs[i].heads {
		p.add(&slugs[i].heads[k], leading)
	}
	first := resumed(slugs[i])
	used := p.add(&first, leading)
	for last := i + 1; last <= len(slugs); last++ {
		part := slugs[i:last]
		if last > i+1 {
			used = p.add(&slugs[last-1], leading)
		}
		var cost int64
		filled := used
		if used > rows {
			lower := lowerFigures(part, leading, used-rows)
			if lower == nil {
				if len(list) > 0 || last > i+1 {
					break
				}
				cost = forbidden * int64(used-rows) // nothing fits: it stands out, and is reported
			}
			cost += loweringCost(part, lower)
			filled = rows
		}
		end, _ := breakCost(slugs, last-1)
		list = append(list, candidate{last, cost + end + blankCost(rows-filled, filled, last == len(slugs))})
	}
	return list
}

// blankCost prices the white at the foot of a column.
func blankCost(blank, used int, lastColumn bool) int64 {
	if !lastColumn {
		return blankRowCost * int64(blank) * int64(blank)
	}
	if used < fewRows {
		return shortPageCost
	}
	return 0
}

// fill works out the column that fit has chosen, and why it ends there.
func fill(slugs []slug, first, last int, leading typeset.Length, at slot) filled {
	f := filled{slot: at, first: first, last: last}
	f.set = column(slugs, first, last)
	f.rows = stack(f.set, leading, nil, nil)
	if f.rows > at.rows {
		f.lower = lowerFigures(f.set, leading, f.rows-at.rows)
		f.rows = min(f.rows, stack(f.set, leading, f.lower, nil))
	}
	f.why = RuleFull
	switch {
	case last == len(slugs):
		f.why = RuleEnd
	case f.rows < at.rows && slugs[last].figure:
		f.why = RuleFigureWhole
	case f.rows < at.rows:
		if f.why = RuleLastPage; last+1 < len(slugs) {
			if cost, why := breakCost(slugs, last); cost > 0 {
				f.why = why
			}
		}
	}
	return f
}
