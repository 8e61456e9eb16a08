package dsn

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxFields and maxValue bound a header; more is passed over.
	maxFields = 1000
	maxValue  = 8 << 10
	// maxWords bounds in bytes what is kept of a server's words, maxAddress of an
	// address (RFC 5321 allows 254, mail systems write more).
	maxWords   = 1000
	maxAddress = 320
)

// field is a line of a header. The name is in lower case; the value is as it
// stands, in whatever charset, unfolded.
type field struct{ name, value string }

type fields []field

// readFields reads fields up to an empty line, and gives what follows it. Lines
// that are no field, such as mbox's "From ", are passed over.
func readFields(text []byte) (list fields, rest []byte) {
	open := false // the last field can be continued
	for len(text) > 0 {
		line, after, _ := bytes.Cut(text, []byte("\n"))
		line, text = bytes.TrimSuffix(line, []byte("\r")), after
		if len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if more := string(bytes.TrimSpace(line)); open && more != "" {
				last := &list[len(list)-1]
				if len(last.value)+1+len(more) <= maxValue {
					last.value = strings.TrimLeft(last.value+" "+more, " ")
				}
			}
			continue
		}
		name, value, found := bytes.Cut(line, []byte(":"))
		name = bytes.TrimRight(name, " \t")
		open = found && isFieldName(name) && len(list) < maxFields
		if open {
			value = bytes.TrimSpace(value)
			list = append(list, field{strings.ToLower(string(name)), string(value[:min(len(value), maxValue)])})
		}
	}
	return list, text
}

// isFieldName is by RFC 5322 §3.6.8: printable ASCII without colon.
func isFieldName(name []byte) bool {
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(name) > 0
}

// get gives the value of the first field of a name, "" when there is none.
func (f fields) get(name string) string {
	for _, one := range f {
		if one.name == name {
			return one.value
		}
	}
	return ""
}

func (f fields) has(name string) bool {
	for _, one := range f {
		if one.name == name {
			return true
		}
	}
	return false
}

// clean makes one line of text that is safe to show: valid UTF-8 without control
// characters, white space run together, at most limit bytes.
func clean(s string, limit int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= limit {
		return s
	}
	end := limit
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return strings.TrimSpace(s[:end])
}
