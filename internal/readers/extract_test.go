//go:build integration

package readers

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"offprint/render"
)

// reading is a way of taking text out of PDFs: one process for all files, or one
// each. It writes DIR/NAME.READER.txt for each file and for each of its readers.
type reading struct {
	readers []string
	run     func(dir string, files []print) error
}

// readings are all that the files are held against.
var readings = []reading{
	{[]string{"pdftotext"}, each("pdftotext", "-enc", "UTF-8", "FILE", "OUT")},
	{[]string{"pdftotext-layout"}, each("pdftotext", "-layout", "-enc", "UTF-8", "FILE", "OUT")},
	{[]string{"pdftotext-raw"}, each("pdftotext", "-raw", "-enc", "UTF-8", "FILE", "OUT")},
	{[]string{"mutool"}, each("mutool", "draw", "-q", "-F", "txt", "-o", "OUT", "FILE")},
	{[]string{"gs-txtwrite"}, each("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite", "-sOutputFile=OUT", "FILE")},
	{[]string{"behind-gs"}, behindGhostscript},
	{[]string{"npm-mupdf", "pdfjs", "pdfium"}, byNode},
	{[]string{"pdfbox"}, byPDFBox},
}

// each runs a program once a file.
func each(name string, args ...string) func(string, []print) error {
	return func(dir string, files []print) error {
		reader := name
		switch {
		case slices.Contains(args, "-layout"):
			reader = "pdftotext-layout"
		case slices.Contains(args, "-raw"):
			reader = "pdftotext-raw"
		case name == "gs":
			reader = "gs-txtwrite"
		}
		for _, f := range files {
			here := slices.Clone(args)
			for i, arg := range here {
				here[i] = strings.NewReplacer("FILE", f.path, "OUT", outOf(dir, f, reader)).Replace(arg)
			}
			if _, err := run(nil, name, here...); err != nil {
				return err
			}
		}
		return nil
	}
}

// behindGhostscript reads with Poppler what Ghostscript's pdfwrite made of a file:
// what readers have who were sent a file that was made smaller.
func behindGhostscript(dir string, files []print) error {
	for _, f := range files {
		again := filepath.Join(dir, f.name+".again.pdf")
		if _, err := run(nil, "gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile="+again, f.path); err != nil {
			return err
		}
		if _, err := run(nil, "pdftotext", "-enc", "UTF-8", again, outOf(dir, f, "behind-gs")); err != nil {
			return err
		}
	}
	return nil
}

func byNode(dir string, files []print) error {
	_, err := run(nil, "node", append([]string{"read.mjs", dir}, paths(files)...)...)
	return err
}

func byPDFBox(dir string, files []print) error {
	_, err := run(nil, "java", append([]string{"-cp", strings.Join(jars, ":"), "Extract.java", dir}, paths(files)...)...)
	return err
}

// three are the sizes in which each page is printed.
var three = []render.Options{{FontSize: "small"}, {FontSize: "medium"}, {FontSize: "giant"}}

// A known is what one reader makes of a kind of line, whatever a file does: at most
// so many lines of all files.
type known struct {
	reader string
	most   int
	why    string
}

var knowns = []known{}

// TestEveryReaderTakesOutTheText asserts that within a line each reader has the
// text of the source, character by character and space by space.
func TestEveryReaderTakesOutTheText(t *testing.T) {
	need(t, "pdftotext", "mutool", "gs", "node", "java")
	needFiles(t, append([]string{"node_modules/mupdf", "node_modules/pdfjs-dist", "node_modules/@embedpdf/pdfium"}, jars...)...)
	dir := t.TempDir()
	var files []print
	for _, p := range pages(t) {
		files = append(files, p.prints(t, dir, three...)...)
	}
	takeOut(t, dir, files)

	lines, lost, beyond := 0, map[string]int{}, map[string]int{}
	table := map[string]map[string]int{}
	for _, f := range files {
		lines += len(f.lines)
		for _, reader := range names() {
			got, err := os.ReadFile(outOf(dir, f, reader))
			if err != nil {
				t.Fatal(err)
			}
			missing, extra := compare(inWordsOf(reader, f.lines, string(got)))
			lost[reader] += len(missing)
			beyond[reader] += len(extra)
			if table[f.name] == nil {
				table[f.name] = map[string]int{}
			}
			table[f.name][reader] = len(missing)
			if len(missing)+len(extra) > 0 {
				t.Logf("%s by %s: %d of %d lines are not as they stand: %q; it has instead %q",
					f.name, reader, len(missing), len(f.lines), shown(missing), shown(extra))
			}
		}
	}
	t.Log("lines that are not as they stand:\n" + inColumns(table, files))
	for _, reader := range names() {
		allowed := 0
		for _, k := range knowns {
			if k.reader == reader {
				allowed = k.most
			}
		}
		if n := max(lost[reader], beyond[reader]); n > allowed {
			t.Errorf("%s: %d of %d lines are not as they stand, %d pieces are beyond them; want %d at the most",
				reader, lost[reader], lines, beyond[reader], allowed)
		}
	}
}

// inWordsOf writes the lines as a reader would that does all right, and what it has
// read likewise:
//
//   - a space that no line ends at is a space, which most of them write for it;
//   - a soft hyphen is there or is not, where a line ends at it;
//   - Poppler's plain reading and PDFium may join a line that ends with a hyphen to
//     the next one. Poppler leaves the hyphen off, PDFium writes U+FFFE for it, and
//     does so for soft ones, too.
func inWordsOf(reader string, lines []string, got string) ([]string, string) {
	joints := map[string]string{"pdftotext": "-", "behind-gs": "-", "pdfium": "-\u00ad"}[reader]
	plain := strings.NewReplacer("\u00a0", " ", "\u00ad", "", "\ufffe", "")
	got = plain.Replace(got)
	var list []string
	joint := ""
	for _, line := range lines {
		bare := plain.Replace(strings.TrimRight(line, joints))
		if n := len(list); joint != "" && strings.Contains(got, joint+bare) {
			list[n-1] = joint + bare
		} else {
			list = append(list, plain.Replace(line))
		}
		joint = ""
		if bare != plain.Replace(line) || strings.HasSuffix(line, "\u00ad") {
			joint = strings.TrimRight(list[len(list)-1], joints)
		}
	}
	return list, got
}

// takeOut runs all readings, two at a time.
func takeOut(t *testing.T, dir string, files []print) {
	t.Helper()
	var wait sync.WaitGroup
	room := make(chan struct{}, 2)
	for _, r := range readings {
		wait.Add(1)
		go func() {
			defer wait.Done()
			room <- struct{}{}
			defer func() { <-room }()
			if err := r.run(dir, files); err != nil {
				t.Error(err)
			}
		}()
	}
	wait.Wait()
	if t.Failed() {
		t.FailNow()
	}
}

func names() []string {
	var list []string
	for _, r := range readings {
		list = append(list, r.readers...)
	}
	return list
}

// shown gives three of a list, or with -v all.
func shown(list []string) []string {
	if testing.Verbose() {
		return list
	}
	return list[:min(3, len(list))]
}

func inColumns(table map[string]map[string]int, files []print) string {
	var b strings.Builder
	for _, reader := range names() {
		fmt.Fprintf(&b, "%18s", reader)
	}
	b.WriteByte('\n')
	total := map[string]int{}
	for _, f := range files {
		for _, reader := range names() {
			fmt.Fprintf(&b, "%18d", table[f.name][reader])
			total[reader] += table[f.name][reader]
		}
		fmt.Fprintf(&b, "  %s, %d lines\n", f.name, len(f.lines))
	}
	for _, reader := range names() {
		fmt.Fprintf(&b, "%18d", total[reader])
	}
	return b.String() + "  all"
}
