package fonts

import "errors"

// charmap finds glyphs in a Unicode subtable of the cmap table, by binary search
// in the bytes of the file. Format 12 reaches all of Unicode, format 4 the Basic
// Multilingual Plane.
type charmap struct {
	table  view // the subtable, to the end of cmap
	format int
	ranges int // format 12: groups; format 4: segments
}

// parseCharmap chooses the subtable that reaches furthest.
func parseCharmap(cmap view) (charmap, error) {
	var best charmap
	for i := range cmap.u16(2) {
		record, ok := cmap.part(4+8*i, 8)
		if !ok {
			return charmap{}, errors.New("table \"cmap\" is cut short")
		}
		if !isUnicode(record.u16(0), record.u16(2)) {
			continue
		}
		m, ok := openCharmap(cmap.from(record.u32(4)))
		if ok && m.format > best.format {
			best = m
		}
	}
	if best.format == 0 {
		return charmap{}, errors.New("table \"cmap\" has no whole Unicode subtable of format 4 or 12")
	}
	return best, nil
}

// isUnicode reports whether a subtable is keyed by Unicode characters: platform 0
// (but for its variation sequences), or 3 with encoding 1 or 10.
func isUnicode(platform, encoding int) bool {
	return platform == 0 && encoding != 5 || platform == 3 && (encoding == 1 || encoding == 10)
}

// openCharmap takes a subtable of a known format whose ranges are all there.
func openCharmap(table view) (m charmap, ok bool) {
	m = charmap{table: table, format: table.u16(0)}
	switch m.format {
	case 4:
		m.ranges = table.u16(6) / 2
		return m, m.ranges > 0 && len(table) >= 16+8*m.ranges
	case 12:
		m.ranges = table.u32(12)
		return m, m.ranges > 0 && (len(table)-16)/12 >= m.ranges
	default:
		return charmap{}, false
	}
}

// lookup gives the glyph of r, 0 for none. What it gives may lie beyond the
// font's glyphs.
func (m *charmap) lookup(r rune) int {
	if r < 0 {
		return 0
	}
	if m.format == 12 {
		return m.lookup12(int(r))
	}
	return m.lookup4(int(r))
}

// lookup12 searches the groups (first character, last character, first glyph).
func (m *charmap) lookup12(r int) int {
	low, high := 0, m.ranges
	for low < high {
		middle := (low + high) / 2
		if m.table.u32(16+12*middle+4) < r {
			low = middle + 1
		} else {
			high = middle
		}
	}
	group := 16 + 12*low
	first := m.table.u32(group)
	if low == m.ranges || r < first {
		return 0
	}
	return m.table.u32(group+8) + r - first
}

// lookup4 searches the segments, which lie as four parallel arrays: last
// characters, first characters, deltas and offsets into an array of glyphs.
func (m *charmap) lookup4(r int) int {
	low, high := 0, m.ranges
	for low < high {
		middle := (low + high) / 2
		if m.table.u16(14+2*middle) < r {
			low = middle + 1
		} else {
			high = middle
		}
	}
	firsts := 14 + 2*m.ranges + 2 // after the padding word
	deltas := firsts + 2*m.ranges
	offsets := deltas + 2*m.ranges

	first := m.table.u16(firsts + 2*low)
	if low == m.ranges || r < first {
		return 0
	}
	delta := m.table.u16(deltas + 2*low)
	at := offsets + 2*low
	offset := m.table.u16(at)
	if offset == 0 {
		return (r + delta) & 0xFFFF
	}
	// The offset counts from where it stands.
	glyph := m.table.u16(at + offset + 2*(r-first))
	if glyph == 0 {
		return 0
	}
	return (glyph + delta) & 0xFFFF
}
