package extract

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"offprint/article"
	"offprint/extract/internal/site"
)

// Every built-in rule carries a page that shows that it works, and that page
// is parsed here.
func TestBuiltinRules(t *testing.T) {
	rules, err := BuiltinRules()
	if err != nil {
		t.Fatal(err)
	}
	if len(rules) < 3 {
		t.Fatalf("%d rules are built in", len(rules))
	}
	for _, r := range rules {
		if len(r.Tests) == 0 {
			t.Errorf("%s has no test", r.Name)
		}
		for _, want := range r.Tests {
			t.Run(r.Name+"/"+want.Page, func(t *testing.T) { checkRule(t, want) })
		}
	}
}

func checkRule(t *testing.T, want site.Test) {
	body, err := os.ReadFile(filepath.Join("testdata", "sites", want.Page))
	if err != nil {
		t.Fatal(err)
	}
	a, err := Article(t.Context(), Page{URL: want.URL, Body: body}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != want.Title {
		t.Errorf("title %q, want %q", a.Title, want.Title)
	}
	if want.Published != "" && (a.Published == nil || a.Published.Time != want.Published) {
		t.Errorf("published %+v, want %s", a.Published, want.Published)
	}
	if want.Author != "" && (len(a.Authors) != 1 || a.Authors[0].Name != want.Author) {
		t.Errorf("authors %+v, want %s", a.Authors, want.Author)
	}
	if len(a.Blocks) != want.Blocks {
		t.Errorf("%d blocks, want %d: %+v", len(a.Blocks), want.Blocks, a.Blocks)
	}
	if len(a.Warnings) > 0 {
		t.Errorf("unexpected warnings: %+v", a.Warnings)
	}
}

// A publisher's own rule goes before ours, and its fields say where they are
// from.
func TestOwnRulesFirst(t *testing.T) {
	own := fstest.MapFS{"mine.json": {Data: []byte(`{"name":"mine","hosts":["udn.com"],"title":[".kicker"],"body":["section"],"tests":[]}`)}}
	page := Page{URL: "https://udn.com/news/story/9", Body: []byte(`<title>x</title><div class="kicker">自家規則的標題</div><section><p>第一段的文字要夠長才算是一段正文，所以再多寫幾個字，湊足四十個字以上才行，不然會被當成空白頁。</p></section>`)}
	a, err := Article(t.Context(), page, Options{Sites: []fs.FS{own}, Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "自家規則的標題" {
		t.Errorf("title %q", a.Title)
	}
	want := article.Provenance{Source: "site-rule", Rule: "mine: .kicker", Confidence: 0.98}
	if got := a.Provenance["title"]; got != want {
		t.Errorf("provenance %+v, want %+v", got, want)
	}
}
