package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

// row is what was measured of one program.
type row struct {
	name     string
	time     timing
	peak     memory
	pdf      int64 // bytes
	overhead int64 // bytes of the PDF beyond those of the JPEGs
}

// table writes the report as Markdown. Ratios are to the first row.
func table(page builtPage, rows []row, versions []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# One page, printed: offprint beside headless Chromium\n\n")
	fmt.Fprintf(&b, "Written by `go run ./bench` on %s; %s/%s, %d CPUs. %s.\n\n",
		time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), strings.Join(versions, "; "))
	fmt.Fprintf(&b, "The page: %d characters, four JPEGs of %d bytes together. "+
		"Times of whole processes, one hyperfine run.\n\n", page.characters, page.pictureBytes)
	fmt.Fprintln(&b, "| program | median s | mean ± sd s | least s | CPU s | "+
		"peak MiB, first process | peak MiB, all processes | PDF bytes | over the JPEGs |")
	fmt.Fprintln(&b, "|---|---|---|---|---|---|---|---|---|")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %.3f | %.3f ± %.3f | %.3f | %.3f | %.1f | %.1f | %d | %+d |\n",
			r.name, r.time.Median, r.time.Mean, r.time.Stddev, r.time.Min, r.time.User+r.time.System,
			mib(r.peak.process), mib(r.peak.tree), r.pdf, r.overhead)
	}
	if len(rows) > 1 {
		a, z := rows[0], rows[len(rows)-1]
		fmt.Fprintf(&b, "\n%s takes %.1f times as long as %s, and %.1f times its memory.\n",
			z.name, z.time.Median/a.time.Median, a.name, float64(z.peak.tree)/float64(a.peak.tree))
	}
	fmt.Fprintln(&b, "\nThe first process's peak is the kernel's own count (ru_maxrss); "+
		"that of all processes is the sum of their\nproportional sets, "+
		"sampled every few milliseconds, or the first figure where that is larger.")
	return b.String()
}

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
