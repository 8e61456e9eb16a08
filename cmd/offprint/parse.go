package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"offprint"
	"offprint/article"
)

func (a *app) parseCommand() *cobra.Command {
	var lang string
	var explain bool
	cmd := &cobra.Command{
		Use:   "parse SOURCE…",
		Short: "Show the article in a page as JSON",
		Long: `Show what offprint reads in a page, as JSON on standard output: headline, authors,
date, blocks, pictures. With --json each article is one line.`,
		Example: `  offprint parse https://news.example/2025/07/21/harbour.html
  offprint parse --explain page.html`,
		RunE: func(cmd *cobra.Command, args []string) error {
			sources, err := a.sources(args, "")
			if err != nil {
				return err
			}
			o, err := a.options()
			if err != nil {
				return err
			}
			o.Lang, o.Explain = lang, explain
			var codes []int
			for _, source := range sources {
				art, err := offprint.Parse(cmd.Context(), source, o)
				if cmd.Context().Err() != nil {
					return cmd.Context().Err()
				}
				if err == nil {
					a.showWarnings(art.Warnings)
					err = a.writeArticle(art)
				}
				if len(sources) == 1 {
					return err
				}
				a.explain(err)
				codes = append(codes, exitCode(err))
			}
			return summarise(codes)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "language as a BCP 47 `tag`, in place of the page's")
	cmd.Flags().BoolVar(&explain, "explain", false, "add where each field was found")
	return cmd
}

// writeArticle writes an article's JSON: indented for people, or one line.
func (a *app) writeArticle(art *article.Article) error {
	if a.json {
		return a.writeJSON(art)
	}
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(art); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	return nil
}
