package offprint_test

import (
	"bytes"
	"fmt"
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
	for _, tool := range []string{"qpdf", "pdffonts", "pdfinfo", "pdftotext", "mutool"} {
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
			if err := pdf.Write(t.Context(), &file, r.layout(t, render.Options{})); err != nil {
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
			for _, text := range []string{
				run(t, "pdftotext", "-enc", "UTF-8", path, "-"), run(t, "mutool", "draw", "-q", "-F", "text", path),
				structText(run(t, "pdfinfo", "-enc", "UTF-8", "-struct-text", path)),
			} {
				if err := checkOrder(text, r.expected); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// structText takes the text out of what pdfinfo prints of the tags: each piece stands
// in quotation marks on a line of its own.
func structText(tags string) string {
	var b strings.Builder
	for line := range strings.Lines(tags) {
		line = strings.TrimSpace(line)
		if text, quoted := strings.CutPrefix(line, `"`); quoted {
			b.WriteString(strings.TrimSuffix(text, `"`) + "\n")
		}
	}
	return strings.ReplaceAll(b.String(), `\"`, `"`) + "\f\f" // the section over the headline begins as it does
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
// order. Inside a block nothing may stand between two characters but, once a page,
// a picture's caption and the running head and folio where the page ends.
func checkOrder(text string, expected []proof.Block) error {
	const furniture = 200 // characters: heads, folios and captions are far shorter
	got, at := []rune(squash(text)), 0
	interruptions, pages := 0, strings.Count(text, "\f")
	for _, b := range expected {
		for i, want := range []rune(squash(b.Text)) {
			from := at
			for at < len(got) && got[at] != want {
				at++
			}
			if i > 0 && at > from {
				interruptions++
			}
			if at == len(got) || at-from > furniture || interruptions >= max(1, pages) {
				return fmt.Errorf("%q of %q is lost after %q", want, b.Text, string(got[max(0, from-20):from]))
			}
			at++
		}
	}
	return nil
}

// A check that looks away would be worse than none.
func TestCheckOrder(t *testing.T) {
	expected := []proof.Block{{Kind: proof.Title, Text: "潮水 与账本"}, {Kind: proof.Para, Text: "潮水退去以后，码头上的人才开始算账；人人都在算。"}}
	for name, c := range map[string]struct {
		text string
		good bool
	}{
		"in order":            {"潮水与账本\n潮水退去以后，码头上的人才\n开始算账；人人都在算。\f", true},
		"with furniture":      {"潮水与账本\n潮水退去以后，码头上的人\n第 1 页\f财经 2025\n才开始算账；人人都在算。\n第 2 页\f", true},
		"a character lost":    {"潮水与账本\n潮水退去以后，码头上的才开始算账；人人都在算。\f", false},
		"another instead":     {"潮水与账本\n潮水退去以后，码头上的⼈才开始算账；人人都在算。\f", false},
		"a block lost":        {"潮水与账本\f", false},
		"two lines exchanged": {"潮水与账本\n开始算账；人人都在算。\n潮水退去以后，码头上的人才\f", false},
	} {
		if err := checkOrder(c.text, expected); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
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
