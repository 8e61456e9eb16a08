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
	"unicode"

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

// A known is what a reader makes of a kind of line, whatever a file does: of the
// lines that holds is true of, it may spoil some, and no others.
type known struct {
	name    string
	why     string
	readers []string
	holds   func(line string) bool
	most    int // lines of all files, for each reader
}

var knowns = []known{
	{
		name: "characters beyond U+FFFF",
		why: "Ghostscript 10.00 reads a text of two UTF-16 units with its second byte in place of the third " +
			"(D842 DFB7 becomes D842 42B7); a bfrange, or one with an array, is read as U+00FF",
		readers: []string{"gs-txtwrite", "behind-gs"},
		holds:   func(line string) bool { return strings.ContainsFunc(line, func(r rune) bool { return r > 0xFFFF }) },
		most:    110,
	},
	{
		name:    "marks over letters",
		why:     "txtwrite orders codes by their places and puts a mark that lies within its letter behind what follows it",
		readers: []string{"gs-txtwrite"},
		holds: func(line string) bool {
			return strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Mn, r) })
		},
		most: 3,
	},
	{
		name:    "！！",
		why:     "PDFBox drops what it holds for the shadow of the same character, a third of a width beside it",
		readers: []string{"pdfbox"},
		holds:   func(line string) bool { return strings.Contains(line, "！！") },
		most:    3,
	},
	{
		name:    "a line of a few words, opened wide",
		why:     "Poppler takes words that stand ems apart for columns",
		readers: []string{"pdftotext", "pdftotext-layout", "behind-gs"},
		holds:   func(line string) bool { return line == "Nobody’s lamp was lit before" },
		most:    1,
	},
}

// TestEveryReaderTakesOutTheText asserts that within a line each reader has the
// text of the source, character by character and space by space, but for the lines
// of knowns.
func TestEveryReaderTakesOutTheText(t *testing.T) {
	need(t, "pdftotext", "mutool", "gs", "node", "java")
	needFiles(t, append([]string{"node_modules/mupdf", "node_modules/pdfjs-dist", "node_modules/@embedpdf/pdfium"}, jars...)...)
	dir := t.TempDir()
	var files []print
	for _, p := range pages(t) {
		files = append(files, p.prints(t, dir, three...)...)
	}
	takeOut(t, dir, files)

	table := map[string]map[string]int{}
	spoilt := map[string]map[string]int{} // by known and reader
	for _, f := range files {
		table[f.name] = map[string]int{}
		for _, reader := range names() {
			got, err := os.ReadFile(outOf(dir, f, reader))
			if err != nil {
				t.Fatal(err)
			}
			missing, extra := compare(inWordsOf(reader, f.lines, string(got)))
			table[f.name][reader] = len(missing)
			var others []string
			for _, line := range missing {
				name := knownOf(reader, line)
				if name == "" {
					others = append(others, line)
					continue
				}
				if spoilt[name] == nil {
					spoilt[name] = map[string]int{}
				}
				spoilt[name][reader]++
			}
			// What is spoilt stands somewhere in the text, in pieces.
			if len(others) > 0 || len(missing) == 0 && len(extra) > 0 {
				t.Errorf("%s by %s: %d of %d lines are not as they stand: %q; it has instead %q",
					f.name, reader, len(others), len(f.lines), shown(others), shown(extra))
			}
		}
	}
	t.Log("lines that are not as they stand:\n" + inColumns(table, files))
	for _, k := range knowns {
		for _, reader := range k.readers {
			n := spoilt[k.name][reader]
			t.Logf("%s: %d lines by %s: %s", k.name, n, reader, k.why)
			if n > k.most {
				t.Errorf("%s: %s spoils %d lines, want %d at the most", k.name, reader, n, k.most)
			}
		}
	}
}

// knownOf names what a reader is known to make of a line; "" for nothing.
func knownOf(reader, line string) string {
	for _, k := range knowns {
		if slices.Contains(k.readers, reader) && k.holds(line) {
			return k.name
		}
	}
	return ""
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
