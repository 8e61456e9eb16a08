package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"time"

	"offprint"
	"offprint/article"
)

// outcome is what became of one source. It is also what --json prints of it.
type outcome struct {
	Source   string            `json:"source"`
	Output   string            `json:"output,omitempty"`  // path of the PDF, or of the first page's picture
	Outputs  []string          `json:"outputs,omitempty"` // paths of all pictures
	Title    string            `json:"title,omitempty"`
	Lang     string            `json:"lang,omitempty"`
	Pages    int               `json:"pages,omitempty"`
	Bytes    int               `json:"bytes,omitempty"`
	Seconds  float64           `json:"seconds"`
	Warnings []article.Warning `json:"warnings,omitempty"`
	Failure  *failure          `json:"error,omitempty"`

	files   [][]byte // the PDF, or a picture a page
	article *article.Article
	err     error
}

// saved notes where the files went.
func (o *outcome) saved(paths []string) {
	if len(paths) > 0 {
		o.Output = paths[0]
	}
	if len(paths) > 1 {
		o.Outputs = paths
	}
}

// failure is an error in JSON.
type failure struct {
	Exit    int    `json:"exit"`             // exit code
	Reason  string `json:"reason,omitempty"` // why a page is not an article, or why it was not fetched
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// report tells of an outcome: in JSON on standard output if that was asked for,
// and to people on standard error.
func (a *app) report(o *outcome) error {
	if o.err != nil {
		o.Failure = failureOf(o.err)
	}
	if a.json {
		if err := a.writeJSON(o); err != nil {
			return err
		}
	}
	if o.err != nil {
		a.explain(o.err)
		return nil
	}
	a.showWarnings(o.Warnings)
	if !a.json && a.speaks(slog.LevelWarn) {
		name := o.Output
		if name == "-" {
			name = "standard output"
		}
		if n := len(o.Outputs); n > 1 {
			name += " … " + o.Outputs[n-1]
		}
		fmt.Fprintf(a.stderr, "✔ %s → %s\n", summary(o.Pages, o.Bytes, o.Seconds), name)
	}
	return nil
}

// cosmetic are the warnings about how well a line is set. Nothing is missing from
// the page, so they are told of at level info; --json has them always.
var cosmetic = []string{"underfull-line"}

// showWarnings tells people what did not stop the work.
func (a *app) showWarnings(warnings []article.Warning) {
	for _, w := range warnings {
		level, name := slog.LevelWarn, "warning"
		if slices.Contains(cosmetic, w.Code) {
			level, name = slog.LevelInfo, "info"
		}
		if !a.speaks(level) {
			continue
		}
		where := ""
		if w.Where != "" {
			where = " (" + w.Where + ")"
		}
		fmt.Fprintf(a.stderr, "offprint: %s: %s%s\n", name, w.Message+warningAdvice(w), where)
	}
}

// writeJSON writes a value as one line of JSON, with Chinese as it is.
func (a *app) writeJSON(value any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	return nil
}

func failureOf(err error) *failure {
	f := &failure{Exit: exitCode(err), Message: err.Error(), Hint: hintFor(err)}
	var notArticle *offprint.NotArticleError
	var fetch *offprint.FetchError
	switch {
	case errors.As(err, &notArticle):
		f.Reason = string(notArticle.Reason)
	case errors.As(err, &fetch):
		f.Reason = string(fetch.Kind)
	}
	return f
}

// summary is "4 pages, 312 KB, 0.4 s".
func summary(pages, bytes int, seconds float64) string {
	unit := "pages"
	if pages == 1 {
		unit = "page"
	}
	size := fmt.Sprintf("%d KB", (bytes+500)/1000)
	if bytes >= 999_500 {
		size = fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	digits := 1
	if seconds < 0.1 {
		digits = 2
	}
	return fmt.Sprintf("%d %s, %s, %.*f s", pages, unit, size, digits, seconds)
}

// secondsSince is a time in seconds with three decimals.
func secondsSince(start time.Time) float64 {
	return math.Round(time.Since(start).Seconds()*1000) / 1000
}
