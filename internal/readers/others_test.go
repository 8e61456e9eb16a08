//go:build integration && others

package readers

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"offprint/article"
	"offprint/extract"
	"offprint/render"
)

// TestOthers prints how many phrases at a border each reader does not find in what
// offprint and three other programs make of the same article. It is no test of
// others: it runs for others.sh alone.
func TestOthers(t *testing.T) {
	python := os.Getenv("OFFPRINT_OTHERS")
	if python == "" {
		t.Skip("run by internal/readers/others.sh")
	}
	dir := t.TempDir()
	p := pages(t)[0]
	paragraphs := paragraphsOf(t, p)
	ours := p.prints(t, dir, render.Options{FontSize: "medium"})[0]
	ours.name = "offprint"
	whole := ours.path
	if ours.path = filepath.Join(dir, "offprint.pdf"); os.Rename(whole, ours.path) != nil {
		t.Fatalf("rename %s", whole)
	}
	files := []print{ours}
	for _, program := range []string{"typst", "chromium", "weasyprint"} {
		file := filepath.Join(dir, program+".pdf")
		if err := setBy(program, python, dir, file, paragraphs); err != nil {
			t.Fatal(err)
		}
		files = append(files, print{name: program, path: file})
	}
	takeOut(t, dir, files)
	phrases := phrasesAround(paragraphs)
	var b strings.Builder
	fmt.Fprintf(&b, "phrases not found, of %d:\n| reader |", len(phrases))
	for _, f := range files {
		fmt.Fprintf(&b, " %s |", f.name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(files)) + "\n")
	for _, reader := range names() {
		fmt.Fprintf(&b, "| %s |", reader)
		for _, f := range files {
			got, err := os.ReadFile(outOf(dir, f, reader))
			if err != nil {
				t.Fatal(err)
			}
			text := joined(string(got))
			misses := slices.DeleteFunc(slices.Clone(phrases), func(phrase string) bool { return strings.Contains(text, phrase) })
			fmt.Fprintf(&b, " %d |", len(misses))
		}
		b.WriteByte('\n')
	}
	t.Log(b.String())
}

// paragraphsOf gives the text of the article's paragraphs.
func paragraphsOf(t *testing.T, p page) []string {
	t.Helper()
	art, err := extract.Article(t.Context(), extract.Page{URL: "https://news.example/page.html", Body: p.html}, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for i := range art.Blocks {
		if b := &art.Blocks[i]; b.Kind == article.Paragraph {
			if text := strings.TrimSpace(article.JoinText(b.Inlines)); text != "" {
				list = append(list, text)
			}
		}
	}
	return list
}

// phrasesAround gives each phrase of twelve characters that begins four before a
// border, without spaces.
func phrasesAround(paragraphs []string) []string {
	var list []string
	for _, text := range paragraphs {
		for _, at := range border.FindAllStringIndex(text, -1) {
			before, after := []rune(text[:at[0]]), []rune(text[at[0]:])
			if len(before) < 4 || len(after) < 8 {
				continue
			}
			phrase := string(before[len(before)-4:]) + string(after[:8])
			if !strings.ContainsFunc(phrase, unicode.IsSpace) && !slices.Contains(list, phrase) {
				list = append(list, phrase)
			}
		}
	}
	return list
}

// joined joins lines, so that a phrase is found over a line's end.
func joined(text string) string {
	var b strings.Builder
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\f' }) {
		b.WriteString(strings.TrimFunc(line, unicode.IsSpace))
	}
	return b.String()
}

// setBy has a program set the paragraphs: justified, in one column of A4, in the
// same face and size.
func setBy(program, python, dir, file string, paragraphs []string) error {
	faces, err := filepath.Abs("../../fonts/noto")
	if err != nil {
		return err
	}
	source := filepath.Join(dir, program+".html")
	text := `<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><style>
@font-face { font-family: face; src: url("file://` + faces + `/NotoSansSC_400Regular.ttf"); }
@page { size: A4; margin: 25mm; }
body { font: 11pt/1.7 face; text-align: justify; text-autospace: normal; text-spacing-trim: normal; }
</style>`
	for _, p := range paragraphs {
		text += "<p>" + html.EscapeString(p) + "</p>\n"
	}
	if program == "typst" {
		source = filepath.Join(dir, "article.typ")
		text = "#set page(paper: \"a4\", margin: 25mm)\n#set text(size: 11pt, font: \"Noto Sans SC\", lang: \"zh\", region: \"cn\")\n#set par(justify: true)\n"
		for _, p := range paragraphs {
			text += "#" + fmt.Sprintf("%q", p) + "\n\n"
		}
	}
	if err := os.WriteFile(source, []byte(text), 0o600); err != nil {
		return err
	}
	if program != "chromium" {
		_, err = run(nil, python, "others.py", program, source, file, faces)
		return err
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		return err
	}
	_, err = run(nil, path, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf="+file, "file://"+source)
	return err
}
