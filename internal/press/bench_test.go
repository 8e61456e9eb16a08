package press

import (
	"context"
	"fmt"
	"testing"

	"offprint/internal/store"
)

// BenchmarkPrint prints a new article each time, into a folder.
func BenchmarkPrint(b *testing.B) {
	paper := newNewspaper(b)
	folder, err := store.OpenFolder(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer folder.Close()
	s := newShop(b, func(c *Config) { c.Cache = store.NewCache(folder) })
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		if _, err := s.Print(context.Background(), &Request{URL: fmt.Sprintf("%s/%d.html", paper.URL, n)}); err != nil {
			b.Fatal(err)
		}
	}
}
