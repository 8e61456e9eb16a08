package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// The reader takes a written file apart again, by the letter of the
// cross-reference table. It knows what this package writes and no more.
type (
	dict   map[string]any
	ref    int
	name   string
	word   string // an operator or keyword
	stream struct {
		dict dict
		data []byte // as it stands in the file
	}
	pdfFile struct {
		t       testing.TB
		data    []byte
		objects []any // by number
		trailer dict
	}
)

func parse(t testing.TB, data []byte) *pdfFile {
	t.Helper()
	f := &pdfFile{t: t, data: data}
	if !bytes.HasPrefix(data, []byte(header)) || !bytes.HasSuffix(data, []byte("\n%%EOF\n")) {
		t.Fatal("the file does not begin or end as a PDF does")
	}
	at := bytes.LastIndex(data, []byte("startxref\n"))
	table, err := strconv.Atoi(strings.Fields(string(data[at:]))[1])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data[table:]), "\n")
	var count int
	if _, err := fmt.Sscanf(lines[0]+lines[1], "xref\n0 %d\n", &count); err != nil {
		t.Fatalf("cross-reference table: %v", err)
	}
	f.objects = make([]any, count)
	for n := 1; n < count; n++ {
		entry := lines[2+n]
		if len(entry) != 20 || entry[10:] != " 00000 n \n" {
			t.Fatalf("cross-reference entry %q", entry)
		}
		offset, _ := strconv.Atoi(entry[:10])
		l := &lexer{data: data, at: offset}
		if a, b, c := l.next(), l.next(), l.next(); a != n || b != 0 || c != word("obj") {
			t.Fatalf("object %d: at byte %d stands %v %v %v", n, offset, a, b, c)
		}
		f.objects[n] = l.object()
	}
	l := &lexer{data: []byte(strings.Join(lines[2+count:], ""))}
	if w := l.next(); w != word("trailer") {
		t.Fatalf("trailer begins with %v", w)
	}
	f.trailer = l.next().(dict)
	if f.trailer["Size"] != count {
		t.Errorf("trailer has Size %v of %d", f.trailer["Size"], count)
	}
	return f
}

// get follows references.
func (f *pdfFile) get(v any) any {
	for {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		if int(r) < 1 || int(r) >= len(f.objects) {
			f.t.Fatalf("reference to object %d of %d", r, len(f.objects))
		}
		v = f.objects[r]
	}
}

// path walks through dictionaries: path(root, "MarkInfo", "Marked").
func (f *pdfFile) path(v any, keys ...string) any {
	f.t.Helper()
	for _, key := range keys {
		switch d := f.get(v).(type) {
		case dict:
			v = d[key]
		case stream:
			v = d.dict[key]
		default:
			f.t.Fatalf("%s of %T", key, d)
		}
	}
	return f.get(v)
}

func (f *pdfFile) root() any { return f.trailer["Root"] }

func (f *pdfFile) pages() []ref {
	var pages []ref
	for _, kid := range f.path(f.root(), "Pages", "Kids").([]any) {
		pages = append(pages, kid.(ref))
	}
	return pages
}

// inflate gives a stream's data.
func (f *pdfFile) inflate(v any) []byte {
	s := f.get(v).(stream)
	if s.dict["Filter"] != name("FlateDecode") {
		return s.data
	}
	r, err := zlib.NewReader(bytes.NewReader(s.data))
	if err != nil {
		f.t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		f.t.Fatal(err)
	}
	return data
}

// text reads a text string.
func text(v any) string {
	s, _ := v.(string)
	if !strings.HasPrefix(s, "\xFE\xFF") {
		return s
	}
	return utf16Text(s[2:])
}

func utf16Text(s string) string {
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return string(utf16.Decode(units))
}

// lexer reads objects and content streams.
type lexer struct {
	data []byte
	at   int
}

func (l *lexer) space() {
	for l.at < len(l.data) && strings.IndexByte(" \n\r\t", l.data[l.at]) >= 0 {
		l.at++
	}
}

// object reads a value and the stream that may follow it.
func (l *lexer) object() any {
	v := l.next()
	d, ok := v.(dict)
	if !ok {
		return v
	}
	back := l.at
	if l.next() != word("stream") {
		l.at = back
		return v
	}
	l.at++ // the line's end
	n := d["Length"].(int)
	s := stream{d, l.data[l.at : l.at+n]}
	l.at += n
	if w := l.next(); w != word("endstream") {
		panic(fmt.Sprintf("a stream of %d bytes ends with %v", n, w))
	}
	return s
}

// next reads a value or a word; nil at the end.
func (l *lexer) next() any {
	l.space()
	if l.at >= len(l.data) {
		return nil
	}
	switch c := l.data[l.at]; {
	case bytes.HasPrefix(l.data[l.at:], []byte("<<")):
		l.at += 2
		return l.dictionary()
	case c == '<':
		end := bytes.IndexByte(l.data[l.at:], '>')
		digits := string(l.data[l.at+1 : l.at+end])
		l.at += end + 1
		s := make([]byte, len(digits)/2)
		if _, err := fmt.Sscanf(digits, "%X", &s); err != nil && digits != "" {
			panic(err)
		}
		return string(s)
	case c == '(':
		return l.literal()
	case c == '[':
		l.at++
		list := []any{}
		for v := l.next(); v != word("]"); v = l.next() {
			list = fold(append(list, v))
		}
		return list
	case c == ']':
		l.at++
		return word("]")
	case c == '/':
		l.at++
		return name(l.token())
	}
	token := l.token()
	if token == "" {
		l.at += 2 // ">>"
		return word(">>")
	}
	if v, err := strconv.Atoi(token); err == nil {
		return v
	}
	if v, err := strconv.ParseFloat(token, 64); err == nil {
		return v
	}
	return word(token)
}

// fold makes a reference of "n 0 R" at the end of a list.
func fold(list []any) []any {
	if n := len(list); n >= 3 && list[n-1] == word("R") {
		return append(list[:n-3], ref(list[n-3].(int)))
	}
	return list
}

func (l *lexer) token() string {
	start := l.at
	for l.at < len(l.data) && strings.IndexByte(" \n\r\t<>[]()/", l.data[l.at]) < 0 {
		l.at++
	}
	return string(l.data[start:l.at])
}

func (l *lexer) dictionary() dict {
	var list []any
	for v := l.next(); v != word(">>"); v = l.next() {
		list = fold(append(list, v))
	}
	d := dict{}
	for i := 0; i+1 < len(list); i += 2 {
		key := string(list[i].(name))
		if _, twice := d[key]; twice {
			panic("a dictionary has /" + key + " twice")
		}
		d[key] = list[i+1]
	}
	if len(list)%2 != 0 {
		panic(fmt.Sprintf("a dictionary has a key without a value: %v", list))
	}
	return d
}

func (l *lexer) literal() string {
	var s []byte
	for l.at++; l.data[l.at] != ')'; l.at++ {
		if l.data[l.at] == '\\' {
			l.at++
		}
		s = append(s, l.data[l.at])
	}
	l.at++
	return string(s)
}
