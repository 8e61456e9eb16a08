package pdfcheck

import (
	"regexp"
	"slices"
	"strings"
)

func (r *report) uaID() {
	if r.claims.UA != 1 {
		r.fault("pdfuaid:part is %d", r.claims.UA)
	}
}

func (r *report) marked() {
	if r.path(r.root(), "MarkInfo", "Marked") != word("true") {
		r.fault("MarkInfo is %v", r.path(r.root(), "MarkInfo"))
	}
	if r.path(r.root(), "MarkInfo", "Suspects") == word("true") {
		r.fault("it suspects its own tags")
	}
	if r.dict(r.root(), "StructTreeRoot")["Type"] != name("StructTreeRoot") {
		r.fault("it has no structure tree")
	}
}

func (r *report) contentRule() {
	for i := range r.contents {
		for _, f := range r.contents[i].faults {
			r.fault("page %d: %s", i+1, f)
		}
	}
}

// element is a structure element on its way from the root.
type element struct {
	dict   dict
	kind   string
	parent *element
	kids   []*element
}

// elements lists the tree's elements in reading order, parents first.
func (r *report) elements() []*element {
	var all []*element
	seen := map[ref]bool{}
	var walk func(v any, parent *element)
	walk = func(v any, parent *element) {
		number, isRef := v.(ref)
		d := r.dict(v)
		if !isRef || seen[number] || d["S"] == nil {
			return // content, or an element that was met
		}
		seen[number] = true
		kind, _ := d["S"].(name)
		e := &element{dict: d, kind: string(kind), parent: parent}
		if parent != nil {
			parent.kids = append(parent.kids, e)
		}
		all = append(all, e)
		for _, kid := range r.kids(d["K"]) {
			walk(kid, e)
		}
	}
	walk(r.dict(r.root(), "StructTreeRoot")["K"], nil)
	return all
}

func (r *report) kids(v any) []any {
	switch k := r.get(v).(type) {
	case []any:
		return k
	case nil:
		return nil
	}
	return []any{v}
}

// attribute gives an attribute of an element.
func (r *report) attribute(e *element, key string) any {
	for _, a := range r.kids(e.dict["A"]) {
		if v := r.path(a, key); v != nil {
			return v
		}
	}
	return nil
}

// parentTree holds content, annotations and elements against each other: whatever
// has a number is held by the element that the tree gives for it, and the other way
// round.
func (r *report) parentTree() {
	entries := map[int]any{}
	nums := r.list(r.root(), "StructTreeRoot", "ParentTree", "Nums")
	for i := 0; i+1 < len(nums); i += 2 {
		entries[nums[i].(int)] = nums[i+1]
	}
	held := map[[2]any]bool{} // page and MCID, or annotation and nil
	for _, e := range r.elements() {
		for _, kid := range r.kids(e.dict["K"]) {
			switch k := kid.(type) {
			case int:
				held[[2]any{e.dict["Pg"], k}] = true
			case dict:
				if k["Type"] == name("OBJR") {
					held[[2]any{k["Obj"], nil}] = true
				} else {
					held[[2]any{k["Pg"], k["MCID"]}] = true
				}
			}
		}
	}
	counted := 0
	for i, page := range r.pages() {
		key, ok := r.path(page, "StructParents").(int)
		parents := r.list(entries[key])
		if marks := r.contents[i].marks; !ok || len(parents) != len(marks) {
			r.fault("page %d has %d tagged sequences, the parent tree %d", i+1, len(marks), len(parents))
		}
		for mcid, parent := range parents {
			counted++
			if !r.holds(parent, page, mcid) {
				r.fault("page %d: the element of MCID %d does not hold it", i+1, mcid)
			}
		}
		for _, a := range r.list(page, "Annots") {
			counted++
			key, ok := r.path(a, "StructParent").(int)
			if !ok || entries[key] == nil || !held[[2]any{a, nil}] {
				r.fault("page %d: an annotation is in no element", i+1)
			}
		}
	}
	if counted != len(held) {
		r.fault("the elements hold %d pieces, the pages have %d", len(held), counted)
	}
}

func (r *report) holds(element, page any, mcid int) bool {
	d := r.dict(element)
	for _, kid := range r.kids(d["K"]) {
		if kid == mcid && d["Pg"] == page {
			return true
		}
		if k, ok := kid.(dict); ok && k["MCID"] == mcid && k["Pg"] == page {
			return true
		}
	}
	return false
}

// parents are the standard structure types that render/pdf writes, each with those
// that it may stand in; nil is any (ISO 32000-1 §14.8.4).
var parents = map[string][]string{
	"Document": {""}, "Div": nil, "P": nil, "BlockQuote": nil, "Figure": nil, "Link": nil, "Span": nil, "Note": nil,
	"Caption": {"Div", "Figure", "Table"},
	"H1":      nil, "H2": nil, "H3": nil, "H4": nil, "H5": nil, "H6": nil,
	"L": nil, "LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"},
	"Table": nil, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"},
	"Ruby": nil, "RB": {"Ruby"}, "RT": {"Ruby"}, "RP": {"Ruby"},
}

// allowed are the types that may stand in some; others hold what they like.
var allowed = map[string][]string{
	"L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"}, "Table": {"TR", "Caption"}, "TR": {"TH", "TD"},
	"Ruby": {"RB", "RT", "RP"},
}

func (r *report) types() {
	for _, e := range r.elements() {
		if _, known := parents[e.kind]; !known {
			r.fault("the type %q is not one of the standard's", e.kind)
		}
		if e.dict["Type"] != name("StructElem") || e.dict["P"] == nil {
			r.fault("an element %s is not tied to its parent", e.kind)
		}
	}
	for i := range r.contents {
		for _, m := range r.contents[i].marks {
			if _, known := parents[m.tag]; !known {
				r.fault("page %d: the type %q is not one of the standard's", i+1, m.tag)
			}
		}
	}
}

func (r *report) grammar() {
	for _, e := range r.elements() {
		above := ""
		if e.parent != nil {
			above = e.parent.kind
		}
		if in := parents[e.kind]; in != nil && !slices.Contains(in, above) {
			r.fault("%s stands in %q", e.kind, above)
		}
		if e.kind == "Ruby" && !wellBuilt(e) {
			r.fault("Ruby is not RB and RT, or RB, RP, RT and RP")
		}
		captions := 0
		for i, kid := range e.kids {
			if in := allowed[e.kind]; in != nil && !slices.Contains(in, kid.kind) {
				r.fault("%s has %s", e.kind, kid.kind)
			}
			if kid.kind == "Caption" {
				captions++
				edge := i == 0 || i == len(e.kids)-1
				if e.kind == "Table" && (!edge || captions > 1) {
					r.fault("a table has its caption between its rows")
				}
			}
		}
	}
}

// wellBuilt reports whether a Ruby is a base with its reading, which may stand in
// brackets (ISO 32000-1 §14.8.4.4.5), and none of these is empty.
func wellBuilt(ruby *element) bool {
	kinds := ""
	for _, kid := range ruby.kids {
		if kid.dict["K"] == nil {
			return false
		}
		kinds += kid.kind
	}
	return kinds == "RBRT" || kinds == "RBRPRTRP"
}

func (r *report) title() {
	if r.packet["dc:title"] == "" {
		r.fault("the metadata have no title")
	}
	if r.path(r.root(), "ViewerPreferences", "DisplayDocTitle") != word("true") {
		r.fault("the title is not to be shown")
	}
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)

func (r *report) language() {
	if lang := r.text(r.root(), "Lang"); !languageTag.MatchString(lang) {
		r.fault("the document's language is %q", lang)
	}
	for _, e := range r.elements() {
		if e.dict["Lang"] != nil && !languageTag.MatchString(r.text(e.dict, "Lang")) {
			r.fault("%s has the language %q", e.kind, r.text(e.dict, "Lang"))
		}
	}
	for i := range r.contents {
		for _, m := range r.contents[i].marks {
			if m.lang != "" && !languageTag.MatchString(m.lang) {
				r.fault("page %d: a span has the language %q", i+1, m.lang)
			}
		}
	}
}

func (r *report) figures() {
	for _, e := range r.elements() {
		if e.kind != "Figure" {
			continue
		}
		if strings.TrimSpace(r.text(e.dict, "Alt")) == "" {
			r.fault("a picture has no alternative text")
		}
		if box, _ := r.attribute(e, "BBox").([]any); len(box) != 4 || number(box[2]) <= number(box[0]) {
			r.fault("a picture stands at %v", box)
		}
	}
}

func (r *report) headings() {
	last := 0
	for _, e := range r.elements() {
		if len(e.kind) != 2 || e.kind[0] != 'H' {
			continue
		}
		level := int(e.kind[1] - '0')
		if level > last+1 {
			r.fault("%s follows H%d", e.kind, last)
		}
		last = level
	}
}

// tables wants every head cell to have its scope, and every row to have as many
// columns as the others.
func (r *report) tables() {
	for _, e := range r.elements() {
		switch e.kind {
		case "TH":
			if s := r.attribute(e, "Scope"); s != name("Column") && s != name("Row") && s != name("Both") {
				r.fault("a head cell has the scope %v", s)
			}
		case "Table":
			r.rows(e)
		}
	}
}

func (r *report) rows(table *element) {
	var covered []int
	y := 0
	for _, row := range table.kids {
		if row.kind != "TR" {
			continue
		}
		for _, cell := range row.kids {
			wide, high := 1, 1
			if n, ok := r.attribute(cell, "ColSpan").(int); ok {
				wide = n
			}
			if n, ok := r.attribute(cell, "RowSpan").(int); ok {
				high = n
			}
			for at := y; at < y+high; at++ {
				for len(covered) <= at {
					covered = append(covered, 0)
				}
				covered[at] += wide
			}
		}
		y++
	}
	if len(covered) != y {
		r.fault("a table of %d rows has cells over %d", y, len(covered))
	}
	for i := range covered {
		if covered[i] != covered[0] {
			r.fault("row %d of a table has %d columns, its first %d", i+1, covered[i], covered[0])
		}
	}
}

func (r *report) lists() {
	for _, e := range r.elements() {
		if e.kind != "L" {
			continue
		}
		numbered := r.attribute(e, "ListNumbering")
		for _, item := range e.kids {
			labelled := len(item.kids) > 0 && item.kids[0].kind == "Lbl"
			if labelled && (numbered == nil || numbered == name("None")) {
				r.fault("a list with labels has the numbering %v", numbered)
			}
		}
	}
}

func (r *report) notes() {
	ids := map[string]bool{}
	for _, e := range r.elements() {
		if e.kind != "Note" {
			continue
		}
		id := r.text(e.dict, "ID")
		if id == "" || ids[id] {
			r.fault("a note has the ID %q", id)
		}
		ids[id] = true
	}
}

// links wants every live area to be in a Link and to say where it leads.
func (r *report) links() {
	in := map[any]string{}
	for _, e := range r.elements() {
		words := false
		for _, kid := range r.kids(e.dict["K"]) {
			if k, ok := kid.(dict); ok && k["Type"] == name("OBJR") {
				in[k["Obj"]] = e.kind
			} else {
				words = true
			}
		}
		if e.kind == "Link" && !words {
			r.fault("a link has no words")
		}
	}
	for i, page := range r.pages() {
		for _, a := range r.list(page, "Annots") {
			if in[a] != "Link" {
				r.fault("page %d: a link is not in a Link but %q", i+1, in[a])
			}
			if strings.TrimSpace(r.text(a, "Contents")) == "" {
				r.fault("page %d: a link does not say what it is", i+1)
			}
		}
	}
}

func (r *report) tabs() {
	for i, page := range r.pages() {
		if len(r.list(page, "Annots")) > 0 && r.path(page, "Tabs") != name("S") {
			r.fault("page %d has the tab order %v", i+1, r.path(page, "Tabs"))
		}
	}
}
