package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"offprint"
	"offprint/article"
	"offprint/letter"
	"offprint/mailer"
)

// mailResult is what became of one recipient. It is also what --json prints.
type mailResult struct {
	mailer.Result
	Line    int      `json:"line,omitempty"`    // of the recipients file, when it names nobody
	Earlier bool     `json:"earlier,omitempty"` // the journal says so: nothing was sent now
	Output  string   `json:"output,omitempty"`  // of a dry run
	Bytes   int      `json:"bytes,omitempty"`   // of a dry run
	Failure *failure `json:"error,omitempty"`
	// Warnings are those of the document that the letter carries.
	Warnings []article.Warning `json:"warnings,omitempty"`

	untried bool // what stopped an earlier recipient stops this one
}

func refusedResult(file string, line mailer.RefusedLine) *mailResult {
	return &mailResult{
		Line:   line.Line,
		Result: mailer.Result{State: mailer.Bounced, Err: &refusedLineError{file, line.Line, line.Err}},
	}
}

// fail gives the error for which no letter can be made. With --json, each recipient has
// a line that says so; earlier, when it is not nil, knows who was settled before.
func (j *emailJob) fail(ctx context.Context, err error, earlier func(mailer.Recipient) (mailer.Result, bool)) error {
	if !j.app.json || ctx.Err() != nil {
		return err
	}
	var results []*mailResult
	for _, line := range j.refused {
		result := refusedResult(j.flags.fromFile, line)
		result.Failure = failureOf(result.Err)
		result.Failure.Exit = result.exit()
		results = append(results, result)
	}
	for _, to := range j.recipients {
		result := &mailResult{
			Result:  mailer.Result{Recipient: to.Address, State: unmade(err), Err: err},
			Failure: failureOf(err),
		}
		if earlier != nil {
			if last, settled := earlier(to); settled {
				result = &mailResult{Result: last, Earlier: true}
			}
		}
		results = append(results, result)
	}
	for _, result := range results {
		if failed := j.app.writeJSON(result); failed != nil {
			return errors.Join(err, failed)
		}
	}
	return err
}

// unmade is the state of a letter that could not be made: bounced where it is the
// letter's own fault, cancelled where there is nothing to make one of.
func unmade(err error) mailer.State {
	var tooLarge *letter.TooLargeError
	var layout *offprint.LayoutError
	var unwritable *letter.Error
	if errors.As(err, &tooLarge) || errors.As(err, &layout) || errors.As(err, &unwritable) {
		return mailer.Bounced
	}
	return mailer.Cancelled
}

// exit is the exit code that the result alone would have.
func (r *mailResult) exit() int {
	var layout *offprint.LayoutError
	if errors.As(r.Err, &layout) {
		return exitCode(r.Err)
	}
	return mailExit(r.State)
}

// mailReport tells of results as they come, and keeps their exit codes.
type mailReport struct {
	app      *app
	warnings []article.Warning // of the document
	codes    []int
	sent     int
	untried  int
	hints    map[string]bool // that were given
	progress *mpb.Progress   // nil: no bar
	bar      *mpb.Bar
}

// minForBar is how many letters are worth a progress bar.
const minForBar = 10

// open shows a progress bar where somebody can see it: on a terminal.
func (r *mailReport) open(letters int) {
	if letters < minForBar || !r.app.speaks(slog.LevelWarn) || !isTerminal(r.app.stderr) {
		return
	}
	if r.app.json && isTerminal(r.app.stdout) {
		return // the bar, drawn again and again, would wipe out lines of the results
	}
	r.progress = mpb.New(mpb.WithOutput(r.app.stderr), mpb.WithWidth(48))
	r.bar = r.progress.AddBar(int64(letters),
		mpb.PrependDecorators(decor.CountersNoUnit("%d/%d ")),
		mpb.AppendDecorators(decor.AverageETA(decor.ET_STYLE_GO, decor.WC{W: 8})))
}

// close takes the bar down, whether or not it is full.
func (r *mailReport) close() {
	if r.progress != nil {
		r.bar.Abort(false)
		r.progress.Wait()
		r.progress = nil
	}
}

// people is where people are told: above the bar, if there is one.
func (r *mailReport) people() io.Writer {
	if r.progress != nil {
		return r.progress
	}
	return r.app.stderr
}

// add tells of one result.
func (r *mailReport) add(result *mailResult) {
	r.codes = append(r.codes, result.exit())
	if r.bar != nil && !result.Earlier && result.Line == 0 {
		r.bar.Increment()
	}
	if result.State == mailer.Sent && !result.Earlier {
		r.sent++
	}
	if result.Err != nil {
		result.Failure = &failure{Exit: result.exit(), Message: result.Err.Error(), Hint: hintFor(result.Err)}
	}
	if r.app.json {
		if result.Line == 0 {
			result.Warnings = r.warnings
		}
		if err := r.app.writeJSON(result); err != nil {
			fmt.Fprintf(r.people(), "offprint: error: %v\n", err)
			r.codes[len(r.codes)-1] = exitRender
		}
	}
	r.tell(result)
}

// tell tells people of a result: of failures always, of the others where no bar
// does.
func (r *mailReport) tell(result *mailResult) {
	if result.untried {
		if r.untried++; r.untried > 1 {
			return // the first stands for all
		}
	}
	whom := result.Recipient.String()
	if result.Earlier {
		whom += " (in an earlier run)"
	}
	switch {
	case result.Failure != nil && whom == "":
		fmt.Fprintf(r.people(), "offprint: error: %s\n", result.Failure.Message)
	case result.Failure != nil:
		fmt.Fprintf(r.people(), "offprint: error: %s: %s: %s\n", whom, result.State, result.Failure.Message)
	case result.exit() != exitDone:
		fmt.Fprintf(r.people(), "offprint: error: %s: %s %s\n", whom, result.State, result.Reply)
	case r.progress == nil && !r.app.json && r.app.speaks(slog.LevelWarn):
		fmt.Fprintf(r.people(), "✔ %s: %s\n", whom, result.State)
	}
	if result.Failure != nil {
		r.hint(result.Failure.Hint)
	} else if result.State == mailer.InDoubt {
		r.hint("look whether it arrived; --retry-in-doubt sends the same message once more")
	}
}

// hint says each hint once.
func (r *mailReport) hint(text string) {
	if text == "" || r.hints[text] {
		return
	}
	if r.hints == nil {
		r.hints = map[string]bool{}
	}
	r.hints[text] = true
	fmt.Fprintf(r.people(), "offprint: hint: %s\n", text)
}

// summary makes the error of the run.
func (r *mailReport) summary(ctx context.Context) error {
	counted := r.progress != nil
	r.close()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if counted && r.sent > 0 {
		fmt.Fprintf(r.people(), "✔ %d sent\n", r.sent)
	}
	if r.untried > 1 {
		fmt.Fprintf(r.people(), "offprint: error: %d more were not tried\n", r.untried-1)
	}
	err := summarise(r.codes)
	if err != nil && len(r.codes) == 1 {
		return toldError{err}
	}
	return err
}

// isTerminal reports whether a person reads what is written to w.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// warnReread warns of a file that changed while the letters went out, and cannot be read.
func (j *emailJob) warnReread(err error) {
	if err != nil {
		j.app.warnf("%v: what was read before still holds", err)
	}
}

// warnf warns people of something.
func (a *app) warnf(format string, args ...any) {
	if a.speaks(slog.LevelWarn) {
		fmt.Fprintf(a.stderr, "offprint: warning: "+format+"\n", args...)
	}
}
