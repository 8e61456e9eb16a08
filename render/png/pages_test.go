package png_test

import (
	"io/fs"
	"path"
	"testing"

	"offprint/article"
	"offprint/demo"
	"offprint/extract"
	"offprint/fonts/noto"
	"offprint/internal/picture"
	"offprint/render"
	"offprint/templates"
	"offprint/typeset"
)

var library = noto.Library()

// laidOut gives a demo article as the pages that a reader gets.
func laidOut(t testing.TB, sample demo.Sample) *typeset.Document {
	t.Helper()
	body, err := sample.Page()
	if err != nil {
		t.Fatal(err)
	}
	art, err := extract.Article(t.Context(), extract.Page{URL: "https://news.example/page.html", Body: body}, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	design, err := templates.Load("default")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := render.Layout(t.Context(), render.Input{
		Article: art, Design: design, Fonts: library,
		Pictures: pictures(t, sample.Dir, art.Blocks), Logo: decode(t, sample.Dir, "logo.png"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func pictures(t testing.TB, dir fs.FS, blocks []article.Block) map[string]render.Picture {
	t.Helper()
	found := map[string]render.Picture{}
	for i := range blocks {
		if img := blocks[i].Image; img != nil {
			found[img.URL] = render.Picture{Picture: decode(t, dir, path.Base(img.URL))}
		}
	}
	return found
}

func decode(t testing.TB, dir fs.FS, name string) *typeset.Picture {
	t.Helper()
	file, err := fs.ReadFile(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(file, picture.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
