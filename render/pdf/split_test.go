package pdf

import (
	"bytes"
	"strings"
	"testing"
)

// If fpdf ever lays its file out in another way, the finisher must say so
// rather than write a broken file.
func TestSplitFailsClosed(t *testing.T) {
	doc := sample(t)
	d := newDrawer(doc)
	for i := range doc.Pages {
		if err := d.page(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	file, err := d.shell.close()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := split(file, len(doc.Pages)); err != nil {
		t.Fatalf("fpdf's own file: %v", err)
	}
	for _, c := range []struct{ name, old, new string }{
		{"no startxref", "startxref", "startxxxx"},
		{"table elsewhere", "xref\n0 ", "xxxx\n0 "},
		{"page dictionary", "<</Type /Page\n", "<</Kind /Page\n"},
		{"page content", "/Contents 4 0 R>>", "/Contents 6 0 R>>"},
		{"content stream", ">>\nstream\n", ">>\nStream\n"},
		{"content length", "<</Length ", "<</Lengte "},
		{"page tree", "<</Type /Pages\n", "<</Type /Paget\n"},
		{"resources", "/ProcSet [/PDF", "/ProcSet [/PdF"},
		{"a font", "/Font <<\n>>", "/Font <</"},
		{"no picture", "/XObject <<\n/I", "/XObject <<\n/ "},
		{"picture object", "<</Type /XObject\n", "<</Type /XObjekt\n"},
		{"colour space", "\n/ColorSpace ", "\n/KolorSpace "},
		{"Info", "<<\n/Producer ", "<<\n/Prodncer "},
		{"catalogue", "<<\n/Type /Catalog\n", "<<\n/Type /Katalog\n"},
		{"object number", "\n3 0 obj", "\n7 0 obj"},
		{"object end", "endobj\n2 0 obj", "endobx\n2 0 obj"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !bytes.Contains(file, []byte(c.old)) {
				t.Fatalf("fpdf's file has no %q", c.old)
			}
			bad := bytes.Replace(file, []byte(c.old), []byte(c.new), 1)
			if _, err := split(bad, len(doc.Pages)); err == nil || !strings.Contains(err.Error(), "fpdf's file is not laid out") {
				t.Errorf("error %v", err)
			}
		})
	}
	if _, err := split(file, len(doc.Pages)+1); err == nil {
		t.Error("a page too few went unseen")
	}
	if _, err := split(nil, 1); err == nil {
		t.Error("an empty file went unseen")
	}
}

// FuzzSplit: whatever becomes of some bytes of fpdf's file, it is taken apart or
// refused; what is taken apart has each page's content and each picture once.
func FuzzSplit(f *testing.F) {
	doc := sample(f)
	d := newDrawer(doc)
	for i := range doc.Pages {
		if err := d.page(f.Context(), i); err != nil {
			f.Fatal(err)
		}
	}
	file, err := d.shell.close()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(0, "", len(file))
	f.Add(bytes.Index(file, []byte("xref\n")), "xref\n0 9999999999\n", len(file))
	// These two were found by fuzzing: an offset below zero, and a picture named twice.
	f.Add(bytes.Index(file, []byte("xref\n"))+len("xref\n0 12\n")+20, "-", len(file))
	if second := bytes.LastIndex(file, []byte(" 0 R\n>>\n/ColorSpace")); second > 0 {
		f.Add(second-1, "1", len(file))
	}
	f.Add(len(file)-20, "startxref\n-1\n", len(file))
	f.Add(bytes.Index(file, []byte("/XObject")), "/XObject <<\n/I1 99999 0 R\n", len(file)/2)
	f.Fuzz(func(t *testing.T, at int, with string, length int) {
		changed := append([]byte(nil), file[:max(0, min(length, len(file)))]...)
		if at >= 0 && at < len(changed) {
			copy(changed[at:], with)
		}
		parts, err := split(changed, len(doc.Pages))
		if err != nil {
			if !strings.Contains(err.Error(), "fpdf's file is not laid out") {
				t.Errorf("error %v", err)
			}
			return
		}
		seen := map[int]bool{}
		for _, p := range parts.pictures {
			if seen[p.number] {
				t.Errorf("picture %d is there twice", p.number)
			}
			seen[p.number] = true
		}
		for i := range doc.Pages {
			if _, err := parts.content(i); err != nil {
				t.Error(err)
			}
		}
	})
}
