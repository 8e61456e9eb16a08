package offprint_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"offprint"
	"offprint/internal/pdfcheck"
)

// FuzzPrint: whatever a page holds and however it is to be printed, it is said to be no
// article, or becomes a PDF that keeps what it claims, the same each time.
func FuzzPrint(f *testing.F) {
	pages, err := filepath.Glob("extract/testdata/pages/*.html")
	if err != nil || len(pages) == 0 {
		f.Fatal(err, "no pages")
	}
	for i, name := range pages {
		page, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(page, uint16(i*37))
	}
	f.Add([]byte("<html lang=ja><title>題</title><article><h1>題</h1><p><ruby>漢<rt>かん</rt></ruby>字——7月18日（《账本》）。\u00ad𠮷<p>"+
		"<table><tr><th colspan=3>a<td rowspan=2>b<tr><td>c</table><ol start=9><li><ul><li>x</ul></ol><pre>y\n\tz</pre>"), uint16(5))
	f.Fuzz(func(t *testing.T, page []byte, choice uint16) {
		if len(page) > 20_000 {
			return
		}
		o := offprint.Options{Fonts: allFaces, PrintOptions: fuzzedOptions(choice)}
		// No name is looked up and nothing is fetched: no such host is allowed.
		o.Fetch.AllowHosts = []string{"nowhere.invalid"}
		doc, err := fuzzedDocument(t, page, o)
		if doc == nil {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
		file := drawnTwice(t, doc)
		claims, faults := pdfcheck.Check(file)
		if len(faults) > 0 || (claims == pdfcheck.Claims{}) != (o.PDFProfile == "plain") {
			t.Errorf("%s: it claims %+v; faults: %v", o.PDFProfile, claims, faults)
		}
	})
}

// fuzzedOptions reads print options out of a number.
func fuzzedOptions(n uint16) offprint.PrintOptions {
	pick := func(values ...string) string {
		v := values[int(n)%len(values)]
		n /= uint16(len(values))
		return v
	}
	return offprint.PrintOptions{
		FontSize:    pick("", "small", "giant", "8", "32"),
		Paper:       pick("A4", "A5", "Letter"),
		Columns:     map[string]int{"1": 1, "2": 2}[pick("1", "2")],
		PDFProfile:  pick("", "a2a", "a2u", "ua", "a3a", "plain"),
		Punctuation: pick("keep", "auto", "fullwidth"),
		Lang:        pick("", "zh-Hant-HK", "ja", "ko", "en"),
	}
}

// fuzzedDocument lays the page out. Without a document and an error it is none.
func fuzzedDocument(t *testing.T, page []byte, o offprint.Options) (*offprint.Document, error) {
	web, err := offprint.OpenHTML(t.Context(), bytes.NewReader(page), "https://news.example/a.html", o)
	if err != nil {
		return nil, onlyExpected(err)
	}
	defer web.Close()
	art, err := web.Parse(t.Context())
	if err != nil {
		return nil, onlyExpected(err)
	}
	material, err := web.Gather(t.Context(), art)
	if err != nil {
		return nil, err
	}
	return material.Layout(t.Context())
}

// onlyExpected lets pass what a page may be refused for.
func onlyExpected(err error) error {
	var none *offprint.NotArticleError
	var limit *offprint.LimitError
	var fetch *offprint.FetchError
	if errors.As(err, &none) || errors.As(err, &limit) || errors.As(err, &fetch) {
		return nil
	}
	return err
}

func drawnTwice(t *testing.T, doc *offprint.Document) []byte {
	var one, two bytes.Buffer
	for _, file := range []*bytes.Buffer{&one, &two} {
		if err := doc.PDF(t.Context(), file); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same document gives another file")
	}
	return one.Bytes()
}
