package offprint

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A logo is decoded once for all documents whose options share a SmallPictures,
// and once a document where they do not: the package itself keeps nothing.
func TestSmallPicturesAreRemembered(t *testing.T) {
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	logo := filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(logo, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	page := `<html lang=zh-Hans><title>渡口</title><article><h1>渡口的早班船</h1><p>` +
		strings.Repeat("天还没有亮，南汀渡口已经有人在等船。", 20) + `</p></article>`
	for _, c := range []struct {
		name   string
		shared *SmallPictures
		want   int
	}{{"shared", new(SmallPictures), 1}, {"none", nil, 2}} {
		decoded := 0
		o := Options{Fonts: library, Remember: c.shared}
		o.Logo = logo
		o.PictureMemory = func(context.Context, int) (func(), error) {
			decoded++
			return func() {}, nil
		}
		var pdfs [2]bytes.Buffer
		for i := range pdfs {
			o.Fetch.Stdin = strings.NewReader(page)
			if _, err := Print(t.Context(), "-", &pdfs[i], o); err != nil {
				t.Fatal(err)
			}
		}
		if decoded != c.want {
			t.Errorf("%s: the logo was decoded %d times, want %d", c.name, decoded, c.want)
		}
		if !bytes.Equal(pdfs[0].Bytes(), pdfs[1].Bytes()) {
			t.Errorf("%s: the documents differ", c.name)
		}
	}
}
