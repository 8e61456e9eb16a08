package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"offprint/demo"
)

// demoFolder is where demo writes.
const demoFolder = "offprint-demo"

func (a *app) demoCommand() *cobra.Command {
	var flags printFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Print two sample articles, with no network",
		Long: `Print the two sample articles that are part of the program, one in Simplified and
one in Traditional Chinese, into ./` + demoFolder + `. Flags of print hold here too.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := flags.options(a)
			if err != nil {
				return err
			}
			job := &printJob{app: a, options: o}
			var codes []int
			for _, sample := range demo.Articles() {
				outcome, err := job.sample(cmd.Context(), sample)
				if err != nil {
					return err
				}
				if err := a.report(outcome); err != nil {
					return err
				}
				codes = append(codes, exitCode(outcome.err))
			}
			return summarise(codes)
		},
	}
	flags.register(cmd)
	return cmd
}

// sample prints one sample article. It is laid out as files first, so that demo
// goes the very way that a user's own page goes.
func (j *printJob) sample(ctx context.Context, s demo.Sample) (*outcome, error) {
	dir, err := os.MkdirTemp("", "offprint-demo-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, s.Dir); err != nil {
		return nil, fmt.Errorf("unpack demo %s: %w", s.Name, err)
	}
	o := j.print(ctx, filepath.Join(dir, "page.html"))
	o.Source = "demo/" + s.Name
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if o.err == nil {
		o.Output = filepath.Join(demoFolder, s.Name+".pdf")
		if err := os.MkdirAll(demoFolder, 0o777); err != nil {
			o.err = &outputError{demoFolder, reason(err)}
		} else {
			o.err = replaceFile(o.Output, o.files[0])
		}
	}
	return o, nil
}
