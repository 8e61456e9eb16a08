package mailer

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

const (
	crlf = "\r\n"
	// wordLine is the length of a header line that holds encoded words
	// (RFC 2047 §2).
	wordLine = 76
)

// field is one header line, folded and ready to be written. Only the functions
// of this file make one, and each encodes or checks what it is given.
type field struct {
	name string
	body string // folded with CRLF and a space; no CRLF at the end
}

// textField makes an unstructured field, such as Subject.
func textField(name, text string) field {
	return field{name, encodeText(text, len(name)+2)}
}

// wordsField makes a structured field from tokens that we wrote ourselves or
// checked (boundaries, IDs, addresses, links): one token a line when they do not
// fit on one. Tokens hold no space that matters and no CR or LF.
func wordsField(name string, tokens ...string) field {
	var b strings.Builder
	column := len(name) + 2
	for i, token := range tokens {
		switch {
		case i == 0:
		case column+1+lastLine(token) <= wordLine:
			b.WriteByte(' ')
			column++
		default:
			b.WriteString(crlf + " ")
			column = 1
		}
		b.WriteString(token)
		column += len(token)
	}
	return field{name, b.String()}
}

// lastLine is the length of a token up to its first fold.
func lastLine(token string) int {
	first, _, _ := strings.Cut(token, crlf)
	return len(first)
}

// mailboxField makes From, To and Reply-To: a name, encoded where it must be,
// and the address in angle brackets (RFC 5322 §3.4).
func mailboxField(name string, m Mailbox) field {
	address := "<" + m.Address.String() + ">"
	switch {
	case m.Name == "":
		return wordsField(name, address)
	case plainWords(m.Name) && len(m.Name) < 60:
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(m.Name)
		return wordsField(name, `"`+quoted+`"`, address)
	}
	encoded := encodeWords(m.Name, len(name)+2)
	last := encoded[strings.LastIndexByte(encoded, '\n')+1:]
	separator := " "
	if len(last)+1+len(address) > wordLine {
		separator = crlf + " "
	}
	return field{name, encoded + separator + address}
}

// fileField makes a Content-Type or Content-Disposition with a file name. A name
// beyond ASCII is written as RFC 2231 has it, and so alone: with a plain name beside
// it, some readers show that one, and encoded words may not stand in a parameter
// (RFC 2047 §5).
func fileField(name, value, parameter, fileName string) field {
	if plainWords(fileName) && len(fileName) < 60 {
		return wordsField(name, value+";", parameter+`="`+fileName+`"`)
	}
	return field{name, value + ";" + crlf + " " + parameter + "*=utf-8''" + percentEncode(fileName)}
}

// encodeText folds plain ASCII at its spaces and encodes everything else.
func encodeText(text string, column int) string {
	foldsBack := !strings.Contains(text, "  ") && strings.Trim(text, " ") == text // with one space a fold
	if !plainWords(text) || longestWord(text) > wordLine-column || !foldsBack {
		return encodeWords(text, column)
	}
	var b strings.Builder
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			if column+1+len(word) > wordLine {
				b.WriteString(crlf)
				column = 0
			}
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

// encodeWords writes text as RFC 2047 B-encoded words of whole characters, a
// word a line. column is where the first word starts.
func encodeWords(text string, column int) string {
	const open, end = "=?utf-8?b?", "?="
	var b strings.Builder
	for {
		room := (wordLine - column - len(open) - len(end)) / 4 * 3 // bytes that fit as base64
		n := 0
		for n < len(text) {
			_, size := utf8.DecodeRuneInString(text[n:])
			if n+size > room {
				break
			}
			n += size
		}
		b.WriteString(open + base64.StdEncoding.EncodeToString([]byte(text[:n])) + end)
		if text = text[n:]; text == "" {
			return b.String()
		}
		b.WriteString(crlf + " ")
		column = 1
	}
}

// plainWords reports whether text can stand in a header as it is: printable
// ASCII that no reader takes for an encoded word.
func plainWords(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return !strings.Contains(text, "=?")
}

func longestWord(text string) int {
	longest := 0
	for word := range strings.SplitSeq(text, " ") {
		longest = max(longest, len(word))
	}
	return longest
}

// percentEncode writes text as an RFC 2231 extended value: everything but
// attribute characters as %XX of its UTF-8.
func percentEncode(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}
