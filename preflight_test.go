package offprint_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"offprint/typeset"
)

// preflightJars are Debian's packages libpdfbox2-java, libactivation-java and
// libjaxb-api-java.
var preflightJars = []string{
	"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api",
}

// TestPreflight holds the corpus against the preflight of PDFBox, which knows PDF/A-1b
// alone: the objects are those of our files, said to be of that standard. See [asA1b].
func TestPreflight(t *testing.T) {
	var classes []string
	for _, jar := range preflightJars {
		path := "/usr/share/java/" + jar + ".jar"
		if _, err := os.Stat(path); err != nil {
			skipWithout(t, "PDFBox's preflight")
		}
		classes = append(classes, path)
	}
	if _, err := exec.LookPath("java"); err != nil {
		skipWithout(t, "java")
	}
	dir := t.TempDir()
	var files []string
	for i, s := range corpus(t) {
		if i%5 != 0 && !strings.HasPrefix(s.name, "torture") {
			continue // the objects are the same: some are enough
		}
		file := filepath.Join(dir, s.name+".pdf")
		if err := os.WriteFile(file, asA1b(t, drawn(t, s.lay(t), typeset.ProfileA2a)), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	// It writes what it found beside each file.
	out, err := exec.Command("java", "-cp", strings.Join(classes, ":"),
		"org.apache.pdfbox.preflight.Validator_A1b", "xml", "batch", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("preflight: %v: %.2000s", err, out)
	}
	for _, file := range files {
		report, err := os.ReadFile(file + ".preflight.xml")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(report, []byte(`<isValid type="PDF/A1-b">true</isValid>`)) {
			t.Errorf("%s: %.1500s", filepath.Base(file), report)
		}
	}
}

func skipWithout(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed: run make prepare", what)
	}
	t.Skipf("%s is not installed: run make prepare", what)
}

var descriptor = regexp.MustCompile(`\n(\d+) 0 obj\n(<</Type /FontDescriptor .*)>>\nendobj`)

// asA1b gives the same objects as a file of PDF/A-1b: with its version and its claim,
// and with what it alone asks for, which is that each font lists its glyphs (ISO
// 19005-1 §6.3.5). That is an update behind the file.
func asA1b(t *testing.T, file []byte) []byte {
	t.Helper()
	for _, change := range [][2]string{
		{"%PDF-1.7", "%PDF-1.4"},
		{"<pdfaid:part>2<", "<pdfaid:part>1<"},
		{"<pdfaid:conformance>A<", "<pdfaid:conformance>B<"},
	} {
		if !bytes.Contains(file, []byte(change[0])) {
			t.Fatalf("the file has no %s", change[0])
		}
		file = bytes.Replace(file, []byte(change[0]), []byte(change[1]), 1)
	}
	tail := file[bytes.LastIndex(file, []byte("trailer\n")):]
	size := regexp.MustCompile(`/Size (\d+)`).FindSubmatch(tail)
	next, _ := strconv.Atoi(string(size[1]))
	before := regexp.MustCompile(`startxref\n(\d+)\n`).FindSubmatch(tail)
	var table bytes.Buffer
	all := bytes.Repeat([]byte{0xFF}, 1<<13)
	for _, found := range descriptor.FindAllSubmatch(file, -1) {
		fmt.Fprintf(&table, "%s 1\n%010d 00000 n \n", found[1], len(file))
		file = fmt.Appendf(file, "%s 0 obj\n%s /CIDSet %d 0 R>>\nendobj\n", found[1], found[2], next)
	}
	fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", next, len(file))
	file = fmt.Appendf(file, "%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", next, len(all), all)
	start := len(file)
	trailer := bytes.Replace(tail[:bytes.Index(tail, []byte("startxref"))], size[0], fmt.Appendf(nil, "/Size %d /Prev %s", next+1, before[1]), 1)
	return fmt.Appendf(file, "xref\n%s%sstartxref\n%d\n%%%%EOF\n", table.Bytes(), trailer, start)
}
