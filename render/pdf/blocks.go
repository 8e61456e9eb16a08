package pdf

import (
	"strconv"

	"offprint/typeset"
)

// groups are the elements that neighbouring blocks share.
type groups struct {
	role  typeset.Role // of the block before
	table int          // of the block before
	last  int          // the element of the block before
	outer int          // Table or BlockQuote
	lists []list       // open lists, from the outermost
}

type list struct {
	level, element, body int // body is the LBody of its last item
}

// blockPart gives the element of the part of a block that an item belongs to:
// the block itself, a table's cell, or the label of a list item.
func (t *tree) blockPart(item *typeset.Placed) int {
	e := t.blocks[item.Block]
	if e == none {
		e = t.block(item)
	}
	if item.Kind != typeset.PlacedRun {
		return e
	}
	block := &t.doc.Blocks[item.Block]
	switch t.elements[e].kind {
	case "TR":
		return t.elements[e].kids[t.cells[item.Run]].number
	case "LI":
		kids := t.elements[e].kids // Lbl, if it has a marker, and LBody
		if holds(block.MarkerLines, item.Run) {
			return kids[0].number
		}
		return kids[len(kids)-1].number
	}
	return e
}

// holds reports whether one of the lines has this very run; an equal one does
// not count.
func holds(lines []typeset.Line, run *typeset.Run) bool {
	for i := range lines {
		for j := range lines[i].Runs {
			if &lines[i].Runs[j] == run {
				return true
			}
		}
	}
	return false
}

// block makes the element of a block when its first content is drawn.
func (t *tree) block(item *typeset.Placed) int {
	block := &t.doc.Blocks[item.Block]
	if block.Role != typeset.RoleListItem {
		t.groups.lists = t.groups.lists[:0]
	}
	e := t.place(item, block)
	if lang := block.Style.Lang; lang != "" && lang != t.doc.Lang {
		t.elements[e].lang = tagOf(lang)
	}
	t.groups.role, t.groups.table, t.groups.last = block.Role, block.Table, e
	t.blocks[item.Block] = e
	t.noteCells(block)
	return e
}

// noteCells notes in which cell each run of a table's row stands. A row is met once,
// and its runs are many.
func (t *tree) noteCells(block *typeset.SetBlock) {
	if len(block.CellLines) > 0 && t.cells == nil {
		t.cells = map[*typeset.Run]int{}
	}
	for i, lines := range block.CellLines {
		for k := range lines {
			for r := range lines[k].Runs {
				t.cells[&lines[k].Runs[r]] = i
			}
		}
	}
}

// place makes the element where it belongs (standard structure types: ISO
// 32000-1 §14.8.4).
func (t *tree) place(item *typeset.Placed, block *typeset.SetBlock) int {
	switch block.Role {
	case typeset.RoleHeadline:
		return t.add(0, "H1")
	case typeset.RoleHeading:
		return t.add(0, "H"+strconv.Itoa(min(max(block.Level, 2), 6)))
	case typeset.RoleFigure:
		if item.Kind != typeset.PlacedImage {
			break // the words in place of a picture that could not be had
		}
		return t.figure(t.add(0, "Div"), item)
	case typeset.RoleCaption:
		if picture := t.elements[t.groups.last]; picture.kind == "Figure" {
			return t.add(picture.parent, "Caption")
		}
	case typeset.RoleQuote:
		if t.groups.role != typeset.RoleQuote {
			t.groups.outer = t.add(0, "BlockQuote")
		}
		return t.add(t.groups.outer, "P")
	case typeset.RoleTable:
		return t.row(block)
	case typeset.RoleListItem:
		return t.listItem(block)
	}
	return t.add(0, "P")
}

// row makes a table row with its cells, or a table's caption. Those that follow
// each other and have one number are one table.
func (t *tree) row(block *typeset.SetBlock) int {
	first := t.groups.role != typeset.RoleTable || t.groups.table != block.Table
	if first {
		t.groups.outer = t.add(0, "Table")
	}
	if len(block.CellLines) == 0 {
		return t.add(t.groups.outer, "Caption")
	}
	row := t.add(t.groups.outer, "TR")
	for i := range block.CellLines {
		if i >= len(block.Cells) || !block.Cells[i].Header {
			t.add(row, "TD")
			continue
		}
		cell := t.add(row, "TH")
		t.elements[cell].scope = "Row"
		if first || block.Head {
			t.elements[cell].scope = "Column"
		}
	}
	return row
}

// listItem makes an item of a list, or a list within an item when it lies
// deeper than the one before. A block without a marker goes on with the item.
func (t *tree) listItem(block *typeset.SetBlock) int {
	lists := t.groups.lists
	for len(lists) > 0 && lists[len(lists)-1].level > block.Level {
		lists = lists[:len(lists)-1]
	}
	parent := 0
	if n := len(lists); n > 0 {
		parent = lists[n-1].body
	}
	if n := len(lists); n > 0 && lists[n-1].level == block.Level && len(block.MarkerLines) == 0 {
		t.groups.lists = lists
		return t.add(parent, "P")
	}
	if n := len(lists); n == 0 || lists[n-1].level < block.Level {
		lists = append(lists, list{level: block.Level, element: t.add(parent, "L")})
	}
	in := &lists[len(lists)-1]
	item := t.add(in.element, "LI")
	if len(block.MarkerLines) > 0 {
		t.add(item, "Lbl")
	}
	in.body = t.add(item, "LBody")
	t.groups.lists = lists
	return item
}
