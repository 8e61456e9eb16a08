package pdf

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"offprint/demo"
	"offprint/extract"
	"offprint/fonts/noto"
	decode "offprint/internal/picture"
	"offprint/render"
	"offprint/templates"
)

// pageFolders are the pages whose PDFs are read back: those of the demo, and all
// that the tests of the other packages have.
var pageFolders = []string{"../../demo", "../../testdata/articles", "../../extract/testdata/pages"}

// Of every page there is, at three sizes and in one column and two: every code
// has one character and one width, and the pen moves less than any reader sees,
// running heads, folios, cells and captions included.
func TestEveryPageIsExact(t *testing.T) {
	design, err := templates.Load("default")
	if err != nil {
		t.Fatal(err)
	}
	library := noto.Library()
	sizes := []string{"small", "medium", "giant"}
	if testing.Short() {
		sizes = sizes[1:2]
	}
	pages, pairs := 0, 0
	for _, file := range findPages(t) {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		art, err := extract.Article(t.Context(), extract.Page{URL: "https://news.example/page.html", Body: body}, extract.Options{})
		if err != nil {
			continue // a page that is no article: what is said of it is tried in extract
		}
		pictures := map[string]render.Picture{}
		for i := range art.Blocks {
			if img := art.Blocks[i].Image; img != nil {
				if data, err := os.ReadFile(filepath.Join(filepath.Dir(file), path.Base(img.URL))); err == nil {
					if pic, err := decode.Decode(data, decode.Limits{}); err == nil {
						pictures[img.URL] = render.Picture{Picture: pic}
					}
				}
			}
		}
		for _, size := range sizes {
			for columns := 1; columns <= 2; columns++ {
				name := fmt.Sprintf("%s %s %d", strings.TrimPrefix(file, "../../"), size, columns)
				doc, err := render.Layout(t.Context(), render.Input{
					Article: art, Design: design, Fonts: library, Pictures: pictures,
					Options: render.Options{FontSize: size, Columns: columns},
				})
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				f := parse(t, write(t, doc))
				for n, page := range f.pages() {
					c := f.read(page)
					pages++
					pairs += checkPen(t, c, &doc.Pages[n])
					checkCodes(t, c)
				}
				if t.Failed() {
					t.Fatalf("in %s", name)
				}
			}
		}
	}
	if pages < 100 || pairs < 50*pages {
		t.Errorf("%d pages with %d neighbours were looked at: too few", pages, pairs)
	}
}

func findPages(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, folder := range pageFolders {
		err := filepath.WalkDir(folder, func(name string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(name, ".html") {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 8+len(demo.Articles()) {
		t.Fatalf("only %d pages were found", len(files))
	}
	return files
}
