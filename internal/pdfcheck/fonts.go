package pdfcheck

import (
	"encoding/binary"
	"fmt"
	"regexp"
)

// font is a composite TrueType font as the file has it.
type font struct {
	resource string
	dict     dict // Type0
	below    dict // CIDFontType2
	program  []byte
	tables   map[string][]byte
	texts    map[int]string // by character code
	why      error          // it cannot be read further
}

// fonts reads the fonts of the pages' resources, each once.
func (r *report) fonts() []font {
	var fonts []font
	seen := map[any]bool{}
	for i := range r.pages() {
		for resource, v := range r.dict(r.page(i), "Resources", "Font") {
			if !seen[v] {
				seen[v] = true
				fonts = append(fonts, r.font(resource, v))
			}
		}
	}
	return fonts
}

func (r *report) font(resource string, v any) font {
	f := font{resource: resource, dict: r.dict(v)}
	if below := r.list(f.dict["DescendantFonts"]); len(below) == 1 {
		f.below = r.dict(below[0])
	}
	if f.program, f.why = r.inflate(f.below, "FontDescriptor", "FontFile2"); f.why == nil {
		f.tables, f.why = tablesOf(f.program)
	}
	if m, err := r.inflate(f.dict, "ToUnicode"); err == nil {
		f.texts = mappings(m)
	}
	return f
}

func tablesOf(program []byte) (map[string][]byte, error) {
	if len(program) < 12 {
		return nil, fmt.Errorf("a font of %d bytes", len(program))
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(program[4:])) {
		entry := program[12+16*i:]
		at, n := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		if uint64(at)+uint64(n) > uint64(len(program)) {
			return nil, fmt.Errorf("table %q is cut off", entry[:4])
		}
		tables[string(entry[:4])] = program[at : at+n]
	}
	for _, need := range []string{"head", "hhea", "hmtx", "maxp", "loca", "glyf"} {
		if tables[need] == nil && need != "glyf" {
			return nil, fmt.Errorf("table %q is missing", need)
		}
	}
	return tables, nil
}

var mapping = regexp.MustCompile(`<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]*)>`)

// mappings reads the bfchar lines of a ToUnicode map.
func mappings(m []byte) map[int]string {
	texts := map[int]string{}
	for _, found := range mapping.FindAllSubmatch(m, -1) {
		if string(found[0]) == "<0000> <FFFF>" {
			continue // the code space
		}
		var code int
		var units []byte
		if _, err := fmt.Sscanf(string(found[1]), "%04X", &code); err != nil {
			continue
		}
		if len(found[2]) > 0 {
			if _, err := fmt.Sscanf(string(found[2]), "%X", &units); err != nil {
				continue
			}
		}
		texts[code] = utf16Text(string(units))
	}
	return texts
}

func (r *report) fontEmbedded() {
	all := 0
	for _, f := range r.fonts() {
		all++
		if f.why != nil {
			r.fault("font %s is not embedded: %v", f.resource, f.why)
		}
		if !subsetName.MatchString(fmt.Sprint(f.dict["BaseFont"])) {
			r.fault("font %s has the name %v, without a subset's tag", f.resource, f.dict["BaseFont"])
		}
		if set, err := r.inflate(f.below, "FontDescriptor", "CIDSet"); err == nil {
			for cid := range f.glyphs() {
				if cid/8 >= len(set) || set[cid/8]&(0x80>>(cid%8)) == 0 {
					r.fault("font %s: CIDSet is without %d", f.resource, cid)
					break
				}
			}
		}
	}
	known := map[string]bool{}
	for i := range r.pages() {
		for resource := range r.dict(r.page(i), "Resources", "Font") {
			known[resource] = true
		}
		for resource := range r.dict(r.page(i), "Resources", "XObject") {
			known[resource] = true
		}
		for resource := range r.contents[i].used {
			if !known[resource] {
				r.fault("page %d uses %s, which its resources do not have", i+1, resource)
			}
		}
	}
}

var subsetName = regexp.MustCompile(`^[A-Z]{6}\+.`)

func (r *report) fontCID() {
	for _, f := range r.fonts() {
		if f.dict["Subtype"] != name("Type0") || f.dict["Encoding"] != name("Identity-H") {
			r.fault("font %s is %v with the encoding %v", f.resource, f.dict["Subtype"], f.dict["Encoding"])
		}
		if f.below["Subtype"] != name("CIDFontType2") || f.below["CIDToGIDMap"] != name("Identity") {
			r.fault("font %s: %v with the map %v", f.resource, f.below["Subtype"], f.below["CIDToGIDMap"])
		}
		system := r.dict(f.below, "CIDSystemInfo")
		if system["Registry"] != "Adobe" || system["Ordering"] != "Identity" || system["Supplement"] != 0 {
			r.fault("font %s: %v", f.resource, system)
		}
		if f.below["BaseFont"] != f.dict["BaseFont"] || r.path(f.below, "FontDescriptor", "FontName") != f.dict["BaseFont"] {
			r.fault("font %s has several names", f.resource)
		}
	}
}

func (f *font) glyphs() int { return int(binary.BigEndian.Uint16(f.tables["maxp"][4:])) }

// advance is a glyph's, in thousandths of an em.
func (f *font) advance(gid int) float64 {
	long := int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	units := float64(binary.BigEndian.Uint16(f.tables["head"][18:]))
	return float64(binary.BigEndian.Uint16(f.tables["hmtx"][4*min(gid, long-1):])) * 1000 / units
}

// fontWidths holds the widths that the file tells against those of the font program,
// for the characters that are drawn: they differ by a thousandth of an em at most.
func (r *report) fontWidths() {
	drawn := map[string]map[int]bool{}
	for i := range r.contents {
		for _, s := range r.contents[i].shown {
			if drawn[s.font] == nil {
				drawn[s.font] = map[int]bool{}
			}
			drawn[s.font][s.cid] = true
		}
	}
	for _, f := range r.fonts() {
		if f.why != nil {
			continue
		}
		widths := map[int]float64{}
		list := r.list(f.below, "W")
		for i := 0; i+1 < len(list); i += 2 {
			for j, w := range r.list(list[i+1]) {
				widths[list[i].(int)+j] = number(w)
			}
		}
		usual := number(f.below["DW"])
		for cid := range drawn[f.resource] {
			if cid >= f.glyphs() {
				continue // font-notdef tells
			}
			w, ok := widths[cid]
			if !ok {
				w = usual
			}
			if d := w - f.advance(cid); d > 1 || d < -1 {
				r.fault("font %s: glyph %d is %v wide in the file, %v in the font", f.resource, cid, w, f.advance(cid))
				break
			}
		}
	}
}

func (r *report) fontText() {
	for _, f := range r.fonts() {
		if f.texts == nil {
			r.fault("font %s does not say what its characters are", f.resource)
		}
		for code, text := range f.texts {
			for _, c := range text {
				if c == 0 || c == 0xFEFF || c == 0xFFFE {
					r.fault("font %s: character %d is %U", f.resource, code, c)
				}
			}
		}
	}
	r.eachShown(func(page int, s shown, f *font) {
		if text, ok := f.texts[s.cid]; !ok || text == "" {
			r.fault("page %d: character %d of font %s has no text", page+1, s.cid, s.font)
		}
	})
}

// eachShown calls visit for each glyph on the pages with its font.
func (r *report) eachShown(visit func(page int, s shown, f *font)) {
	fonts := map[string]font{}
	for _, f := range r.fonts() {
		fonts[f.resource] = f
	}
	for i := range r.contents {
		for _, s := range r.contents[i].shown {
			f := fonts[s.font]
			visit(i, s, &f)
		}
	}
}

func (r *report) fontNotdef() {
	r.eachShown(func(page int, s shown, f *font) {
		if s.cid == 0 || f.why == nil && f.tables != nil && s.cid >= f.glyphs() {
			r.fault("page %d: character %d of font %s is .notdef", page+1, s.cid, s.font)
		}
	})
}

func (r *report) privateUse() {
	r.eachShown(func(page int, s shown, f *font) {
		for _, c := range f.texts[s.cid] {
			private := c >= 0xE000 && c <= 0xF8FF || c >= 0xF0000
			if private && !s.said {
				r.fault("page %d: %U has no ActualText", page+1, c)
			}
		}
	})
}
