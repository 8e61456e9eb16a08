package fonts

import "strings"

// The identifiers of the names that may serve as a PostScript name.
const (
	nameFull       = 4
	namePostScript = 6
)

// postScriptName reads the font's PostScript name, its full name where it has
// none. What cannot stand in a PostScript or PDF name is left out, and the
// result is at most 63 bytes, as the specification of the name table demands.
func postScriptName(table view) string {
	for _, id := range []int{namePostScript, nameFull} {
		if name := plainName(findName(table, id)); name != "" {
			return name
		}
	}
	return "Unnamed"
}

// findName gives the bytes of the first name with the identifier, of any
// platform and language: PostScript names are ASCII in all of them.
func findName(table view, id int) view {
	texts := table.from(table.u16(4))
	for i := range table.u16(2) {
		record, ok := table.part(6+12*i, 12)
		if !ok {
			break
		}
		if record.u16(6) != id {
			continue
		}
		if text, ok := texts.part(record.u16(10), record.u16(8)); ok {
			return text
		}
	}
	return ""
}

// plainName keeps the printable ASCII characters that are not delimiters
// (ISO 32000-1 §7.2.2); of UTF-16 text the zero bytes fall away too.
func plainName(text view) string {
	const most = 63
	var name strings.Builder
	for i := range len(text) {
		c := text[i]
		if c <= ' ' || c > '~' || strings.IndexByte("[](){}<>/%#", c) >= 0 {
			continue
		}
		if name.Len() == most {
			break
		}
		name.WriteByte(c)
	}
	return name.String()
}
