package extract

import (
	"errors"
	"maps"
	"runtime"
	"slices"
	"testing"
	"time"

	"offprint/extract/internal/dom"
)

// underRace tells that the race detector runs: it has pools forget at random, so
// what is allocated says nothing.
var underRace bool

// Pages made to be slow: what is under the limits must be read in time and
// memory that grow with the page's size, not with its square. Memory is measured
// (make memory, since not under the race detector); the bound on time only tells a
// page that hangs from one that does not (before, several of these took minutes).
// BenchmarkWorstPages gives times.
func TestWorstPages(t *testing.T) {
	if testing.Short() {
		t.Log("worst pages are left out of a short run")
		return
	}
	const (
		size   = 64 << 10
		bound  = time.Minute
		growth = 3   // of what is allocated for a page twice the size
		each   = 400 // bytes allocated for a byte of the page, and for what a node of it costs
		node   = 16 << 10
	)
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		t.Run(name, func(t *testing.T) {
			shape := shapes[name]
			_ = allocated(t, shape(size/4)) // what is made once, at the first use
			start := time.Now()
			half, whole := allocated(t, shape(size)), allocated(t, shape(2*size))
			if whole > growth*half+1<<20 && !underRace {
				t.Errorf("%d KB allocated for a page twice the size of one for which %d KB were", whole>>10, half>>10)
			}
			if page := shape(2 * size); whole > each*len(page.Body)+node*countTags(page.Body) && !underRace {
				t.Errorf("%d KB allocated for a page of %d KB", whole>>10, len(page.Body)>>10)
			}
			if spent := time.Since(start); spent > bound {
				t.Errorf("%s for %d KB", spent.Round(time.Millisecond), 3*size>>10)
			}
		})
	}
}

// allocated gives the bytes that reading a page allocates.
func allocated(t *testing.T, page Page) int {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Article(t.Context(), page, Options{})
	runtime.ReadMemStats(&after)
	var no *NotArticleError
	var limit *dom.LimitError
	if err != nil && !errors.As(err, &no) && !errors.As(err, &limit) {
		t.Errorf("an error of no known kind: %v", err)
	}
	return int(after.TotalAlloc - before.TotalAlloc)
}

func countTags(body []byte) int {
	n := 0
	for _, c := range body {
		if c == '<' {
			n++
		}
	}
	return n
}

// BenchmarkWorstPages reads each of them as large as a page may be.
func BenchmarkWorstPages(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		b.Run(name, func(b *testing.B) {
			page := shapes[name](dom.MaxBytes - 4<<10)
			b.ReportAllocs()
			b.SetBytes(int64(len(page.Body)))
			for b.Loop() {
				_, _ = Article(b.Context(), page, Options{}) // most are no article
			}
		})
	}
}
