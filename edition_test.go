package offprint

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"offprint/article"
)

// roughPhoto is an article with one large photograph, of about 3 MB.
func roughPhoto(t *testing.T) *article.Article {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	img := image.NewRGBA(image.Rect(0, 0, 2000, 1500))
	for i := range img.Pix {
		img.Pix[i] = byte(random.Uint32())
	}
	img.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	art := news()
	art.Blocks[1].Image.URL = "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
	return art
}

func TestMailingShrinksPictures(t *testing.T) {
	art := roughPhoto(t)
	for _, c := range []struct {
		name  string
		limit func(*LetterOptions)
		fails bool
	}{
		{"under both limits", func(o *LetterOptions) { o.AttachLimit = 20e6 }, false},
		{"attachment limit", func(o *LetterOptions) { o.AttachLimit = 900_000 }, false},
		{"server's limit", func(o *LetterOptions) { o.AttachLimit, o.MaxSize = 20e6, 1_000_000 }, false},
		{"too small for any picture", func(o *LetterOptions) { o.AttachLimit = 10_000 }, true},
		{"too small for the letter", func(o *LetterOptions) { o.Attach, o.MaxSize = AttachNone, 1000 }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := letterOptions(t)
			c.limit(&o)
			mailing := newMailing(t, art, o)
			m, err := mailing.Compose(t.Context(), reader(t))
			var tooLarge *TooLargeError
			if c.fails {
				if !errors.As(err, &tooLarge) || tooLarge.Hint() == "" {
					t.Fatalf("error %v, want a TooLargeError", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			_, leaf := parts(t, m)
			if n := int64(len(leaf["application/pdf"])); n > o.attachLimit() || o.MaxSize > 0 && int64(len(m.Bytes)) > o.MaxSize {
				t.Errorf("PDF has %d bytes, the message %d", n, len(m.Bytes))
			}
			e, err := mailing.Edition(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			told := false
			for _, w := range e.Document.Warnings {
				told = told || w.Code == "pictures-shrunk"
			}
			if told != (c.name != "under both limits") {
				t.Errorf("warnings %v", e.Document.Warnings)
			}
		})
	}
}
