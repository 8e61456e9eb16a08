package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"offprint"
)

// printJob is the verb print: its flags, and the articles it is to print.
type printJob struct {
	app     *app
	options offprint.Options
	output  output
	dpi     float64 // of pictures
	sources []string
}

func (a *app) printCommand() *cobra.Command {
	var flags printFlags
	var out, fromFile string
	var jobs int
	var dpi float64
	cmd := &cobra.Command{
		Use:   "print SOURCE…",
		Short: "Make a PDF of an article",
		Long: `Make a PDF of the article in each SOURCE: a URL, a file, or - for standard input.

Without -o the file is named after the article's title and stands in this folder.
-o FILE replaces the file; -o DIR/ and names with {date} {title} {author} {site}
{lang} {n} never overwrite one; -o - is standard output. A name that ends in .png
gives a picture of each page, {n} being its number.`,
		Example: `  offprint print https://news.example/2025/07/21/harbour.html
  offprint print page.html -o harbour.pdf --font-size large
  curl -s https://news.example/a | offprint print - --base-url https://news.example/a -o -
  offprint print --from-file list.txt -o '{date}-{title}.pdf' --jobs 4`,
		RunE: func(cmd *cobra.Command, args []string) error {
			sources, err := a.sources(args, fromFile)
			if err != nil {
				return err
			}
			if jobs < 1 {
				return usagef("--jobs: a number from 1", "%d jobs print nothing", jobs)
			}
			if !(dpi >= 18 && dpi <= 1200) {
				return usagef("--dpi: a number from 18 to 1200", "pictures of %v dpi cannot be drawn", dpi)
			}
			job := &printJob{app: a, sources: sources, dpi: dpi}
			if job.output, err = parseOutput(out, len(sources) > 1); err != nil {
				return err
			}
			if job.output.stdout && a.json {
				return usagef("write the PDF to a file, or leave --json out", "-o - and --json both want standard output")
			}
			if job.options, err = flags.options(a); err != nil {
				return err
			}
			return job.run(cmd.Context(), jobs)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "",
		"`where` to write: FILE, DIR/, a template, or - (default '{title}.pdf')")
	flags.register(cmd)
	cmd.Flags().StringVar(&fromFile, "from-file", "", "`list` of further sources, one a line; # begins a comment")
	cmd.Flags().Float64Var(&dpi, "dpi", 144, "`dots` an inch of pictures of pages")
	cmd.Flags().IntVar(&jobs, "jobs", min(4, runtime.NumCPU()), "articles to work on at once")
	return cmd
}

// run prints the sources, several at once. PDFs are written and told of in the
// order of the sources, so the same list gives the same files.
func (j *printJob) run(ctx context.Context, jobs int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	finished := make([]chan *outcome, len(j.sources))
	slots := make(chan struct{}, jobs)
	for i := range finished {
		finished[i] = make(chan *outcome, 1)
	}
	go func() {
		for i, source := range j.sources {
			select {
			case slots <- struct{}{}: // given back when the outcome was taken: few PDFs wait in memory
			case <-ctx.Done():
				return
			}
			go func() { finished[i] <- j.print(ctx, source) }()
		}
	}()

	var codes []int
	for i := range j.sources {
		var o *outcome
		select {
		case o = <-finished[i]:
			<-slots
		case <-ctx.Done():
			return ctx.Err()
		}
		if o.err == nil {
			var paths []string
			paths, o.err = j.output.save(o.files, o.article, i+1, j.app.stdout)
			o.saved(paths)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := j.app.report(o); err != nil {
			return err
		}
		codes = append(codes, exitCode(o.err))
		if len(j.sources) == 1 && o.err != nil {
			return toldError{o.err}
		}
	}
	return summarise(codes)
}

// print makes the PDF of one source.
func (j *printJob) print(ctx context.Context, source string) (o *outcome) {
	start := time.Now()
	o = &outcome{Source: source}
	defer func() {
		if cause := recover(); cause != nil {
			o.err = fmt.Errorf("print %s: internal error: %v", source, cause)
		}
		o.Seconds = secondsSince(start)
	}()
	doc, err := j.draw(ctx, o)
	var layout *offprint.LayoutError
	if errors.As(err, &layout) {
		err = fmt.Errorf("print %s: %w", source, err) // the others name their source
	}
	if err != nil {
		o.err = err
		return o
	}
	o.article = doc.Article
	o.Title, o.Lang, o.Warnings = doc.Article.Title, doc.Article.Lang, doc.Warnings
	o.Pages = doc.Pages()
	for _, file := range o.files {
		o.Bytes += len(file)
	}
	return o
}

// draw lays the source's article out and draws its files.
func (j *printJob) draw(ctx context.Context, o *outcome) (*offprint.Document, error) {
	var file bytes.Buffer
	if !j.output.pictures {
		doc, err := offprint.Print(ctx, o.Source, &file, j.options)
		o.files = [][]byte{file.Bytes()}
		return doc, err
	}
	doc, err := offprint.Typeset(ctx, o.Source, j.options)
	if err != nil {
		return nil, err
	}
	for page := range doc.Pages() {
		var picture bytes.Buffer
		if err := doc.PNG(ctx, &picture, page, j.dpi); err != nil {
			return nil, err
		}
		o.files = append(o.files, picture.Bytes())
	}
	return doc, nil
}

// summarise makes the error of a batch: none if all went well; that of all if
// they failed alike; else that some failed.
func summarise(codes []int) error {
	batch := &batchError{total: len(codes)}
	for _, code := range codes {
		if code != exitDone {
			batch.failed++
		}
	}
	if batch.failed == 0 {
		return nil
	}
	batch.code = codes[0]
	for _, code := range codes {
		if code != batch.code {
			batch.code = exitSome
		}
	}
	return batch
}
