package pdf

import "context"

// structure writes the structure tree's root, its elements and the tree that
// leads from a page's content back to them (ISO 32000-1 §14.7.2–14.7.4).
func (f *finisher) structure(ctx context.Context) error {
	if !f.doc.Profile.Tagged() {
		return nil
	}
	f.begin(f.at.root)
	f.entry("<</Type /StructTreeRoot /K", f.at.elements)
	f.entry(" /ParentTree", f.at.parents)
	f.add(" /ParentTreeNextKey")
	f.int(len(f.doc.Pages) + len(f.links))
	f.add(">>")
	f.end()
	for i := range f.tree.elements {
		if i%lookEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		f.begin(f.at.elements + i)
		f.element(&f.tree.elements[i])
		f.end()
	}
	f.parents()
	return nil
}

func (f *finisher) element(e *element) {
	f.add("<</Type /StructElem /S ")
	f.buf = appendName(f.buf, e.kind)
	if e.parent == none {
		f.entry(" /P", f.at.root)
	} else {
		f.entry(" /P", f.at.elements+e.parent)
	}
	if e.lang != "" {
		f.buf = appendText(append(f.buf, " /Lang "...), e.lang)
	}
	if e.alt != "" {
		f.buf = appendText(append(f.buf, " /Alt "...), e.alt)
	}
	f.attributes(e)
	f.kids(e)
	f.add(">>")
}

// attributes says what the kind of an element does not (ISO 32000-1 §14.8.5).
func (f *finisher) attributes(e *element) {
	switch {
	case e.box != nil:
		f.boundingBox(e)
	case e.list != "":
		f.buf = append(appendName(append(f.buf, " /A <</O /List /ListNumbering "...), e.list), ">>"...)
	case e.scope != "" || e.cell != [2]int{}:
		f.add(" /A <</O /Table")
		if e.scope != "" {
			f.buf = appendName(append(f.buf, " /Scope "...), e.scope)
		}
		if e.cell[0] > 1 {
			f.buf = appendInt(append(f.buf, " /ColSpan"...), e.cell[0])
		}
		if e.cell[1] > 1 {
			f.buf = appendInt(append(f.buf, " /RowSpan"...), e.cell[1])
		}
		f.add(">>")
	}
}

// boundingBox says where a picture stands (ISO 32000-1 §14.8.5.4.3).
func (f *finisher) boundingBox(e *element) {
	bottom := f.doc.Pages[e.page].Size.H - e.box.At.Y - e.box.H
	f.add(" /A <</O /Layout /Placement /Block /BBox [")
	f.buf = appendLength(f.buf, e.box.At.X)
	f.buf = appendLength(append(f.buf, ' '), bottom)
	f.buf = appendLength(append(f.buf, ' '), e.box.At.X+e.box.W)
	f.buf = appendLength(append(f.buf, ' '), bottom+e.box.H)
	f.add("]>>")
}

// kids lists what the element holds. Marked content of its first page goes by
// its bare number.
func (f *finisher) kids(e *element) {
	page := none
	for _, k := range e.kids {
		if k.kind == kidContent {
			page = k.page
			f.entry(" /Pg", pageObject(page))
			break
		}
	}
	f.add(" /K [")
	for _, k := range e.kids {
		switch {
		case k.kind == kidElement:
			f.ref(f.at.elements + k.number)
		case k.kind == kidLink:
			f.entry("<</Type /OBJR /Pg", pageObject(k.page))
			f.entry(" /Obj", f.at.links+k.number)
			f.add(">>")
		case k.page == page:
			f.int(k.number)
		default:
			f.entry("<</Type /MCR /Pg", pageObject(k.page))
			f.add(" /MCID")
			f.int(k.number)
			f.add(">>")
		}
	}
	f.add("]")
}

// parents gives, for each page, the elements of its marked content by MCID,
// and, for each live area, its Link.
func (f *finisher) parents() {
	f.begin(f.at.parents)
	f.add("<</Nums [")
	for page, elements := range f.tree.pages {
		f.int(page)
		f.add(" [")
		for _, e := range elements {
			f.ref(f.at.elements + e)
		}
		f.add("]\n")
	}
	for i := range f.links {
		f.int(len(f.doc.Pages) + i)
		f.ref(f.at.elements + f.links[i].element)
	}
	f.add("]>>")
	f.end()
}

// pageLinks lists a page's live areas in its dictionary, and gives the links of
// the pages behind it. Links stand in the order of their pages.
func (f *finisher) pageLinks(page int, links []link) []link {
	n := 0
	for n < len(links) && links[n].page == page {
		n++
	}
	if n == 0 {
		return links
	}
	first := len(f.links) - len(links)
	f.add("/Annots [")
	for i := range n {
		f.ref(f.at.links + first + i)
	}
	f.add("]\n")
	return links[n:]
}

// annotations writes the live areas (ISO 32000-1 §12.5.6.5). They print
// nothing. Flag 4 only says that they belong to the printed page, which PDF/A
// and PDF/UA ask for.
func (f *finisher) annotations() {
	for i := range f.links {
		l := &f.links[i]
		f.begin(f.at.links + i)
		f.add("<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [")
		f.buf = appendLength(f.buf, l.x)
		f.buf = appendLength(append(f.buf, ' '), l.y)
		f.buf = appendLength(append(f.buf, ' '), l.x+l.w)
		f.buf = appendLength(append(f.buf, ' '), l.y+l.h)
		f.entry("] /P", pageObject(l.page))
		if f.doc.Profile.Tagged() {
			f.add(" /StructParent")
			f.int(len(f.doc.Pages) + i)
		}
		e := &f.tree.elements[l.element]
		f.buf = appendText(append(f.buf, " /Contents "...), e.words)
		f.buf = appendLiteral(append(f.buf, " /A <</S /URI /URI "...), e.href)
		f.add(">>>>")
		f.end()
	}
}
