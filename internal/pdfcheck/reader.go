package pdfcheck

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The kinds of objects beside int, float64, string, []any and nil.
type (
	dict   map[string]any
	ref    int
	name   string
	word   string // true, false, null, an operator
	stream struct {
		dict dict
		data []byte // as it stands in the file
	}
)

// file is a PDF that was taken apart by its cross-reference table.
type file struct {
	data    []byte
	objects []any // by number
	trailer dict
}

func parse(data []byte) (f *file, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("it cannot be read: %v", r)
		}
	}()
	f = &file{data: data}
	at := bytes.LastIndex(data, []byte("startxref\n"))
	if at < 0 {
		return nil, errors.New("it has no startxref")
	}
	table, err := strconv.Atoi(strings.Fields(string(data[at:]))[1])
	if err != nil {
		return nil, err
	}
	lines := strings.SplitAfter(string(data[table:]), "\n")
	var count int
	if _, err := fmt.Sscanf(lines[0]+lines[1], "xref\n0 %d\n", &count); err != nil {
		return nil, fmt.Errorf("cross-reference table: %w", err)
	}
	f.objects = make([]any, count)
	for n := 1; n < count; n++ {
		entry := lines[2+n]
		if len(entry) != 20 || entry[10:] != " 00000 n \n" {
			return nil, fmt.Errorf("cross-reference entry %q", entry)
		}
		offset, err := strconv.Atoi(entry[:10])
		if err != nil {
			return nil, err
		}
		l := &lexer{data: data, at: offset}
		if a, b, c := l.next(), l.next(), l.next(); a != n || b != 0 || c != word("obj") {
			return nil, fmt.Errorf("object %d: at byte %d stands %v %v %v", n, offset, a, b, c)
		}
		f.objects[n] = l.object()
		if end := l.next(); end != word("endobj") {
			return nil, fmt.Errorf("object %d ends with %v", n, end)
		}
	}
	l := &lexer{data: []byte(strings.Join(lines[2+count:], ""))}
	if w := l.next(); w != word("trailer") {
		return nil, fmt.Errorf("the trailer begins with %v", w)
	}
	f.trailer = l.next().(dict)
	return f, nil
}

// get follows references.
func (f *file) get(v any) any {
	for range f.objects {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		if int(r) < 1 || int(r) >= len(f.objects) {
			return nil
		}
		v = f.objects[r]
	}
	return nil
}

// path walks through dictionaries: path(root, "MarkInfo", "Marked"). It gives nil
// where there is nothing.
func (f *file) path(v any, keys ...string) any {
	for _, key := range keys {
		switch d := f.get(v).(type) {
		case dict:
			v = d[key]
		case stream:
			v = d.dict[key]
		default:
			return nil
		}
	}
	return f.get(v)
}

func (f *file) dict(v any, keys ...string) dict {
	switch d := f.path(v, keys...).(type) {
	case dict:
		return d
	case stream:
		return d.dict
	}
	return nil
}

func (f *file) list(v any, keys ...string) []any {
	l, _ := f.path(v, keys...).([]any)
	return l
}

func (f *file) text(v any, keys ...string) string {
	s, _ := f.path(v, keys...).(string)
	if !strings.HasPrefix(s, "\xFE\xFF") {
		return s
	}
	return utf16Text(s[2:])
}

func (f *file) root() any { return f.trailer["Root"] }

func (f *file) pages() []any { return f.list(f.root(), "Pages", "Kids") }

// inflate gives a stream's data.
func (f *file) inflate(v any, keys ...string) ([]byte, error) {
	s, ok := f.path(v, keys...).(stream)
	if !ok {
		return nil, fmt.Errorf("%v is no stream", keys)
	}
	if s.dict["Filter"] == nil {
		return s.data, nil
	}
	if s.dict["Filter"] != name("FlateDecode") {
		return nil, fmt.Errorf("filter %v", s.dict["Filter"])
	}
	r, err := zlib.NewReader(bytes.NewReader(s.data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func utf16Text(s string) string {
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return string(utf16.Decode(units))
}

// lexer reads objects and content streams. It panics on what it cannot read.
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
	case bytes.HasPrefix(l.data[l.at:], []byte(">>")):
		l.at += 2
		return word(">>")
	case c == '<':
		end := bytes.IndexByte(l.data[l.at:], '>')
		s, err := hex.DecodeString(string(l.data[l.at+1 : l.at+end]))
		if err != nil {
			panic(err)
		}
		l.at += end + 1
		return string(s)
	case c == '(':
		return l.literal()
	case c == '[':
		l.at++
		list := []any{}
		for v := l.next(); v != word("]"); v = l.next() {
			if v == nil {
				panic("an array has no end")
			}
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
		panic(fmt.Sprintf("byte %q", l.data[l.at]))
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
		if v == nil {
			panic("a dictionary has no end")
		}
		list = fold(append(list, v))
	}
	if len(list)%2 != 0 {
		panic(fmt.Sprintf("a dictionary has a key without a value: %v", list))
	}
	d := dict{}
	for i := 0; i < len(list); i += 2 {
		key := string(list[i].(name))
		if _, twice := d[key]; twice {
			panic("a dictionary has /" + key + " twice")
		}
		d[key] = list[i+1]
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
