package pdf

import (
	"strconv"

	"offprint/typeset"
)

// groups are the elements that neighbouring blocks share.
type groups struct {
	last   int            // the element of the block before
	heads  []int          // levels of the open headings, from the outermost
	source typeset.Source // of the block before
	quote  int            // the open BlockQuote, or 0
	lists  []list         // open lists, from the outermost
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
	t.leave(block)
	if block.Role == typeset.RoleTable {
		t.table(item.Block)
	} else {
		t.made(item.Block, t.place(item, block))
	}
	t.groups.last = t.blocks[item.Block]
	return t.groups.last
}

// made notes the element that was made of a block.
func (t *tree) made(number, e int) {
	block := &t.doc.Blocks[number]
	if lang := block.Style.Lang; lang != "" && lang != t.doc.Lang {
		t.elements[e].lang = tagOf(lang)
	}
	t.blocks[number] = e
	t.noteCells(block)
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

// leave closes the quotation and the lists that a block is no part of. The blocks
// that became of one block of the article have one source.
func (t *tree) leave(block *typeset.SetBlock) {
	g := &t.groups
	if block.Source != g.source {
		g.lists, g.quote = g.lists[:0], 0
	}
	g.source = block.Source
	quoted := block.Role == typeset.RoleQuote || block.Decor.Bar > 0
	switch {
	case block.Role == typeset.RoleListItem && !quoted:
		g.quote = 0
	case block.Role == typeset.RoleQuote && g.quote != 0: // the lists in it have ended
		for n := len(g.lists); n > 0 && g.lists[n-1].element > g.quote; n-- {
			g.lists = g.lists[:n-1]
		}
	}
	if quoted && g.quote == 0 {
		g.quote = t.add(t.inner(), "BlockQuote")
	}
}

// inner gives the element that a block stands in: the item of a list, a quotation or
// the document. Of the two, the one that was opened later is in the other.
func (t *tree) inner() int {
	in := t.groups.quote
	if n := len(t.groups.lists); n > 0 {
		in = max(in, t.groups.lists[n-1].body)
	}
	return in
}

// place makes the element where it belongs (standard structure types: ISO
// 32000-1 §14.8.4).
func (t *tree) place(item *typeset.Placed, block *typeset.SetBlock) int {
	switch block.Role {
	case typeset.RoleHeadline:
		return t.heading(1)
	case typeset.RoleHeading:
		return t.heading(max(block.Level, 2))
	case typeset.RoleFigure:
		if item.Kind != typeset.PlacedImage {
			break // the words in place of a picture that could not be had
		}
		return t.figure(t.add(t.inner(), "Div"), item)
	case typeset.RoleCaption:
		if picture := t.elements[t.groups.last]; picture.kind == "Figure" {
			return t.add(picture.parent, "Caption")
		}
	case typeset.RoleListItem:
		return t.listItem(block)
	}
	return t.add(t.inner(), "P")
}

// heading makes a heading below those that are open. Pages leave levels out; a file
// may not (ISO 14289-1 §7.4.2).
func (t *tree) heading(level int) int {
	heads := t.groups.heads
	for len(heads) > 0 && heads[len(heads)-1] >= level {
		heads = heads[:len(heads)-1]
	}
	t.groups.heads = append(heads, level)
	return t.add(t.inner(), "H"+strconv.Itoa(min(len(t.groups.heads), 6)))
}

// listItem makes an item of a list, or a list within an item when it lies
// deeper than the one before. A block without a marker goes on with the item.
func (t *tree) listItem(block *typeset.SetBlock) int {
	lists := t.groups.lists
	for len(lists) > 0 && lists[len(lists)-1].level > block.Level {
		lists = lists[:len(lists)-1]
	}
	t.groups.lists = lists
	n := len(lists)
	if n > 0 && lists[n-1].level == block.Level && len(block.MarkerLines) == 0 {
		return t.add(lists[n-1].body, "P")
	}
	if n == 0 || lists[n-1].level < block.Level {
		lists = append(lists, list{level: block.Level, element: t.add(t.inner(), "L")})
	}
	in := &lists[len(lists)-1]
	item := t.add(in.element, "LI")
	if len(block.MarkerLines) > 0 {
		t.add(item, "Lbl")
	}
	if l := &t.elements[in.element]; l.list == "" || l.list == "None" {
		l.list = numbering(block)
	}
	in.body = t.add(item, "LBody")
	t.groups.lists = lists
	return item
}

// numbering names the marks of a list by that of an item, the first that has one (ISO
// 32000-1 §14.8.5.5).
func numbering(block *typeset.SetBlock) string {
	mark := ""
	for i := range block.MarkerLines {
		for j := range block.MarkerLines[i].Runs {
			mark += textOf(&block.MarkerLines[i].Runs[j])
		}
	}
	switch {
	case mark == "":
		return "None"
	case mark[0] == '-' || mark[0] >= '0' && mark[0] <= '9':
		return "Decimal"
	}
	return "Disc"
}
