package offprint_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"offprint/extract"
	"offprint/internal/proof"
	"offprint/render"
	"offprint/render/png"
	"offprint/typeset"
)

// rubied lays out a page whose words have readings.
func rubied(t *testing.T, name string, o render.Options) *typeset.Document {
	t.Helper()
	body, err := os.ReadFile("testdata/ruby/" + name + ".html")
	if err != nil {
		t.Fatal(err)
	}
	art, err := extract.Article(t.Context(), extract.Page{URL: "https://news.example/" + name, Body: body}, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return lay(t, art, o)
}

// eachRubied runs test on the pages with readings, at three sizes and in two columns.
func eachRubied(t *testing.T, test func(*testing.T, *typeset.Document)) {
	for _, name := range []string{"ruby-ja", "ruby-hant"} {
		for _, o := range []render.Options{{FontSize: "small"}, {FontSize: "medium", Columns: 2}, {FontSize: "medium"}, {FontSize: "giant"}} {
			t.Run(fmt.Sprintf("%s/%s %d", name, o.FontSize, max(1, o.Columns)), func(t *testing.T) { test(t, rubied(t, name, o)) })
		}
	}
}

// readingsOver lists the readings that stand over their bases.
func readingsOver(doc *typeset.Document) []*typeset.Placed {
	var list []*typeset.Placed
	for p := range doc.Pages {
		for i := range doc.Pages[p].Items {
			item := &doc.Pages[p].Items[i]
			if item.Run != nil && item.Run.Part == typeset.RubyReading && item.Run.Ruby.Reading.Text != "" {
				list = append(list, item)
			}
		}
	}
	return list
}

// baseOf is the word that a reading stands over.
func baseOf(doc *typeset.Document, ruby *typeset.Ruby) string {
	for i := range doc.Blocks {
		for _, span := range doc.Blocks[i].Spans {
			if span.Ruby == ruby {
				return span.Text
			}
		}
	}
	return "nothing"
}

// TestRubyLeavesTheTextWhole asserts that every line with readings over it comes out of
// the PDF in one piece, by each way of reading, and the readings beside it; by the tags, each reading follows its
// word.
func TestRubyLeavesTheTextWhole(t *testing.T) {
	for _, tool := range []string{"pdftotext", "pdfinfo", "mutool"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is not installed: run make prepare", tool)
			}
			t.Skipf("%s is not installed: run make prepare", tool)
		}
	}
	eachRubied(t, func(t *testing.T, doc *typeset.Document) {
		over := readingsOver(doc)
		if len(over) < 15 {
			t.Fatalf("only %d readings stand over their words", len(over))
		}
		path := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(path, drawn(t, doc, typeset.ProfileA2a), 0o600); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{
			"pdftotext":         run(t, "pdftotext", "-enc", "UTF-8", path, "-"),
			"pdftotext -layout": run(t, "pdftotext", "-enc", "UTF-8", "-layout", path, "-"),
			"pdftotext -raw":    run(t, "pdftotext", "-enc", "UTF-8", "-raw", path, "-"),
			"mutool":            run(t, "mutool", "draw", "-q", "-F", "text", path),
		} {
			for i := range doc.Blocks {
				for k := range doc.Blocks[i].Lines {
					if line := strings.TrimSpace(doc.Blocks[i].Lines[k].Text()); !strings.Contains(text, line) {
						t.Errorf("%s has not the line %q", name, line)
					}
				}
			}
			for _, reading := range over {
				if !strings.Contains(text, reading.Run.Text()) {
					t.Errorf("%s has not the reading %q", name, reading.Run.Text())
				}
			}
		}
		tags := strings.ReplaceAll(structText(run(t, "pdfinfo", "-enc", "UTF-8", "-struct-text", path)), "\n", "")
		for _, reading := range over {
			if want := baseOf(doc, reading.Run.Ruby) + reading.Run.Text(); !strings.Contains(tags, want) {
				t.Errorf("the tags have not %q", want)
			}
		}
	})
}

// TestRubyTouchesNothing asserts that no reading stands on another, on a line of text or
// outside the paper, and that the lines keep their grid.
func TestRubyTouchesNothing(t *testing.T) {
	eachRubied(t, func(t *testing.T, doc *typeset.Document) {
		var expected []proof.Block
		for i := range doc.Blocks {
			expected = append(expected, proof.Block{Kind: proof.Para, Text: doc.Blocks[i].Text()})
		}
		for _, fault := range proof.Check(doc, expected, doc.Lang).Faults {
			switch fault.Kind {
			case proof.Overlap, proof.Outside, proof.Leading, proof.OffGrid, proof.Overfull, proof.Stray, proof.Lost, proof.Tofu:
				t.Errorf("%+v", fault)
			}
		}
	})
}

// TestRubyIsInThePicture asserts that the picture of a page has ink where a reading is.
func TestRubyIsInThePicture(t *testing.T) {
	const dpi = 144
	doc := rubied(t, "ruby-ja", render.Options{})
	m, err := png.Draw(t.Context(), doc, 0, dpi)
	if err != nil {
		t.Fatal(err)
	}
	pixel := func(l typeset.Length) int { return int(l.Scale(dpi, 72*int64(typeset.Point))) }
	for _, item := range readingsOver(doc) {
		dark := 0
		for y := pixel(item.At.Y - item.Run.Size.Em(800)); y < pixel(item.At.Y); y++ {
			for x := pixel(item.At.X); x < pixel(item.At.X+item.W); x++ {
				if m.RGBAAt(x, y).G < 128 {
					dark++
				}
			}
		}
		if dark == 0 {
			t.Errorf("no ink of %q", item.Run.Text())
		}
	}
}
