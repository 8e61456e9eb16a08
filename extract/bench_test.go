package extract

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkArticle reads each test page, by the way that finds its body.
func BenchmarkArticle(b *testing.B) {
	for _, p := range pages {
		b.Run(p.name, func(b *testing.B) {
			body, err := os.ReadFile(filepath.Join("testdata", "pages", p.name+".html"))
			if err != nil {
				b.Fatal(err)
			}
			benchmarkPage(b, Page{URL: p.url, Body: body})
		})
	}
	b.Run("gbk undeclared", func(b *testing.B) {
		master, err := os.ReadFile(filepath.Join("testdata", "pages", "column.html"))
		if err != nil {
			b.Fatal(err)
		}
		benchmarkPage(b, Page{Body: encodePage(b, string(master), "gbk undeclared")})
	})
}

// BenchmarkPublicSet reads all pages of the public set, if there is one.
func BenchmarkPublicSet(b *testing.B) {
	dir := os.Getenv(publicSet)
	if dir == "" {
		b.Skipf("%s names no folder", publicSet)
	}
	set := readSet(b, dir)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := set[i%len(set)]
		if _, err := Article(b.Context(), Page{URL: p.URL, Body: p.body}, Options{}); err != nil {
			b.Logf("%s: %v", p.id[:8], err)
		}
	}
}

func benchmarkPage(b *testing.B, page Page) {
	b.ReportAllocs()
	b.SetBytes(int64(len(page.Body)))
	for b.Loop() {
		if _, err := Article(b.Context(), page, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
