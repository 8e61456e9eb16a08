package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"offprint"
	"offprint/article"
	"offprint/letter"
)

// write is a dry run: it writes each message as it would be sent.
func (j *emailJob) write(ctx context.Context, page *offprint.WebPage, art *article.Article) error {
	begun := time.Now()
	if fixed, err := time.Parse(time.RFC3339, j.options.Created); err == nil { // SOURCE_DATE_EPOCH
		begun = fixed
	}
	options := j.letter
	begin(&options, j.fingerprint(art), begun)
	mailing, err := letter.FromPage(ctx, page, art, options)
	if err != nil {
		return j.fail(ctx, err, nil)
	}
	edition, err := mailing.Edition(ctx, "")
	if err != nil {
		return j.fail(ctx, err, nil)
	}
	report := &mailReport{app: j.app}
	if edition.Document != nil {
		report.warnings = edition.Document.Warnings
		j.app.showWarnings(report.warnings)
	}
	for _, line := range j.refused {
		report.add(refusedResult(j.flags.fromFile, line))
	}
	for n, to := range j.recipients {
		message, err := j.finish(mailing.Compose(ctx, to))
		if err != nil {
			return err
		}
		result := &mailResult{Bytes: len(message.Bytes)}
		result.Recipient, result.MessageID = to.Address, message.ID
		paths, err := j.output.save([][]byte{message.Bytes}, art, n+1, j.app.stdout)
		if err != nil {
			return err
		}
		result.Output, result.Warnings = paths[0], report.warnings
		if err := j.wrote(result); err != nil {
			return err
		}
		report.codes = append(report.codes, exitDone)
	}
	return report.summary(ctx)
}

// wrote tells of a message that was written.
func (j *emailJob) wrote(result *mailResult) error {
	if j.app.json {
		return j.app.writeJSON(result)
	}
	if j.app.speaks(slog.LevelWarn) {
		name := result.Output
		if name == "-" {
			name = "standard output"
		}
		fmt.Fprintf(j.app.stderr, "✔ %d KB to %s → %s\n", (result.Bytes+500)/1000, result.Recipient, name)
	}
	return nil
}

// begin names the run that letters belong to, and dates them. Run and recipient
// make a Message-ID, so a run is named by what is sent and by when it began.
func begin(o *letter.Options, job string, begun time.Time) {
	o.Run = job + " " + begun.UTC().Format(time.RFC3339Nano)
	o.Sent = begun
}

// epoch is the date of a trial letter.
var epoch = time.Unix(0, 0).UTC()
