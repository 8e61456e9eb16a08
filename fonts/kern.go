package fonts

import "math/bits"

// kerning is what a font says about the white between two glyphs: pair
// adjustments of GPOS, or the older kern table if there are none.
type kerning struct {
	lookups [][]pairTable // all of a GPOS lookup's subtables, in order
	old     []view        // kern subtables of format 0
}

// between sums what the lookups add to the advance of the left glyph. In each
// lookup the first subtable that knows the pair has the say.
func (k *kerning) between(left, right int) int {
	sum := 0
	for _, lookup := range k.lookups {
		for i := range lookup {
			if add, ok := lookup[i].adjust(left, right); ok {
				sum += add
				break
			}
		}
	}
	for _, table := range k.old {
		sum += oldPair(table, left, right)
	}
	return sum
}

// parseKerning reads where the pairs lie, not the pairs themselves.
func parseKerning(gpos, kern view) kerning {
	k := kerning{lookups: kernLookups(gpos)}
	if len(k.lookups) == 0 {
		k.old = oldKernTables(kern)
	}
	return k
}

// pairTable is a subtable of pair adjustments (GPOS lookup type 2). Format 1
// lists pairs of glyphs, format 2 pairs of classes.
type pairTable struct {
	table    view
	format   int
	coverage view // which left glyphs it knows
	size     int  // of a pair's two value records
	advance  int  // where in them the left glyph's advance stands; −1 for nowhere

	// Format 2.
	lefts, rights   view // class definitions
	nLefts, nRights int
}

// openPairTable reads a subtable's head. The values that are not the left
// glyph's advance are stepped over: kerning has no use for them.
func openPairTable(table view) (p pairTable, ok bool) {
	const advanceBit, beforeAdvance = 0x4, 0x3
	left, right := table.u16(4), table.u16(6)
	p = pairTable{
		table:    table,
		format:   table.u16(0),
		coverage: table.from(table.u16(2)),
		size:     2 * (bits.OnesCount8(uint8(left)) + bits.OnesCount8(uint8(right))),
		advance:  -1,
	}
	if left&advanceBit != 0 {
		p.advance = 2 * bits.OnesCount8(uint8(left&beforeAdvance))
	}
	if p.format == 2 {
		p.lefts, p.rights = table.from(table.u16(8)), table.from(table.u16(10))
		p.nLefts, p.nRights = table.u16(12), table.u16(14)
	}
	return p, p.format == 1 || p.format == 2
}

// adjust gives what a pair adds to the left glyph's advance; ok is false when
// the next subtable should be asked.
func (p *pairTable) adjust(left, right int) (add int, ok bool) {
	index, ok := coverageIndex(p.coverage, left)
	if !ok {
		return 0, false
	}
	if p.format == 1 {
		return p.adjustGlyphs(index, right)
	}
	l, r := classOf(p.lefts, left), classOf(p.rights, right)
	if l >= p.nLefts || r >= p.nRights {
		return 0, false
	}
	return p.value(p.table, 16+p.size*(l*p.nRights+r)), true
}

// adjustGlyphs searches the left glyph's set, which is ordered by right glyph.
func (p *pairTable) adjustGlyphs(index, right int) (add int, ok bool) {
	if index >= p.table.u16(8) {
		return 0, false
	}
	set := p.table.from(p.table.u16(10 + 2*index))
	step := 2 + p.size
	at, ok := search(set, 2, set.u16(0), step, right)
	if !ok {
		return 0, false
	}
	return p.value(set, at+2), true
}

func (p *pairTable) value(table view, at int) int {
	if p.advance < 0 {
		return 0
	}
	return table.i16(at + p.advance)
}

// oldKernTables finds the horizontal subtables of format 0 of a kern table.
func oldKernTables(kern view) []view {
	const kind, horizontal = 0xFF07, 0x0001 // format and the bits minimum, cross-stream, horizontal
	var tables []view
	if kern.u16(0) != 0 {
		return nil // Apple's version 1: its fonts have GPOS or kerx
	}
	at := 4
	for range kern.u16(2) {
		table := kern.from(at)
		if len(table) < 14 {
			break
		}
		if table.u16(4)&kind == horizontal {
			tables = append(tables, table)
		}
		at += max(table.u16(2), 6)
	}
	return tables
}

// oldPair searches a subtable's pairs, which are ordered by both glyphs.
func oldPair(table view, left, right int) int {
	key := left<<16 | right
	low, high := 0, min(table.u16(6), (len(table)-14)/6)
	for low < high {
		middle := (low + high) / 2
		switch pair := table.u32(14 + 6*middle); {
		case pair == key:
			return table.i16(14 + 6*middle + 4)
		case pair < key:
			low = middle + 1
		default:
			high = middle
		}
	}
	return 0
}
