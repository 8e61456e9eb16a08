package offprint_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"offprint"
	"offprint/article"
	"offprint/internal/pdfcheck"
)

// TestPDFProfile: the option decides what the file claims, and whether it carries the
// article.
func TestPDFProfile(t *testing.T) {
	api.DisableConfigDir() // it would write one
	art := &article.Article{Lang: "zh-Hans", Title: "题", Blocks: []article.Block{
		{Kind: article.Paragraph, Text: "文"},
		{Kind: article.Figure, Image: &article.Image{URL: "dot.png"}},
	}}
	for profile, want := range map[string]pdfcheck.Claims{
		"":      {UA: 1, Part: 2, Level: "A"},
		"a2a":   {UA: 1, Part: 2, Level: "A"},
		"a2u":   {Part: 2, Level: "U"},
		"ua":    {UA: 1},
		"a3a":   {UA: 1, Part: 3, Level: "A"},
		"plain": {},
	} {
		o := offprint.Options{PrintOptions: offprint.PrintOptions{PDFProfile: profile}, Fonts: allFaces}
		doc, err := offprint.Layout(t.Context(), art, o)
		if err != nil {
			t.Fatal(err)
		}
		var file, words bytes.Buffer
		if err := doc.PDF(t.Context(), &file); err != nil {
			t.Fatal(err)
		}
		claims, faults := pdfcheck.Check(file.Bytes())
		if claims != want || len(faults) > 0 {
			t.Errorf("%q: it claims %+v, want %+v; faults: %v", profile, claims, want, faults)
		}
		if tags := bytes.Contains(file.Bytes(), []byte("/StructTreeRoot")); tags != (profile != "plain") {
			t.Errorf("%q: tags: %v", profile, tags)
		}
		attached, err := api.ExtractAttachmentsRaw(bytes.NewReader(file.Bytes()), "", nil, model.NewDefaultConfiguration())
		if profile != "a3a" {
			if err == nil && len(attached) > 0 {
				t.Errorf("%q: %d files are attached", profile, len(attached))
			}
			continue
		}
		if err != nil || len(attached) != 1 || attached[0].FileName != "article.json" {
			t.Fatalf("%q: %v attached (%v)", profile, attached, err)
		}
		got, err := io.ReadAll(attached[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := doc.DumpJSON(&words, offprint.StageArticle); err != nil || words.String() != string(got) {
			t.Errorf("the attached article is %s, want %s (%v)", got, words.Bytes(), err)
		}
	}
	o := offprint.PrintOptions{PDFProfile: "a1b"}
	var wrong *offprint.OptionError
	if err := o.Validate(); !errors.As(err, &wrong) || wrong.Want != "a2a, a2u, ua, a3a or plain" {
		t.Errorf("an unknown profile gives %v", err)
	}
}

// TestPictureWithoutAlt: a picture of which the page says nothing is called a picture,
// in the article's language, and a warning tells; one with a caption has that.
func TestPictureWithoutAlt(t *testing.T) {
	for lang, word := range map[string]string{
		"zh-Hans": "图片", "zh-Hant-HK": "圖片", "ja": "画像", "ko": "사진", "en": "Picture", "fr": "Picture",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(dir+"/dot.jpg", painted(t, "colour.jpg").Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		figure := func(alt, caption string) article.Block {
			return article.Block{Kind: article.Figure, Image: &article.Image{URL: "dot.jpg", Alt: alt, Caption: caption}}
		}
		art := &article.Article{Lang: lang, Title: "t", Blocks: []article.Block{
			figure("", ""), figure("", "the caption"), figure("the alt", "a caption"), figure(" ", ""),
		}}
		o := offprint.Options{Fonts: allFaces}
		o.Fetch.BaseURL = dir + "/"
		doc, err := offprint.Layout(t.Context(), art, o)
		if err != nil {
			t.Fatal(err)
		}
		var where []string
		for _, w := range doc.Warnings {
			if w.Code != "picture-without-alt" {
				t.Errorf("%s: warning %+v", lang, w)
				continue
			}
			where = append(where, w.Where)
			if !strings.Contains(w.Message, word) {
				t.Errorf("%s: %s", lang, w.Message)
			}
		}
		if got := strings.Join(where, " "); got != "blocks[0] blocks[3]" {
			t.Errorf("%s: warnings for %s", lang, got)
		}
		var pages bytes.Buffer
		if err := doc.Dump(&pages, offprint.StagePages); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(pages.String(), word); n < 2 {
			t.Errorf("%s: %q stands %d times on the pages' list:\n%s", lang, word, n, pages.String())
		}
	}
}
