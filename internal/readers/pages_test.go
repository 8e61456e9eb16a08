//go:build integration

package readers

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"offprint/article"
	"offprint/demo"
	"offprint/extract"
	"offprint/fonts/noto"
	"offprint/internal/picture"
	"offprint/render"
	"offprint/render/pdf"
	"offprint/templates"
	"offprint/typeset"
)

// faces are the faces that the command carries.
var faces = noto.Library()

// page is a web page that is printed: its HTML, and its pictures in dir.
type page struct {
	name string
	html []byte
	dir  fs.FS
}

// pages are the demos, the acceptance pages, the torture pages, and a generated one
// of 10,000 different Han.
func pages(t *testing.T) []page {
	t.Helper()
	folders := []struct {
		name string
		dir  fs.FS
		file string
	}{
		{"hans", demo.Articles()[0].Dir, "page.html"},
		{"hant", demo.Articles()[1].Dir, "page.html"},
		{"page-tech-hans", os.DirFS("../../testdata/articles/page-tech-hans"), "page.html"},
		{"page-market-hant", os.DirFS("../../testdata/articles/page-market-hant"), "page.html"},
		{"torture-hans", os.DirFS("testdata"), "torture-hans.html"},
		{"apostrophes-en", os.DirFS("testdata"), "apostrophes-en.html"},
	}
	var list []page
	for _, f := range folders {
		html, err := fs.ReadFile(f.dir, f.file)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, page{f.name, html, f.dir})
	}
	return append(list, page{name: "han-10000", html: tenThousandHan(t)})
}

// tenThousandHan is a page of 10,000 different Han that the Simplified Chinese face
// has, 100 a paragraph.
func tenThousandHan(t *testing.T) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>一万个字</title></head><body><article><h1>一万个字</h1>`)
	n, faces := 0, faces.Chain("zh-Hans", false)
	for r := rune(0x4E00); n < 10000; r++ {
		if r > 0x9FFF {
			t.Fatalf("the face has %d Han only", n)
		}
		if _, ok := faces[0].Glyph(r); !ok {
			continue
		}
		if n%100 == 0 {
			b.WriteString("<p>")
		}
		b.WriteRune(r)
		if n++; n%100 == 0 {
			b.WriteString("。</p>\n")
		}
	}
	return []byte(b.String() + `</article></body></html>`)
}

// layout sets a page with the punctuation that it has.
func (p page) layout(t *testing.T, o render.Options) *typeset.Document {
	t.Helper()
	art, err := extract.Article(t.Context(), extract.Page{URL: "https://news.example/" + p.name + "/page.html", Body: p.html}, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	design, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	o.Punctuation = render.PunctuationKeep
	in := render.Input{Article: art, Design: design, Fonts: faces, Pictures: map[string]render.Picture{}, Options: o}
	for i := range art.Blocks {
		if image := art.Blocks[i].Image; art.Blocks[i].Kind == article.Figure && image != nil {
			in.Pictures[image.URL] = render.Picture{Picture: p.picture(t, image.URL)}
		}
	}
	doc, err := render.Layout(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// picture reads a picture of the page's folder.
func (p page) picture(t *testing.T, address string) *typeset.Picture {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(p.dir, path.Base(u.Path))
	if err != nil {
		t.Fatal(err)
	}
	pic, err := picture.Decode(data, picture.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return pic
}

// print is a file on disk and what stands in its lines.
type print struct {
	name  string
	path  string
	lines []string
}

// prints writes the page at each size into dir.
func (p page) prints(t *testing.T, dir string, options ...render.Options) []print {
	t.Helper()
	var list []print
	for _, o := range options {
		doc := p.layout(t, o)
		var file bytes.Buffer
		if err := pdf.Write(t.Context(), &file, doc); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%s-%s-%d", p.name, o.FontSize, max(1, o.Columns))
		path := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		list = append(list, print{name, path, linesOf(doc)})
	}
	return list
}
