package offprint_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"offprint/demo"
	"offprint/internal/golden"
	"offprint/render"
	"offprint/render/png"
)

// The pages that README.md shows are those that this code makes of the first
// sample. UPDATE_GOLDEN=1 draws them anew.
func TestReadmePictures(t *testing.T) {
	const dpi = 80
	sample := read(t, demo.Articles()[0])
	sample.input.Article.URL, sample.input.Article.Site.Host = "", "" // the demo is a file
	doc := sample.layout(t, render.Options{})
	for n := range 2 {
		var got bytes.Buffer
		if err := png.Write(t.Context(), &got, doc, n, dpi); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("docs", "images", fmt.Sprintf("page-%d.png", n+1))
		if os.Getenv(golden.UpdateVar) == "1" {
			if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
				t.Error(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s is not the page of today: %s=1 go test . draws it anew", file, golden.UpdateVar)
		}
	}
}
