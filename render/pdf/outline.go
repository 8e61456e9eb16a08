package pdf

import "offprint/typeset"

// bookmark is an outline entry's place among the others, by number; none where
// there is no such entry.
type bookmark struct {
	parent, prev, next, first, last int
	open                            int // entries below it, all of which are shown
}

// nest arranges outline entries: each stands below the last before it that has
// a smaller level. The last of the result is the root.
func nest(entries []typeset.OutlineEntry) []bookmark {
	root := len(entries)
	marks := make([]bookmark, root+1)
	for i := range marks {
		marks[i] = bookmark{parent: root, prev: none, next: none, first: none, last: none}
	}
	marks[root].parent = none
	var above []int // entries that the next may stand below
	for i := range entries {
		for len(above) > 0 && entries[above[len(above)-1]].Level >= entries[i].Level {
			above = above[:len(above)-1]
		}
		if len(above) > 0 {
			marks[i].parent = above[len(above)-1]
		}
		above = append(above, i)

		parent := &marks[marks[i].parent]
		if parent.last == none {
			parent.first = i
		} else {
			marks[i].prev, marks[parent.last].next = parent.last, i
		}
		parent.last = i
		for p := marks[i].parent; p != none; p = marks[p].parent {
			marks[p].open++
		}
	}
	return marks
}

// outline writes the bookmarks (ISO 32000-1 §12.3.3).
func (f *finisher) outline() {
	if f.at.outline == 0 {
		return
	}
	entries := f.doc.Outline
	marks := nest(entries)
	object := func(mark int) int {
		if mark == len(entries) {
			return f.at.outline
		}
		return f.at.outline + 1 + mark
	}
	for i, m := range marks {
		f.begin(object(i))
		f.add("<<")
		if i == len(entries) {
			f.add("/Type /Outlines")
		} else {
			e := &entries[i]
			f.add("/Title ")
			f.buf = appendText(f.buf, e.Title)
			f.entry(" /Dest [", pageObject(e.Page))
			f.add(" /XYZ 0 ")
			f.buf = appendLength(f.buf, f.doc.Pages[e.Page].Size.H-e.Y)
			f.add(" null]")
		}
		for _, to := range [...]struct {
			key  string
			mark int
		}{{" /Parent", m.parent}, {" /Prev", m.prev}, {" /Next", m.next}, {" /First", m.first}, {" /Last", m.last}} {
			if to.mark != none {
				f.entry(to.key, object(to.mark))
			}
		}
		if m.open > 0 {
			f.add(" /Count")
			f.int(m.open)
		}
		f.add(">>")
		f.end()
	}
}
