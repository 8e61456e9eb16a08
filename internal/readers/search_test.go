//go:build integration

package readers

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"offprint/render"
)

// named are phrases that are looked for whatever the line breaks are; they are short
// and stand where no line of theirs ends.
var named = map[string][]string{
	"hans":           {"7月18日", "143亿美元", "阿德里安·D’Arcy"},
	"torture-hans":   {"《账本》（第三册）", "“《账本》”", "𠮷3号", "𨋢B座"},
	"apostrophes-en": {"The clerk’s book didn’t", "said. It’s over…"},
}

// border matches where a gap or a squeezed mark is: Han beside Latin or a figure,
// a closing mark before an opening one, and dashes and dots beside Han.
var border = regexp.MustCompile(`\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}|[，。、）」》”’][「《（“‘]|\p{Han}[—…]`)

// phrasesOf gives up to n phrases of eight to twelve characters that hold a border,
// each from another line, spread over the lines.
func phrasesOf(lines []string, n int) []string {
	var all []string
	for _, line := range lines {
		at := border.FindStringIndex(line)
		if at == nil {
			continue
		}
		before, after := []rune(line[:at[0]]), []rune(line[at[0]:])
		phrase := string(before[max(0, len(before)-4):]) + string(after[:min(8, len(after))])
		if phrase = strings.TrimSpace(phrase); len([]rune(phrase)) >= 8 {
			all = append(all, phrase)
		}
	}
	var list []string
	for i := range min(n, len(all)) {
		list = append(list, all[i*len(all)/min(n, len(all))])
	}
	return list
}

// A task is a file and what is looked for in it.
type task struct {
	Path    string   `json:"path"`
	Phrases []string `json:"phrases"`
}

// tasks prints the pages and chooses 40 phrases.
func tasks(t *testing.T, dir string) []task {
	t.Helper()
	var list []task
	total := 0
	for _, p := range pages(t) {
		if p.name == "han-10000" {
			continue
		}
		f := p.prints(t, dir, render.Options{FontSize: "medium"})[0]
		phrases := append([]string(nil), named[p.name]...)
		chosen := 6
		if p.name == "hans" {
			chosen = 7
		}
		if p.name != "apostrophes-en" {
			phrases = append(phrases, phrasesOf(f.lines, chosen)...)
		}
		total += len(phrases)
		list = append(list, task{f.path, phrases})
	}
	if total != 40 {
		t.Fatalf("%d phrases, want 40", total)
	}
	return list
}

// TestEveryReaderFinds asserts that each reader's own search finds phrases that hold
// a gap or a squeezed mark.
func TestEveryReaderFinds(t *testing.T) {
	need(t, "pdfgrep", "mutool", "node", "chromium")
	needFiles(t, "node_modules/mupdf", "node_modules/pdfjs-dist", "node_modules/@embedpdf/pdfium", "node_modules/playwright-core")
	dir := t.TempDir()
	list := tasks(t, dir)
	found := map[string][][]int{"pdfgrep": byPdfgrep(t, list), "mutool": nil}
	data, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "tasks.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	found["mutool"] = byMutool(t, file)
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	out, err := run(nil, "node", "find.mjs", chromium, file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, reader := range []string{"pdfgrep", "mutool", "npm-mupdf", "pdfium", "pdfjs"} {
		misses := 0
		for i, task := range list {
			for j, phrase := range task.Phrases {
				if found[reader][i][j] > 0 {
					continue
				}
				misses++
				if !cannot(reader, phrase) {
					t.Errorf("%s does not find %q in %s", reader, phrase, filepath.Base(task.Path))
				}
			}
		}
		t.Logf("%s finds %d of 40 phrases", reader, 40-misses)
	}
}

// cannot reports whether a reader is known not to find a phrase: the search of this
// PDFium, built as WebAssembly, finds nothing beyond U+FFFF, though its text has it.
func cannot(reader, phrase string) bool {
	return reader == "pdfium" && strings.ContainsFunc(phrase, func(r rune) bool { return r > 0xFFFF })
}

func byPdfgrep(t *testing.T, list []task) [][]int {
	t.Helper()
	var found [][]int
	for _, task := range list {
		var counts []int
		for _, phrase := range task.Phrases {
			out, err := run(nil, "pdfgrep", "-F", "-c", "--", phrase, task.Path)
			var exit *exec.ExitError
			if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) { // 1: not found
				t.Fatal(err)
			}
			n, err := strconv.Atoi(strings.TrimSpace(string(out)))
			if err != nil {
				t.Fatal(err)
			}
			counts = append(counts, n)
		}
		found = append(found, counts)
	}
	return found
}

func byMutool(t *testing.T, tasks string) [][]int {
	t.Helper()
	out, err := run(nil, "mutool", "run", "find-mutool.js", tasks)
	if err != nil {
		t.Fatal(err)
	}
	var found [][]int
	for line := range strings.Lines(string(out)) {
		var counts []int
		for word := range strings.FieldsSeq(line) {
			n, err := strconv.Atoi(word)
			if err != nil {
				t.Fatal(err)
			}
			counts = append(counts, n)
		}
		found = append(found, counts)
	}
	return found
}
