package demo

import (
	"bytes"
	"fmt"
	"html"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// block is one line of expected.txt.
type block struct{ kind, text string }

func expected(t *testing.T, s Sample) []block {
	t.Helper()
	data, err := fs.ReadFile(s.Dir, "expected.txt")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []block
	for line := range strings.Lines(string(data)) {
		kind, text, found := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !found {
			t.Fatalf("line %q has no tab", line)
		}
		blocks = append(blocks, block{kind, text})
	}
	return blocks
}

var tags = regexp.MustCompile(`<[^>]*>`)

// judged gives the demo articles and the other pages that have an expected.txt.
func judged(t *testing.T) []Sample {
	t.Helper()
	samples := Articles()
	for _, name := range []string{"page-tech-hans", "page-market-hant"} {
		samples = append(samples, Sample{Name: name, Dir: os.DirFS("../testdata/articles/" + name)})
	}
	return samples
}

// The manuscript and the page are two files; a block that stands in one only
// would make every judgement of a PDF wrong. Dates are left out: expected.txt has
// them as they are printed.
func TestPageCarriesEveryExpectedBlock(t *testing.T) {
	for _, s := range judged(t) {
		page, err := s.Page()
		if err != nil {
			t.Fatal(err)
		}
		text := html.UnescapeString(tags.ReplaceAllString(string(page), ""))
		for _, b := range expected(t, s) {
			if b.kind != "date" && !strings.Contains(text, b.text) {
				t.Errorf("%s: page lacks %s %q", s.Name, b.kind, b.text)
			}
		}
	}
}

func TestArticlesAreAsLongAsPromised(t *testing.T) {
	want := map[string]int{"title": 1, "author": 1, "date": 1, "intro": 1, "h2": 4, "fig": 3, "disc": 1}
	for _, s := range Articles() {
		han, kinds := 0, map[string]int{}
		for _, b := range expected(t, s) {
			kinds[b.kind]++
			for _, r := range b.text {
				if unicode.Is(unicode.Han, r) {
					han++
				}
			}
		}
		if han < 2200 {
			t.Errorf("%s: %d Han characters, want 2200 or more", s.Name, han)
		}
		for kind, n := range want {
			if kinds[kind] != n {
				t.Errorf("%s: %d %s blocks, want %d", s.Name, kinds[kind], kind, n)
			}
		}
	}
}

var sources = regexp.MustCompile(`<img[^>]* src="([^"]+)" width="(\d+)" height="(\d+)"`)

func TestPicturesAreThereAndAsLargeAsThePageSays(t *testing.T) {
	for _, s := range Articles() {
		page, err := s.Page()
		if err != nil {
			t.Fatal(err)
		}
		found := sources.FindAllStringSubmatch(string(page), -1)
		if len(found) != 3 {
			t.Errorf("%s: %d pictures with sizes, want 3", s.Name, len(found))
		}
		for _, m := range found {
			data, err := fs.ReadFile(s.Dir, m[1])
			if err != nil {
				t.Fatal(err)
			}
			c, format, err := image.DecodeConfig(bytes.NewReader(data))
			if err != nil || format != "jpeg" {
				t.Fatalf("%s: %s is %q: %v", s.Name, m[1], format, err)
			}
			if got := fmt.Sprintf("%dx%d", c.Width, c.Height); got != m[2]+"x"+m[3] {
				t.Errorf("%s: %s is %s, the page says %sx%s", s.Name, m[1], got, m[2], m[3])
			}
		}
		if _, err := fs.Stat(s.Dir, "logo.png"); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
}

// The command carries these files, so their weight is everybody's.
func TestSamplesStaySmall(t *testing.T) {
	const limit = 700 << 10
	total := int64(0)
	err := fs.WalkDir(files, ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil || total > limit {
		t.Errorf("demo files hold %d bytes, want %d or fewer (%v)", total, limit, err)
	}
}
