package pdf

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"offprint/typeset"
)

// need gives the path of a program, or passes the test over where it is
// missing. Where CI is true it must be there.
func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed", program)
	}
	t.Skipf("%s is not installed: another program's view of the PDF goes untested", program)
	return ""
}

func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	var stderr strings.Builder
	cmd := exec.Command(need(t, program), args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", program, err, out, stderr.String())
	}
	return string(out)
}

func saved(t *testing.T, doc *typeset.Document) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(file, write(t, doc), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// bare drops white space, which readers add as they see fit.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestOtherReadersFindTheText(t *testing.T) {
	c := compose()
	var want strings.Builder
	for _, text := range []string{"港口的清晨•与·夜‧・…⋯", "第1节：RX-20 costs ¥3,000.50", strings.Repeat("天地玄黄宇宙洪荒", 40)} {
		c.text(typeset.RoleBody, 0, text)
		want.WriteString(text)
	}
	c.font = chain[1:]
	c.text(typeset.RoleBody, 0, "電梯叫𨋢，𠝹𡃁𠵱𥄫")
	want.WriteString("電梯叫𨋢，𠝹𡃁𠵱𥄫")
	// Characters beyond U+FFFF that others stand by: a variation selector, a joiner.
	r := c.run("葛城一家")
	r.Glyphs[0].Text, r.Glyphs[2].Text = "葛\U000E0100", "👨\u200d"
	c.place(c.block(typeset.RoleBody, 0), r, 0)
	want.WriteString("葛\U000E0100城👨\u200d家")
	file := saved(t, c.doc)
	for name, args := range map[string][]string{
		"pdftotext": {"-enc", "UTF-8", file, "-"},
		"mutool":    {"draw", "-q", "-F", "txt", file},
	} {
		t.Run(name, func(t *testing.T) {
			if got := bare(run(t, name, args...)); got != bare(want.String()) {
				t.Errorf("got\n%s\nwant\n%s", got, bare(want.String()))
			}
		})
	}
}

func TestQPDFFindsNoFault(t *testing.T) {
	out := run(t, "qpdf", "--check", saved(t, sample(t)))
	if !strings.Contains(out, "No syntax or stream encoding errors") || strings.Contains(out, "WARNING") {
		t.Error(out)
	}
}

func TestPopplerSeesTheDocument(t *testing.T) {
	file := saved(t, sample(t))
	info := run(t, "pdfinfo", file)
	for _, want := range []string{"港口的清晨（𨋢）", "王小明; A. (B) Lee", "Tagged:          yes", "Metadata Stream: yes", "Pages:           4", "PDF version:     1.7"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not tell %q:\n%s", want, info)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(run(t, "pdffonts", file)), "\n")[2:] {
		f := strings.Fields(line)
		if len(f[0]) < 8 || f[0][6] != '+' || strings.Join(f[1:7], " ") != "CID TrueType Identity-H yes yes yes" {
			t.Errorf("font %s: want one that is embedded, a subset and has ToUnicode", line)
		}
	}
	structure := run(t, "pdfinfo", "-struct-text", file)
	for _, want := range []string{"H1 (block)", "H2 (block)", "Figure", "Caption", "Link (inline)", "\"港口的清晨\""} {
		if !strings.Contains(structure, want) {
			t.Errorf("the structure has no %s:\n%s", want, structure)
		}
	}
	if links := run(t, "pdfinfo", "-url", file); !strings.Contains(links, "https://example.org/%E6%96%B0%E9%97%BB?a=(1)") {
		t.Errorf("links: %s", links)
	}
}

// The file's corners are red, green, blue and white from the top left,
// clockwise; each orientation turns them as the standard says.
func TestMuPDFTurnsPictures(t *testing.T) {
	for orientation, want := range map[int]string{
		1: "red green blue white", 2: "green red white blue", 3: "blue white red green", 4: "white blue green red",
		5: "red white blue green", 6: "white red green blue", 7: "blue green red white", 8: "green blue white red",
	} {
		c := compose()
		c.figure(jpegPicture(t, corners(120, 80), orientation), "四角")
		item := c.doc.Pages[0].Items[0]
		page := ppm(t, run(t, "mutool", "draw", "-q", "-r", "72", "-F", "ppm", "-o", "-", saved(t, c.doc)))
		var got []string
		for _, at := range [][2]int64{{1, 1}, {3, 1}, {3, 3}, {1, 3}} {
			x := (item.At.X + item.W.Scale(at[0], 4)).Points()
			y := (item.At.Y + item.H.Scale(at[1], 4)).Points()
			got = append(got, page.name(int(x), int(y)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("orientation %d shows %v, want %s", orientation, got, want)
		}
	}
}
