package pdf

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"offprint/typeset"
)

func TestMetadata(t *testing.T) {
	doc := sample(t)
	f := sound(t, write(t, doc))
	for key, want := range map[string]string{
		"Title": "港口的清晨（𨋢）", "Author": "王小明; A. (B) Lee", "Subject": "财经 › 航运", "Keywords": "港口, 航运",
		"Producer": "offprint test", "CreationDate": "D:20250721104519+08'00'",
	} {
		if got := text(f.path(f.trailer["Info"], key)); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if got := f.path(f.trailer["Info"], "ModDate"); got != nil {
		t.Errorf("a document that was never modified has ModDate %v", got)
	}
	if f.path(f.root(), "Lang") != "zh-Hans" || f.path(f.root(), "MarkInfo", "Marked") != word("true") ||
		f.path(f.root(), "ViewerPreferences", "DisplayDocTitle") != word("true") {
		t.Errorf("catalogue %v", f.get(f.root()))
	}
	if id := f.trailer["ID"].([]any); len(id) != 2 || id[0] != id[1] || len(id[0].(string)) != 16 {
		t.Errorf("ID is %v", id)
	}
}

func TestMetadataPacketSaysTheSame(t *testing.T) {
	doc := sample(t)
	doc.Authors = append(doc.Authors, "<&>\x01")
	f := sound(t, write(t, doc))
	packet := f.inflate(f.path(f.root(), "Metadata"))
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(string(packet)))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if !strings.Contains(token.Name.Space, "rdf") && token.Name.Local != "xmpmeta" {
				b.WriteString("\n" + token.Name.Local + ":")
			}
		case xml.CharData:
			if s := strings.TrimSpace(string(token)); s != "" {
				b.WriteString(" " + s)
			}
		}
	}
	const want = `
format: application/pdf
title: 港口的清晨（𨋢）
creator: 王小明 A. (B) Lee <&>�
description: 财经 › 航运
subject: 港口 航运
language: zh-Hans
Keywords: 港口, 航运
Producer: offprint test
CreateDate: 2025-07-21T10:45:19+08:00
part: 1
part: 2
conformance: A
schemas:
schema: PDF/UA identification schema
namespaceURI: http://www.aiim.org/pdfua/ns/id/
prefix: pdfuaid
property:
name: part
valueType: Integer
category: internal
description: The part of ISO 14289 that the file keeps`
	if !strings.HasPrefix(b.String(), "\n") || b.String() != want {
		t.Errorf("got%s\nwant%s", b.String(), want)
	}
}

func TestDates(t *testing.T) {
	for stamp, want := range map[string]string{
		"":                              "",
		"2025-07-21T10:45:19+08:00":     "D:20250721104519+08'00'",
		"2025-07-21T10:45:19.75-03:30":  "D:20250721104519-03'30'",
		"2025-07-21T00:00:00Z":          "D:20250721000000Z",
		"2025-07-21T10:45:19+00:00":     "D:20250721104519Z",
		"2025-07-21 10:45:19":           "error",
		"2025-07-21":                    "error",
		"2025-02-30T00:00:00Z":          "error",
		"20250721T104519+0800) /Evil (": "error",
	} {
		parsed, err := date("created", stamp)
		got := pdfDate(parsed)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", stamp, got, want)
		}
	}
}

func TestNest(t *testing.T) {
	for levels, want := range map[string]string{
		"":         "",
		"1":        "1",
		"1 2 2 1":  "1(2 2) 1",
		"1 3 2":    "1(3 2)",
		"2 1 2":    "2 1(2)",
		"1 2 3 2":  "1(2(3) 2)",
		"0 -1 5 5": "0 -1(5 5)",
	} {
		var entries []typeset.OutlineEntry
		for _, level := range strings.Fields(levels) {
			var e typeset.OutlineEntry
			if _, err := fmt.Sscan(level, &e.Level); err != nil {
				t.Fatal(err)
			}
			entries = append(entries, e)
		}
		marks := nest(entries)
		var show func(mark int) string
		show = func(mark int) string {
			var parts []string
			for m := marks[mark].first; m != none; m = marks[m].next {
				s := fmt.Sprint(entries[m].Level)
				if marks[m].first != none {
					s += "(" + show(m) + ")"
				}
				if marks[m].parent != mark || marks[m].next == none && marks[mark].last != m {
					t.Errorf("%q: bookmark %d is tied wrongly: %+v", levels, m, marks[m])
				}
				parts = append(parts, s)
			}
			return strings.Join(parts, " ")
		}
		if got := show(len(entries)); got != want {
			t.Errorf("%q: got %q, want %q", levels, got, want)
		}
		if marks[len(entries)].open != len(entries) {
			t.Errorf("%q: %d entries are open", levels, marks[len(entries)].open)
		}
	}
}

func TestOutline(t *testing.T) {
	f := sound(t, write(t, sample(t)))
	first := f.path(f.root(), "Outlines", "First")
	if got := text(f.path(first, "Title")); got != "港口的清晨𨋢" {
		t.Errorf("title %q", got)
	}
	below := f.path(first, "First")
	dest := f.path(below, "Dest").([]any)
	// 841.89 less 200 pt.
	if dest[0] != f.pages()[1] || !reflect.DeepEqual(dest[1:], []any{name("XYZ"), 0, 641.89, word("null")}) {
		t.Errorf("the second entry leads to %v", dest)
	}
	if f.path(f.root(), "Outlines", "Count") != 2 || f.path(first, "Count") != 1 || f.path(below, "Count") != nil {
		t.Error("counts are wrong")
	}
	plain := sound(t, write(t, compose().doc))
	if plain.path(plain.root(), "Outlines") != nil {
		t.Error("a document without bookmarks has an outline")
	}
}
