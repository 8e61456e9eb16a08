package fonts

import "slices"

// mostPairTables bounds the subtables that are looked at, so that a hostile font
// whose lookups all share one long list of them costs neither time nor memory.
// Real faces have fewer than a hundred.
const mostPairTables = 1024

// kernLookups gives the pair subtables of the kern feature for Latin text, or
// for the default script where the font does not name Latin.
func kernLookups(gpos view) [][]pairTable {
	scripts := gpos.from(gpos.u16(4))
	features := gpos.from(gpos.u16(6))
	lookups := gpos.from(gpos.u16(8))

	language, ok := defaultLanguage(scripts, "latn")
	if !ok {
		language, ok = defaultLanguage(scripts, "DFLT")
	}
	if len(gpos) < 10 || !ok {
		return nil
	}
	var found [][]pairTable
	left := mostPairTables
	for _, index := range featureLookups(features, language, "kern") {
		if index >= lookups.u16(0) {
			continue
		}
		lookup := lookups.from(lookups.u16(2 + 2*index))
		count := min(lookup.u16(4), left)
		left -= count
		if tables := pairTables(lookup, count); len(tables) > 0 {
			found = append(found, tables)
		}
	}
	return found
}

// defaultLanguage finds the script's default language system.
func defaultLanguage(scripts view, tag string) (language view, ok bool) {
	for i := range scripts.u16(0) {
		record, ok := scripts.part(2+6*i, 6)
		if !ok {
			break
		}
		if string(record[:4]) == tag {
			script := scripts.from(record.u16(4))
			offset := script.u16(0)
			return script.from(offset), offset != 0
		}
	}
	return "", false
}

// featureLookups lists the lookups of a language's features with the tag, in
// the order in which they are applied: that of the lookup list.
func featureLookups(features, language view, tag string) []int {
	var lookups []int
	for i := range language.u16(4) {
		record, ok := features.part(2+6*language.u16(6+2*i), 6)
		if !ok || string(record[:4]) != tag {
			continue
		}
		feature := features.from(record.u16(4))
		for j := range min(feature.u16(2), len(feature)/2) {
			lookups = append(lookups, feature.u16(4+2*j))
		}
		break // a language has a feature once
	}
	slices.Sort(lookups)
	return slices.Compact(lookups)
}

// pairTables gives those of a lookup's first subtables that are pair
// adjustments (type 2), be it by way of an extension (type 9).
func pairTables(lookup view, count int) []pairTable {
	const pairs, extension = 2, 9
	var tables []pairTable
	kind := lookup.u16(0)
	for i := range count {
		offset := lookup.u16(6 + 2*i)
		table, kind := lookup.from(offset), kind
		if offset != 0 && kind == extension {
			kind, table = table.u16(2), table.from(table.u32(4))
		}
		if offset == 0 || kind != pairs {
			continue
		}
		if p, ok := openPairTable(table); ok {
			tables = append(tables, p)
		}
	}
	return tables
}

// coverageIndex gives a glyph's place in a coverage table.
func coverageIndex(coverage view, glyph int) (index int, ok bool) {
	n := coverage.u16(2)
	switch coverage.u16(0) {
	case 1: // glyphs
		at, ok := search(coverage, 4, n, 2, glyph)
		return (at - 4) / 2, ok
	case 2: // ranges: first, last, index of the first
		at, ok := searchRange(coverage, 4, n, glyph)
		return coverage.u16(at+4) + glyph - coverage.u16(at), ok
	default:
		return 0, false
	}
}

// classOf gives a glyph's class; 0 for a glyph that the table does not list.
func classOf(classes view, glyph int) int {
	switch classes.u16(0) {
	case 1: // an array from a first glyph on
		if i := glyph - classes.u16(2); i >= 0 && i < classes.u16(4) {
			return classes.u16(6 + 2*i)
		}
	case 2: // ranges: first, last, class
		if at, ok := searchRange(classes, 4, classes.u16(2), glyph); ok {
			return classes.u16(at + 4)
		}
	}
	return 0
}

// search finds the record that starts with key among n of the given size,
// ordered, from start on; at is where it lies.
func search(table view, start, n, size, key int) (at int, ok bool) {
	low, high := 0, n
	for low < high {
		middle := (low + high) / 2
		if table.u16(start+size*middle) < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	at = start + size*low
	return at, low < n && table.u16(at) == key
}

// searchRange finds the range with the glyph among n ordered records of six
// bytes: first glyph, last glyph, a value.
func searchRange(table view, start, n, glyph int) (at int, ok bool) {
	low, high := 0, n
	for low < high {
		middle := (low + high) / 2
		if table.u16(start+6*middle+2) < glyph {
			low = middle + 1
		} else {
			high = middle
		}
	}
	at = start + 6*low
	return at, low < n && table.u16(at) <= glyph
}
