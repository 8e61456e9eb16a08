package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// shown is a character on a page: what it is copied as, and where it stands.
type shown struct {
	text string
	x, y float64 // of the outline's origin, points from the lower left
	size float64
	mcid int     // none in an artifact
	pen  float64 // of the code's own origin
	wide float64 // the code's advance, in points
	font *font0
	cid  int
}

// content is what a page's content stream does.
type content struct {
	glyphs []shown
	marks  []string // the tag of each MCID
	pics   [][6]float64
	boxes  int
}

// read interprets a page's content stream, as far as this package uses the
// language, and holds it to its rules: what is drawn is marked, and what is
// opened is closed.
func (f *pdfFile) read(page ref) content {
	f.t.Helper()
	var c content
	var stack []any
	number := func(i int) float64 {
		switch v := stack[len(stack)-1-i].(type) {
		case int:
			return float64(v)
		case float64:
			return v
		}
		f.t.Fatalf("%v is no number", stack[len(stack)-1-i])
		return 0
	}
	mcid, open, path, inText := none, false, false, false
	var font *font0
	var size, x, y float64
	var matrix [][6]float64
	l := &lexer{data: f.inflate(f.path(page, "Contents"))}
	for v := l.next(); v != nil; v = l.next() {
		op, isOp := v.(word)
		if !isOp {
			stack = append(stack, v)
			continue
		}
		if draws := strings.Contains(" TJ re f Do ", " "+string(op)+" "); draws && !open {
			f.t.Errorf("%s outside marked content", op)
		}
		if path && op != "re" && op != "f" {
			f.t.Errorf("%s within a path", op)
		}
		switch op {
		case "BDC":
			properties := stack[len(stack)-1].(dict)
			if open {
				f.t.Error("marked content within marked content")
			}
			mcid, open = none, true
			if stack[len(stack)-2] == name("Artifact") {
				break
			}
			mcid = properties["MCID"].(int)
			if mcid != len(c.marks) {
				f.t.Errorf("MCID %d comes after %d", mcid, len(c.marks)-1)
			}
			c.marks = append(c.marks, string(stack[len(stack)-2].(name)))
		case "BMC":
			mcid, open = none, true
		case "EMC":
			if !open {
				f.t.Error("EMC without BDC")
			}
			open = false
		case "BT":
			inText, x, y = true, 0, 0
		case "ET":
			inText = false
		case "Tf":
			fonts := f.path(page, "Resources", "Font")
			font, size = f.font(f.path(fonts, string(stack[len(stack)-2].(name)))), number(0)
		case "Td", "Tm":
			x, y = number(1), number(0)
		case "TJ":
			if !inText {
				f.t.Error("TJ outside BT … ET")
			}
			for _, part := range stack[len(stack)-1].([]any) {
				switch part := part.(type) {
				case int:
					x -= float64(part) / 1000 * size
				case string:
					for i := 0; i+1 < len(part); i += 2 {
						cid := int(part[i])<<8 | int(part[i+1])
						wide := font.width(cid) / 1000 * size
						c.glyphs = append(c.glyphs, shown{
							font.texts[cid], x + font.file.shift(cid)*size, y, size, mcid, x, wide, font, cid,
						})
						x += wide
					}
				}
			}
		case "re":
			path = true
			c.boxes++
		case "f":
			path = false
		case "cm":
			matrix = append(matrix, [6]float64{number(5), number(4), number(3), number(2), number(1), number(0)})
		case "Do":
			c.pics = append(c.pics, matrix[len(matrix)-2]) // the last is fpdf's own, of one unit
		case "rg", "q", "Q", "J", "j", "w", "G", "g": // of state
		default:
			f.t.Errorf("operator %s is not expected", op)
		}
		stack = stack[:0]
	}
	if open || path {
		f.t.Error("marked content or a path is left open")
	}
	return c
}

// font0 is a composite font as the file tells of it.
type font0 struct {
	texts  map[int]string
	widths map[int]float64
	file   *trueType
}

func (f *font0) width(cid int) float64 {
	if w, ok := f.widths[cid]; ok {
		return w
	}
	return 1000
}

func (f *pdfFile) font(v any) *font0 {
	font := &font0{map[int]string{}, map[int]float64{}, nil}
	l := &lexer{data: f.inflate(f.path(v, "ToUnicode"))}
	var last []string
	for v := l.next(); v != nil; v = l.next() {
		switch v := v.(type) {
		case string:
			last = append(last, v)
		case word:
			if v == "endbfchar" {
				for i := 0; i+1 < len(last); i += 2 {
					font.texts[int(last[i][0])<<8|int(last[i][1])] = utf16Text(last[i+1])
				}
			}
			last = nil
		}
	}
	descendant := f.path(v, "DescendantFonts").([]any)[0]
	font.file = readTrueType(f.t, f.inflate(f.path(descendant, "FontDescriptor", "FontFile2")))
	widths := f.path(descendant, "W").([]any)
	for i := 0; i+1 < len(widths); i += 2 {
		for k, w := range widths[i+1].([]any) {
			font.widths[widths[i].(int)+k] = float64(w.(int))
		}
	}
	return font
}

// words joins the texts of a page's characters.
func (c content) words() string {
	var b strings.Builder
	for _, g := range c.glyphs {
		b.WriteString(g.text)
	}
	return b.String()
}

// sound checks what must hold for every file: every object can be reached, and
// pages and structure tree agree on every piece of marked content and on every
// link.
func sound(t testing.TB, data []byte) *pdfFile {
	t.Helper()
	f := parse(t, data)
	reached := make([]bool, len(f.objects))
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case ref:
			if f.get(v); !reached[v] {
				reached[v] = true
				walk(f.objects[v])
			}
		case dict:
			for _, entry := range v {
				walk(entry)
			}
		case []any:
			for _, entry := range v {
				walk(entry)
			}
		case stream:
			walk(v.dict)
		}
	}
	walk(f.trailer)
	for n, ok := range reached {
		if n > 0 && !ok {
			t.Errorf("object %d cannot be reached: %v", n, f.objects[n])
		}
	}
	if bytes.Contains(data, []byte("/Names")) || bytes.Contains(data, []byte("FPDF")) {
		t.Error("something of fpdf's catalogue or Info is left")
	}
	f.checkParents()
	return f
}

// checkParents holds the parent tree against content, annotations and elements.
func (f *pdfFile) checkParents() {
	nums := f.path(f.root(), "StructTreeRoot", "ParentTree", "Nums").([]any)
	entries := map[int]any{}
	for i := 0; i < len(nums); i += 2 {
		if i > 0 && nums[i].(int) <= nums[i-2].(int) {
			f.t.Error("the parent tree is not in order")
		}
		entries[nums[i].(int)] = nums[i+1]
	}
	for i, page := range f.pages() {
		parents := entries[f.path(page, "StructParents").(int)].([]any)
		if c := f.read(page); len(c.marks) != len(parents) {
			f.t.Errorf("page %d has %d pieces of marked content, the parent tree %d", i+1, len(c.marks), len(parents))
		}
		for mcid, parent := range parents {
			if !f.holdsContent(parent, page, mcid) {
				f.t.Errorf("page %d: the element of MCID %d does not hold it", i+1, mcid)
			}
		}
		annots, _ := f.path(page, "Annots").([]any)
		for _, annot := range annots {
			link := entries[f.path(annot, "StructParent").(int)]
			if f.path(link, "S") != name("Link") || !f.holdsLink(link, annot) {
				f.t.Errorf("page %d: an annotation is in no Link", i+1)
			}
		}
	}
}

func (f *pdfFile) holdsContent(element any, page ref, mcid int) bool {
	for _, kid := range f.path(element, "K").([]any) {
		if kid == mcid && f.get(element).(dict)["Pg"] == page {
			return true
		}
		if d, ok := kid.(dict); ok && d["MCID"] == mcid && d["Pg"] == page {
			return true
		}
	}
	return false
}

func (f *pdfFile) holdsLink(element, annot any) bool {
	for _, kid := range f.path(element, "K").([]any) {
		if d, ok := kid.(dict); ok && d["Obj"] == annot {
			return true
		}
	}
	return false
}

// structure writes the structure tree as one line an element: its type, what of
// it is copied as text, and what else it says.
func (f *pdfFile) structure() string {
	contents := map[ref]content{}
	for _, page := range f.pages() {
		contents[page] = f.read(page)
	}
	var b strings.Builder
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		d := f.get(v).(dict)
		b.WriteString(strings.Repeat("  ", depth) + string(d["S"].(name)))
		for _, key := range []string{"Alt", "Lang"} {
			if s, ok := d[key].(string); ok {
				b.WriteString(" " + key + "=" + text(s))
			}
		}
		attributes, _ := f.path(d, "A").(dict)
		for _, key := range []string{"Scope", "ColSpan", "RowSpan", "ListNumbering"} {
			if v := attributes[key]; v != nil {
				fmt.Fprintf(&b, " %s=%v", key, v)
			}
		}
		var kids []any
		for _, kid := range d["K"].([]any) {
			page, mcid := d["Pg"], none
			switch kid := kid.(type) {
			case int:
				mcid = kid
			case dict:
				if kid["Type"] == name("OBJR") {
					b.WriteString(" →" + f.path(kid["Obj"], "A", "URI").(string) + " (" + text(f.path(kid["Obj"], "Contents")) + ")")
					continue
				}
				page, mcid = kid["Pg"], kid["MCID"].(int)
			case ref:
				kids = append(kids, kid)
				continue
			}
			b.WriteString(" “")
			for _, g := range contents[page.(ref)].glyphs {
				if g.mcid == mcid {
					b.WriteString(g.text)
				}
			}
			b.WriteString("”")
		}
		b.WriteByte('\n')
		for _, kid := range kids {
			if f.path(kid, "P") == nil {
				f.t.Error("an element has no parent")
			}
			walk(kid, depth+1)
		}
	}
	walk(f.path(f.root(), "StructTreeRoot", "K"), 0)
	return b.String()
}
