package pdfcheck

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

func (r *report) header() {
	if !bytes.HasPrefix(r.data, []byte("%PDF-1.7\n%")) {
		r.fault("it does not begin as PDF 1.7 does")
		return
	}
	for _, c := range r.data[10:14] {
		if c < 0x80 {
			r.fault("the comment behind the header has a byte %#x", c)
		}
	}
	if !bytes.HasSuffix(r.data, []byte("\n%%EOF\n")) {
		r.fault("something stands behind the end")
	}
}

func (r *report) trailerRule() {
	id, _ := r.trailer["ID"].([]any)
	if len(id) != 2 || id[0] == "" || id[1] == "" {
		r.fault("/ID is %v", r.trailer["ID"])
	}
	if r.trailer["Encrypt"] != nil {
		r.fault("it is encrypted")
	}
	if r.trailer["Size"] != len(r.objects) {
		r.fault("/Size is %v for %d objects", r.trailer["Size"], len(r.objects))
	}
}

func (r *report) streams() {
	r.walk(func(n int, v any) {
		s, ok := v.(stream)
		if !ok {
			return
		}
		for _, key := range []string{"F", "FFilter", "FDecodeParms"} {
			if s.dict[key] != nil {
				r.fault("object %d is a stream in another file: /%s", n, key)
			}
		}
		switch s.dict["Filter"] {
		case nil, name("FlateDecode"), name("DCTDecode"):
		default:
			r.fault("object %d has filter %v", n, s.dict["Filter"])
		}
	})
}

func (r *report) nameRule() {
	r.walk(func(n int, v any) {
		if s, ok := v.(name); ok && !utf8.ValidString(unescape(string(s))) {
			r.fault("object %d has a name that is no UTF-8: %q", n, s)
		}
	})
}

func unescape(s string) string {
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			if hi, lo := strings.IndexByte(digits, s[i+1]), strings.IndexByte(digits, s[i+2]); hi >= 0 && lo >= 0 {
				b = append(b, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

const digits = "0123456789ABCDEF"

func (r *report) limits() {
	r.walk(func(n int, v any) {
		switch v := v.(type) {
		case int:
			if v > 1<<31-1 || v < -1<<31 {
				r.fault("object %d has the number %d", n, v)
			}
		case string:
			if len(v) > 32767 {
				r.fault("object %d has a string of %d bytes", n, len(v))
			}
		case name:
			if len(v) > 127 {
				r.fault("object %d has a name of %d bytes", n, len(v))
			}
		}
	})
	if len(r.objects) > 8388607 {
		r.fault("it has %d objects", len(r.objects))
	}
	for i := range r.pages() {
		box := r.list(r.page(i), "MediaBox")
		if box == nil {
			box = r.list(r.root(), "Pages", "MediaBox")
		}
		for side := range 2 {
			if len(box) != 4 || number(box[side+2])-number(box[side]) < 3 || number(box[side+2])-number(box[side]) > 14400 {
				r.fault("page %d has the size %v", i+1, box)
				break
			}
		}
	}
}

func (r *report) outputIntent() {
	intents := r.list(r.root(), "OutputIntents")
	if len(intents) != 1 || r.path(intents[0], "S") != name("GTS_PDFA1") {
		r.fault("the output intents are %v", intents)
		return
	}
	profile, err := r.inflate(intents[0], "DestOutputProfile")
	if err != nil || len(profile) < 128 {
		r.fault("the profile cannot be read: %v", err)
		return
	}
	if string(profile[36:40]) != "acsp" || string(profile[12:20]) != "mntrRGB " || profile[8] > 4 {
		r.fault("the profile is %q of version %d", profile[12:20], profile[8])
	}
	if r.path(intents[0], "DestOutputProfile", "N") != 3 {
		r.fault("the profile's /N is %v", r.path(intents[0], "DestOutputProfile", "N"))
	}
	if r.text(intents[0], "OutputConditionIdentifier") == "" {
		r.fault("the output condition has no name")
	}
}

func (r *report) colour() {
	r.walk(func(n int, v any) {
		d := r.dict(v)
		if _, isStream := v.(stream); !isStream || d["Subtype"] != name("Image") {
			return
		}
		switch d["ColorSpace"] {
		case name("DeviceRGB"), name("DeviceGray"):
		default:
			if space := r.list(d["ColorSpace"]); len(space) == 2 && space[0] == name("ICCBased") {
				return
			}
			r.fault("picture %d has the colour space %v", n, d["ColorSpace"])
		}
	})
	for i := range r.contents {
		for _, f := range r.contents[i].faults {
			if strings.HasPrefix(f, "operator") { // k and K are none of those that are known
				r.fault("page %d: %s", i+1, f)
			}
		}
	}
}

func (r *report) images() {
	r.walk(func(n int, v any) {
		d := r.dict(v)
		if _, isStream := v.(stream); !isStream || d["Type"] != name("XObject") {
			return
		}
		if d["Subtype"] != name("Image") {
			r.fault("object %d is an XObject of the kind %v", n, d["Subtype"])
		}
		for _, key := range []string{"Alternates", "OPI", "PS", "Ref"} {
			if d[key] != nil {
				r.fault("picture %d has /%s", n, key)
			}
		}
		if d["Interpolate"] == word("true") {
			r.fault("picture %d is interpolated", n)
		}
		switch d["BitsPerComponent"] {
		case 1, 2, 4, 8, 16:
		default:
			r.fault("picture %d has %v bits", n, d["BitsPerComponent"])
		}
	})
}

func (r *report) transparency() {
	r.walk(func(n int, v any) {
		d := r.dict(v)
		if d["S"] == name("Transparency") && d["CS"] == nil && r.list(r.root(), "OutputIntents") == nil {
			r.fault("object %d is a group without a colour space", n)
		}
		if mode := d["BM"]; mode != nil && mode != name("Normal") && mode != name("Multiply") {
			r.fault("object %d has the blend mode %v", n, mode)
		}
	})
}

// The flags of an annotation (ISO 32000-1 §12.5.3).
const (
	flagInvisible = 1 << iota
	flagHidden
	flagPrint
	_
	_
	flagNoView
)

func (r *report) annotations() {
	for i := range r.pages() {
		for _, a := range r.list(r.page(i), "Annots") {
			if r.path(a, "Subtype") != name("Link") {
				r.fault("page %d has an annotation of the kind %v", i+1, r.path(a, "Subtype"))
			}
			flags, _ := r.path(a, "F").(int)
			if flags&flagPrint == 0 || flags&(flagInvisible|flagHidden|flagNoView) != 0 {
				r.fault("page %d has an annotation with the flags %d", i+1, flags)
			}
		}
	}
}

func (r *report) actions() {
	r.walk(func(n int, v any) {
		d, ok := v.(dict)
		if !ok {
			return
		}
		for _, key := range []string{"AA", "OpenAction", "JS", "JavaScript"} {
			if d[key] != nil {
				r.fault("object %d has /%s", n, key)
			}
		}
		if action := r.dict(d["A"]); action != nil && action["URI"] == nil && d["Type"] == name("Annot") {
			r.fault("object %d has the action %v", n, action["S"])
		}
		if action := r.dict(d["A"]); action != nil && d["Type"] == name("Annot") && action["S"] != name("URI") {
			r.fault("object %d has the action %v", n, action["S"])
		}
	})
}

func (r *report) forms() {
	for _, key := range []string{"AcroForm", "OCProperties", "Requirements", "Collection", "Perms"} {
		if r.path(r.root(), key) != nil {
			r.fault("the catalogue has /%s", key)
		}
	}
}

func (r *report) xmp() {
	if r.path(r.root(), "Metadata", "Filter") != nil {
		r.fault("the packet is packed")
	}
	if r.path(r.root(), "Metadata", "Type") != name("Metadata") {
		r.fault("the packet is not called so")
	}
	if part := r.claims.Part; part != 2 && part != 3 {
		r.fault("part %d", part)
	}
	if level := r.claims.Level; level != "A" && level != "U" && level != "B" {
		r.fault("conformance level %q", level)
	}
	if r.claims.UA != 0 && !strings.Contains(r.packet["pdfaSchema:prefix"], "pdfuaid") {
		r.fault("the schema of pdfuaid is not described (§6.6.2.3)")
	}
}

func (r *report) attached() {
	files := r.list(r.root(), "Names", "EmbeddedFiles", "Names")
	if r.claims.Part != 3 {
		if r.path(r.root(), "Names", "EmbeddedFiles") != nil {
			r.fault("files are attached to a file of part %d", r.claims.Part)
		}
		return
	}
	associated := r.list(r.root(), "AF")
	for i := 1; i < len(files); i += 2 {
		d := r.dict(files[i])
		data, _ := r.path(d, "EF", "F").(stream)
		if r.text(d, "F") == "" || r.text(d, "UF") == "" || d["AFRelationship"] == nil || data.dict["Subtype"] == nil {
			r.fault("the attached file %v is not described", files[i-1])
		}
		found := false
		for _, a := range associated {
			found = found || a == files[i]
		}
		if !found {
			r.fault("the attached file %v is not tied to anything", files[i-1])
		}
	}
	if len(files) == 0 {
		r.fault("PDF/A-3 without an attached file would be PDF/A-2")
	}
}

func (r *report) page(i int) any { return r.pages()[i] }

func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

// walk calls visit for every value of every object, streams and dictionaries before
// what is in them.
func (r *report) walk(visit func(object int, v any)) {
	for n, v := range r.objects {
		walk(n, v, visit)
	}
	walk(0, r.trailer, visit)
}

func walk(n int, v any, visit func(int, any)) {
	visit(n, v)
	switch v := v.(type) {
	case stream:
		walk(n, v.dict, visit)
	case dict:
		for key, entry := range v {
			visit(n, name(key))
			walk(n, entry, visit)
		}
	case []any:
		for _, entry := range v {
			walk(n, entry, visit)
		}
	}
}
