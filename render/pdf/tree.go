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

	cells  map[*typeset.Run]int  // for each run of a table's row that was met: its cell
	rubies map[*typeset.Ruby]int // for each word with a reading that was met: its Ruby

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
	words  string // of a Link: what it says
	links  int    // Links in it, or text of its block that could be one
	scope  string // of a TH: Row or Column
	cell   [2]int // of a TH or TD: the columns and rows it stands over, where these are more than one
	list   string // of an L: how its items are numbered
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
	actual  string // of private-use characters
}

type markKind uint8

const (
	unmarked markKind = iota
	layoutMark
	headMark
	footMark
	tagged
)

// artifacts are what reading machines pass over (ISO 32000-1 §14.8.2.2), without their end.
var artifacts = [...]string{
	layoutMark: "/Artifact <</Type /Layout",
	headMark:   "/Artifact <</Type /Pagination /Subtype /Header",
	footMark:   "/Artifact <</Type /Pagination /Subtype /Footer",
}

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
// follows each other in one element shares a sequence; private-use characters,
// whose text actual is, have one of their own.
func (t *tree) open(b []byte, item *typeset.Placed, actual string) []byte {
	if !t.doc.Profile.Tagged() {
		return b
	}
	want := mark{kind: t.artifact(item), actual: actual}
	if want.kind == tagged {
		want.element = t.elementOf(item)
		if item.Kind == typeset.PlacedRun {
			want.lang = tagOf(item.Run.Lang)
		}
	}
	if want == t.current {
		return b
	}
	b = t.close(b)
	t.current = want
	if want.kind != tagged {
		return beginArtifact(b, want)
	}
	return t.begin(b, want)
}

// beginArtifact opens what is no part of the article. Its private-use characters are
// said, too.
func beginArtifact(b []byte, m mark) []byte {
	b = append(b, artifacts[m.kind]...)
	if m.actual != "" {
		b = appendText(append(b, " /ActualText "...), m.actual)
	}
	return append(b, ">> BDC\n"...)
}

// artifact gives the kind of mark of an item: rules are layout, and furniture that is
// passed over is the head of its page or its foot.
func (t *tree) artifact(item *typeset.Placed) markKind {
	switch {
	case item.Kind == typeset.PlacedRule:
		return layoutMark
	case !item.Artifact:
		return tagged
	case item.Block >= 0:
		return headMark // a table's head, which is set again where the table goes on
	case item.At.Y < t.doc.Pages[len(t.pages)-1].Size.H/2:
		return headMark
	}
	return footMark
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
	if m.lang != "" || m.actual != "" {
		b = append(b, "/Span <<"...)
		if m.lang != "" {
			b = appendText(append(b, "/Lang "...), m.lang)
		}
		if m.actual != "" {
			b = appendText(append(b, "/ActualText "...), m.actual)
		}
		b = append(b, "/MCID "...)
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
	if item.Kind != typeset.PlacedRun {
		return e
	}
	if ruby, begun := t.rubies[item.Run.Ruby]; begun {
		return t.rubyPart(ruby, item.Run.Part)
	}
	if address, ok := liveAddress(item.Run.Href); ok {
		e = t.linkIn(e, item, address)
	}
	if item.Run.Ruby != nil {
		return t.rubyPart(t.ruby(e, item.Run.Ruby), item.Run.Part)
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
