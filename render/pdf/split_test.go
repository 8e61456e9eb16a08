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
