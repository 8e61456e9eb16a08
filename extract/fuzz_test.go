package extract

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// FuzzArticle asserts what holds of every page: no panic; an error of a known
// kind or an article; every text valid UTF-8 and equal to its inlines; no
// block without content; no link or picture of a forbidden kind; the same
// result twice.
func FuzzArticle(f *testing.F) {
	for _, p := range pages {
		master, err := os.ReadFile(filepath.Join("testdata", "pages", p.name+".html"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(master, p.url, "text/html; charset=utf-8")
	}
	f.Add([]byte("<table><tr><td><img src=a.jpg><td>码头（图片来源：x）<dl><dt><ruby>a<rt>b"), "", "")
	f.Add([]byte("<p><a href=javascript:x>a</a><img src=data:image/png;base64,AA><img src=../../etc/passwd>"), "file:///a/b.html", "")
	f.Add([]byte("<base href=//x><script type=application/ld+json>{\"@type\":[\"NewsArticle\",{}],\"author\":[[[[1]]]]}</script>"), "https://a.hk/sc/2025/02/30/", "")
	f.Fuzz(func(t *testing.T, body []byte, url, contentType string) {
		page := Page{URL: url, Body: body, ContentType: contentType}
		a, err := Article(t.Context(), page, Options{Explain: true})
		if err != nil {
			var no *NotArticleError
			var limit *dom.LimitError
			if !errors.As(err, &no) && !errors.As(err, &limit) {
				t.Fatalf("an error of no known kind: %v", err)
			}
		}
		if a == nil {
			return
		}
		for _, b := range a.Blocks {
			checkBlock(t, b)
		}
		if !utf8.ValidString(a.Title) || a.Lang == "" || a.Schema != article.Schema {
			t.Errorf("title %q, language %q, schema %d", a.Title, a.Lang, a.Schema)
		}
		again, _ := Article(t.Context(), page, Options{Explain: true})
		var x, y strings.Builder
		if a.Dump(&x) != nil || again.Dump(&y) != nil || x.String() != y.String() {
			t.Errorf("two runs differ:\n%s", lineDiff(x.String(), y.String()))
		}
	})
}

func checkBlock(t *testing.T, b article.Block) {
	t.Helper()
	if !utf8.ValidString(block.Text(b)) {
		t.Errorf("text is not UTF-8: %q", block.Text(b))
	}
	if len(b.Inlines) > 0 && article.JoinText(b.Inlines) != b.Text {
		t.Errorf("text %q is not its inlines %+v", b.Text, b.Inlines)
	}
	for _, in := range b.Inlines {
		if in.Text == "" {
			t.Errorf("an empty inline in %q", b.Text)
		}
		if in.Href != "" && !strings.HasPrefix(in.Href, "http") && !strings.HasPrefix(in.Href, "mailto:") {
			t.Errorf("link to %q", in.Href)
		}
	}
	switch b.Kind {
	case article.Paragraph, article.Pre:
		if dom.TrimEdges(b.Text) == "" {
			t.Errorf("an empty %s", b.Kind)
		}
	case article.Heading:
		if dom.TrimEdges(b.Text) == "" || b.Level < 2 || b.Level > 6 {
			t.Errorf("heading %q of level %d", b.Text, b.Level)
		}
	case article.Figure:
		if b.Image == nil || b.Image.URL == "" || strings.HasPrefix(b.Image.URL, "javascript:") {
			t.Errorf("figure %+v", b.Image)
		}
	case article.List, article.Quote:
		if len(b.Items) == 0 {
			t.Errorf("an empty %s", b.Kind)
		}
		for _, item := range b.Items {
			for _, inner := range item {
				checkBlock(t, inner)
			}
		}
	case article.Table:
		if len(b.Rows) == 0 {
			t.Error("an empty table")
		}
	case article.Rule:
	case article.Embed:
		if b.URL == "" {
			t.Error("an embed without an address")
		}
	default:
		t.Errorf("kind %q", b.Kind)
	}
}
