package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

// settings are the flags.
type settings struct {
	offprint, chromium string // binaries; offprint "" is built, "none" is left out
	work, results      string
	runs               int
}

func main() {
	var s settings
	flag.StringVar(&s.offprint, "offprint", "", "binary to measure; empty: build ./cmd/offprint; none: leave it out")
	flag.StringVar(&s.chromium, "chromium", "chromium", "Chromium's binary")
	flag.StringVar(&s.work, "work", "", "folder for the page and the PDFs; empty: a temporary one that is removed")
	flag.StringVar(&s.results, "results", filepath.Join("bench", "results", "chromium.md"), "table to write")
	flag.IntVar(&s.runs, "runs", 10, "timed runs of each program")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintf(os.Stderr, "bench: error: %v\n", err)
		os.Exit(1)
	}
}

// run builds the page, times both programs in one hyperfine run, measures the
// memory of each by itself, and writes the table.
func run(ctx context.Context, s settings) error {
	work, done, err := workFolder(s.work)
	if err != nil {
		return err
	}
	defer done()

	page, err := buildPage(work)
	if err != nil {
		return fmt.Errorf("build page: %w", err)
	}
	programs, err := programs(ctx, s, work, page)
	if err != nil {
		return err
	}
	times, err := timeAll(ctx, programs, s.runs, work)
	if err != nil {
		return fmt.Errorf("time programs: %w", err)
	}
	var rows []row
	for i, p := range programs {
		peak, err := peakMemory(ctx, p)
		if err != nil {
			return fmt.Errorf("measure memory of %s: %w", p.name, err)
		}
		pdf, err := os.Stat(p.pdf)
		if err != nil {
			return fmt.Errorf("look at PDF: %w", err)
		}
		rows = append(rows, row{p.name, times[i], peak, pdf.Size(), pdf.Size() - page.pictureBytes})
	}
	report := table(page, rows, versions(ctx, s))
	fmt.Print(report)
	if err := os.MkdirAll(filepath.Dir(s.results), 0o755); err != nil {
		return fmt.Errorf("make results folder: %w", err)
	}
	return os.WriteFile(s.results, []byte(report), 0o644)
}

func workFolder(name string) (path string, done func(), err error) {
	if name != "" {
		path, err = filepath.Abs(name)
		if err == nil {
			err = os.MkdirAll(path, 0o755)
		}
		return path, func() {}, err
	}
	path, err = os.MkdirTemp("", "offprint-bench-")
	return path, func() { os.RemoveAll(path) }, err
}

// program is one command line to measure.
type program struct {
	name    string
	args    []string
	pdf     string // what it writes
	profile string // a folder to remove before each run; "" for none
}

func programs(ctx context.Context, s settings, work string, page builtPage) ([]program, error) {
	var list []program
	if s.offprint != "none" {
		binary := s.offprint
		if binary == "" {
			binary = filepath.Join(work, "offprint")
			build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", binary, "./cmd/offprint")
			if out, err := build.CombinedOutput(); err != nil {
				return nil, fmt.Errorf("build ./cmd/offprint: %w\n%s", err, out)
			}
		}
		pdf := filepath.Join(work, "offprint.pdf")
		list = append(list, program{
			name: "offprint", pdf: pdf,
			args: []string{binary, "print", page.path, "-o", pdf, "--quiet"},
		})
	}
	pdf, profile := filepath.Join(work, "chromium.pdf"), filepath.Join(work, "profile")
	return append(list, program{name: "Chromium, headless", pdf: pdf, profile: profile, args: []string{
		s.chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir=" + profile, "--no-pdf-header-footer", "--print-to-pdf=" + pdf, "file://" + page.path,
	}}), nil
}
