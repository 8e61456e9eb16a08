package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// appendText writes a text string (ISO 32000-1 §7.9.2.2): as it is if it is
// plain ASCII, else in UTF-16BE as hexadecimal digits. Nothing in s can end the
// string. Bytes that are no UTF-8 become U+FFFD.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return append(appendUTF16(append(b, "<FEFF"...), s), '>')
		}
	}
	return appendLiteral(b, s)
}

// appendUTF16 writes s in UTF-16BE as hexadecimal digits, with surrogate pairs
// beyond U+FFFF.
func appendUTF16(b []byte, s string) []byte {
	for _, r := range s {
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			b = appendHex16(b, uint16(high))
			b = appendHex16(b, uint16(low))
		} else {
			b = appendHex16(b, uint16(r))
		}
	}
	return b
}

// appendLiteral writes printable ASCII as a literal string.
func appendLiteral(b []byte, s string) []byte {
	b = append(b, '(')
	for i := range len(s) {
		if c := s[i]; c == '(' || c == ')' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return append(b, ')')
}

// appendName writes a name object; what may not stand in one is written as #xx
// (ISO 32000-1 §7.3.5).
func appendName(b []byte, s string) []byte {
	b = append(b, '/')
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c > '~' || strings.IndexByte("#()<>[]{}/%", c) >= 0 {
			b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return b
}

// longestAddress is the longest address, in bytes, that becomes a live area. It stands
// in the file once for each line of a link's text.
const longestAddress = 4096

// liveAddress gives the address as a URI action may hold it: in ASCII, what RFC
// 3986 §2 does not allow being percent-encoded. ok is false for what a reader
// should not open from an article: a script, a file, a relative address.
func liveAddress(href string) (address string, ok bool) {
	scheme, rest, found := strings.Cut(href, ":")
	if !found || rest == "" || len(href) > longestAddress {
		return "", false
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel", "ftp":
	default:
		return "", false
	}
	var b strings.Builder
	for i := range len(href) {
		c := href[i]
		if c <= ' ' || c > '~' || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String(), true
}
