package offprint_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"offprint/internal/proof"
	"offprint/render"
	"offprint/render/pdf"
)

// TestPDFsStandUpToOtherReaders asserts of the finished files that qpdf finds
// them clean, that every font is embedded as a subset with a text map, and that
// Poppler and MuPDF give back every character of the manuscript in order.
func TestPDFsStandUpToOtherReaders(t *testing.T) {
	for _, tool := range []string{"qpdf", "pdffonts", "pdftotext", "mutool"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is not installed: run make prepare", tool)
			}
			t.Skipf("%s is not installed: run make prepare", tool)
		}
	}
	for _, s := range judged() {
		t.Run(s.Name, func(t *testing.T) {
			r := read(t, s)
			var file bytes.Buffer
			if err := pdf.Write(&file, r.layout(t, render.Options{})); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "a.pdf")
			if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			if out := run(t, "qpdf", "--check", path); strings.Contains(out, "WARNING") {
				t.Errorf("qpdf: %s", out)
			}
			checkFonts(t, run(t, "pdffonts", path))
			for _, text := range []string{run(t, "pdftotext", "-enc", "UTF-8", path, "-"), run(t, "mutool", "draw", "-q", "-F", "text", path)} {
				checkOrder(t, text, r.expected)
			}
		})
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

// checkFonts reads pdffonts' table: name, type, encoding, emb, sub, uni, object.
func checkFonts(t *testing.T, table string) {
	t.Helper()
	rows := strings.Split(strings.TrimSpace(table), "\n")[2:]
	if len(rows) == 0 {
		t.Error("the file has no fonts")
	}
	for _, row := range rows {
		fields := strings.Fields(row)
		if n := len(fields); n < 7 || strings.Join(fields[n-5:n-2], " ") != "yes yes yes" || !strings.Contains(row, "CID TrueType") {
			t.Errorf("a font is not an embedded CID TrueType subset with a text map: %s", row)
		}
	}
}

// checkOrder looks for every block of the manuscript, character by character in
// order; running heads and folios may stand between.
func checkOrder(t *testing.T, text string, expected []proof.Block) {
	t.Helper()
	got := []rune(squash(text))
	at := 0
	for _, b := range expected {
		for _, want := range squash(b.Text) {
			from := at
			for at < len(got) && got[at] != want {
				at++
			}
			// Furniture between two pages is far shorter than this.
			if at == len(got) || at-from > 200 {
				t.Fatalf("%q of %q is lost after %q", want, b.Text, string(got[max(0, from-20):from]))
			}
			at++
		}
	}
}

func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00a0' {
			return -1
		}
		return r
	}, s)
}
