package offprint

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"offprint/internal/sample"
)

// Material that was kept makes the same document later, without the network.
func TestMaterial(t *testing.T) {
	art := sample.News()
	art.Blocks[1].Image.URL = "data:image/png;base64,AAAA" // damaged: it leaves a box and a warning
	o := Options{Fonts: library, PrintOptions: PrintOptions{Title: "另一个题目", FontSize: "large"}}
	m, err := Gather(t.Context(), art, o)
	if err != nil {
		t.Fatal(err)
	}
	var kept bytes.Buffer
	if n, err := m.WriteTo(&kept); err != nil || n != int64(kept.Len()) {
		t.Fatalf("%d bytes written of %d: %v", kept.Len(), n, err)
	}
	again, err := ReadMaterial(bytes.NewReader(kept.Bytes()), o)
	if err != nil {
		t.Fatal(err)
	}
	if again.Article.Title != "另一个题目" || len(again.Pictures()) != 1 || again.Logo() != nil {
		t.Errorf("material of %q with %d pictures", again.Article.Title, len(again.Pictures()))
	}
	if a, b := document(t, m), document(t, again); !bytes.Equal(a, b) {
		t.Errorf("documents of %d and %d bytes are not the same", len(a), len(b))
	}
	for name, damaged := range map[string][]byte{
		"empty": nil, "cut off": kept.Bytes()[:kept.Len()/2], "something else": []byte(strings.Repeat("x", 100)),
	} {
		if _, err := ReadMaterial(bytes.NewReader(damaged), o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// GatherText has the logo and no picture of the article, whatever the options say
// of pictures.
func TestGatherText(t *testing.T) {
	for _, images := range []string{"", "none", "gray"} {
		art := sample.News()
		art.Site.Logo = sample.Square()
		page, err := Detached(Options{Fonts: library, PrintOptions: PrintOptions{Images: images, Title: "另一个题目"}})
		if err != nil {
			t.Fatal(err)
		}
		m, err := page.GatherText(t.Context(), art)
		page.Close()
		if err != nil {
			t.Fatal(err)
		}
		if m.Logo() == nil || len(m.Pictures()) != 0 || m.Article.Title != "另一个题目" {
			t.Errorf("images %q: logo %v, %d pictures, title %q", images, m.Logo() != nil, len(m.Pictures()), m.Article.Title)
		}
	}
}

// What is made of material leaves the material as it was.
func TestMaterialStaysAsItIs(t *testing.T) {
	m, err := Gather(t.Context(), sample.News(), Options{Fonts: library, PrintOptions: PrintOptions{FontSize: "large"}})
	if err != nil {
		t.Fatal(err)
	}
	before := drawn(t, m)
	giant := m.WithFontSize("giant")
	small, err := giant.Shrink(t.Context(), 20, 50, "for a test")
	if err != nil {
		t.Fatal(err)
	}
	if giant.PrintOptions().FontSize != "giant" || m.PrintOptions().FontSize != "large" {
		t.Errorf("sizes %q and %q", giant.PrintOptions().FontSize, m.PrintOptions().FontSize)
	}
	if w := small.pictures[sample.Square()].Picture.W; w != 20 || m.pictures[sample.Square()].Picture.W != 40 {
		t.Errorf("the picture is %d pixels wide, and %d where it came from", w, m.pictures[sample.Square()].Picture.W)
	}
	doc, err := small.Layout(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const want = "pictures are at most 20 pixels wide and high, for a test"
	if len(doc.Warnings) != 1 || doc.Warnings[0].Code != "pictures-shrunk" || doc.Warnings[0].Message != want {
		t.Errorf("warnings %v", doc.Warnings)
	}
	if !bytes.Equal(before, drawn(t, m)) || bytes.Equal(before, drawn(t, giant)) {
		t.Error("the material changed, or its font size did not")
	}
	var option *OptionError
	if _, err := m.WithFontSize("7").Layout(t.Context()); !errors.As(err, &option) || option.Option != "font_size" {
		t.Errorf("font size 7: %v", err)
	}
}

// The page's words are in the language that it is set in.
func TestMaterialWords(t *testing.T) {
	for lang, want := range map[string]string{"": "、", "en": ", ", "ja": "、"} {
		m, err := Gather(t.Context(), sample.News(), Options{Fonts: library, PrintOptions: PrintOptions{Lang: lang}})
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Words().BylineJoin; got != want {
			t.Errorf("language %q: %q, want %q", lang, got, want)
		}
	}
}

// drawn gives the PDF that the material makes.
func drawn(t *testing.T, m *Material) []byte {
	t.Helper()
	doc, err := m.Layout(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := doc.PDF(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// document draws what the material makes, and sees to it that the missing picture is told of.
func document(t *testing.T, m *Material) []byte {
	t.Helper()
	doc, err := m.Layout(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, w := range doc.Warnings {
		told = told || w.Code == "picture-failed"
	}
	if !told {
		t.Errorf("warnings %v", doc.Warnings)
	}
	var b bytes.Buffer
	if err := doc.PDF(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
