package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// settings are the flags.
type settings struct {
	offprint, chromium, playwright, results, only string
	overload, short                               time.Duration

	capacity float64 // documents a second, once it is known
}

func main() {
	var s settings
	flag.StringVar(&s.offprint, "offprint", "", "binary to measure; empty: build ./cmd/offprint")
	flag.StringVar(&s.chromium, "chromium", "/usr/bin/chromium", "Chromium's binary; none: leave it out")
	flag.StringVar(&s.playwright, "playwright", filepath.Join("mailer", "integration", "browser"),
		"folder in which npm has installed playwright-core")
	flag.StringVar(&s.results, "results", filepath.Join("bench", "results", "service.md"), "table to write")
	flag.StringVar(&s.only, "only", "", "the one run to make, without a table; empty: all")
	flag.DurationVar(&s.overload, "overload", time.Minute, "length of the runs under overload")
	flag.DurationVar(&s.short, "short", 15*time.Second, "length of the other runs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintf(os.Stderr, "bench: error: %v\n", err)
		os.Exit(1)
	}
}

// run makes all runs, one after another, and writes the table.
func run(ctx context.Context, s settings) error {
	work, err := os.MkdirTemp("", "offprint-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	paper, err := openNewspaper()
	if err != nil {
		return err
	}
	defer paper.Close()
	service, err := startService(ctx, s.offprint, work)
	if err != nil {
		return err
	}
	defer service.stop()

	var b strings.Builder
	fmt.Fprintf(&b, "# The service under load\n\nWritten by `go run ./bench/service` on %s; %s/%s, %d CPUs, "+
		"shared by the service, the newspaper and what asks. "+
		"Each article has about 2,000 characters and three pictures.\n\n",
		time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	fmt.Fprintln(&b, "| run | result |\n|---|---|")
	for _, one := range []struct {
		name string
		do   func(context.Context) (string, error)
	}{
		{"bodies", func(ctx context.Context) (string, error) { return bodies(ctx, service) }},
		{"together", func(ctx context.Context) (string, error) { return together(ctx, service, paper) }},
		{"capacity and overload", func(ctx context.Context) (string, error) { return overload(ctx, service, paper, &s) }},
		{"wrk", func(ctx context.Context) (string, error) { return byWrk(ctx, service, paper, &s, work) }},
		{"hooks", func(ctx context.Context) (string, error) { return hooks(ctx, service, paper) }},
		{"warm", func(ctx context.Context) (string, error) { return warm(ctx, service, paper, &s) }},
	} {
		if s.only != "" && s.only != one.name {
			continue
		}
		result, err := one.do(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		fmt.Printf("%s: %s\n", one.name, result)
		fmt.Fprintf(&b, "| %s | %s |\n", one.name, result)
	}
	if s.only != "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(s.results), 0o755); err != nil {
		return err
	}
	return os.WriteFile(s.results, []byte(b.String()), 0o644)
}
