package pdf

import (
	"strconv"

	"offprint/typeset"
)

// tree is the structure tree (ISO 32000-1 §14.7): what the content of the pages
// is, in reading order, for those who do not see the page. It grows while the
// pages are drawn, because a block's element holds the marked content that the
// page was given.
type tree struct {
	doc      *typeset.Document
	elements []element
	pages    [][]int // for each page: the element of each marked content (MCID)
	blocks   []int   // for each block: its element, or none
	groups   groups

	cells map[*typeset.Run]int // for each run of a table's row that was met: its cell

	current mark // the marked content that is open
	last    *typeset.Placed
	loose   int // the element of last, if it was furniture
}

// element is one structure element; its number is its place in tree.elements.
// The root element, Document, is number 0.
type element struct {
	kind   string // structure type: P, H1, Figure, …
	parent int
	kids   []kid
	lang   string // where it differs from the document's
	alt    string
	href   string // of a Link
	scope  string // of a TH: Row or Column
	page   int    // of its picture
	box    *typeset.Placed
}

// kid is what an element holds: an element, marked content or an annotation.
type kid struct {
	kind   kidKind
	number int // element, MCID or annotation
	page   int // of the marked content
}

type kidKind uint8

const (
	kidElement kidKind = iota
	kidContent
	kidLink
)

const none = -1

// mark is an open marked-content sequence.
type mark struct {
	kind    markKind
	element int
	lang    string
}

type markKind uint8

const (
	unmarked markKind = iota
	artifact
	tagged
)

func newTree(doc *typeset.Document) *tree {
	t := &tree{
		doc: doc, elements: make([]element, 1, 2*len(doc.Blocks)+16), blocks: make([]int, len(doc.Blocks)), loose: none,
	}
	t.elements[0] = element{kind: "Document", parent: none}
	for i := range t.blocks {
		t.blocks[i] = none
	}
	return t
}

// page begins a page; the sequence of the one before has been closed.
func (t *tree) page() { t.pages = append(t.pages, nil) }

// open makes what is drawn next stand in the marked content of item. What
// follows each other in one element shares a sequence.
func (t *tree) open(b []byte, item *typeset.Placed) []byte {
	if !t.doc.Profile.Tagged() {
		return b
	}
	want := mark{kind: artifact}
	if !item.Artifact && item.Kind != typeset.PlacedRule {
		want = mark{kind: tagged, element: t.elementOf(item)}
		if item.Kind == typeset.PlacedRun {
			want.lang = tagOf(item.Run.Lang)
		}
	}
	if want == t.current {
		return b
	}
	b = t.close(b)
	t.current = want
	if want.kind == artifact {
		return append(b, "/Artifact BMC\n"...)
	}
	return t.begin(b, want)
}

// tagOf gives a language unless it is no language tag, which would not help anybody.
func tagOf(lang string) string {
	if !typeset.IsLanguageTag(lang) {
		return ""
	}
	return lang
}

// begin opens a tagged sequence with the page's next MCID.
func (t *tree) begin(b []byte, m mark) []byte {
	page := len(t.pages) - 1
	mcid := len(t.pages[page])
	t.pages[page] = append(t.pages[page], m.element)
	e := &t.elements[m.element]
	e.kids = append(e.kids, kid{kind: kidContent, number: mcid, page: page})
	if m.lang != "" {
		b = append(b, "/Span <</Lang "...)
		b = append(appendText(b, m.lang), "/MCID "...)
	} else {
		b = append(appendName(b, e.kind), " <</MCID "...)
	}
	b = strconv.AppendInt(b, int64(mcid), 10)
	return append(b, ">> BDC\n"...)
}

// close ends the open sequence.
func (t *tree) close(b []byte) []byte {
	if t.current.kind == unmarked {
		return b
	}
	t.current = mark{}
	return append(b, "EMC\n"...)
}

// add makes an element the last of its parent's.
func (t *tree) add(parent int, kind string) int {
	number := len(t.elements)
	t.elements = append(t.elements, element{kind: kind, parent: parent})
	p := &t.elements[parent]
	p.kids = append(p.kids, kid{kind: kidElement, number: number})
	return number
}

// elementOf gives the element that holds an item's content.
func (t *tree) elementOf(item *typeset.Placed) int {
	var e int
	if item.Block < 0 {
		e = t.furniture(item)
	} else {
		e = t.blockPart(item)
	}
	t.last, t.loose = item, e
	if item.Kind == typeset.PlacedRun {
		if address, ok := liveAddress(item.Run.Href); ok {
			return t.linkIn(e, address)
		}
	}
	return e
}

// furniture gives the element of what belongs to no block, such as the logo and
// the section on the first page. A run goes on where the one before it ends.
func (t *tree) furniture(item *typeset.Placed) int {
	if item.Kind == typeset.PlacedImage {
		return t.figure(0, item)
	}
	if l := t.last; l != nil && l.Block < 0 && l.Kind == item.Kind && l.At.Y == item.At.Y && l.At.X+l.W == item.At.X {
		return t.loose
	}
	return t.add(0, "P")
}

// figure makes the element of a picture.
func (t *tree) figure(parent int, item *typeset.Placed) int {
	n := t.add(parent, "Figure")
	e := &t.elements[n]
	e.alt, e.box, e.page = item.Alt, item, len(t.pages)-1
	return n
}

// linkIn gives the Link at the end of an element, or makes one.
func (t *tree) linkIn(parent int, address string) int {
	if kids := t.elements[parent].kids; len(kids) > 0 {
		if k := kids[len(kids)-1]; k.kind == kidElement && t.elements[k.number].href == address {
			return k.number
		}
	}
	n := t.add(parent, "Link")
	t.elements[n].href = address
	return n
}

// link ties a live area to the element whose text it covers, which has been
// drawn just before.
func (t *tree) link(item *typeset.Placed, address string, number int) int {
	parent := 0
	if item.Block >= 0 {
		if parent = t.blocks[item.Block]; parent == none {
			parent = t.block(item)
		}
	}
	if t.last != nil && t.last.Block == item.Block {
		parent = t.loose
	}
	n := t.linkIn(parent, address)
	e := &t.elements[n]
	e.kids = append(e.kids, kid{kind: kidLink, number: number, page: len(t.pages) - 1})
	return n
}
