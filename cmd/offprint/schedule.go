package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/mailer"
)

// parseTime reads a moment: RFC 3339, a day and a time of this machine's zone, a
// time of today or tomorrow, or how long from now.
func parseTime(s string, now time.Time) (time.Time, error) {
	for _, form := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(form, s, now.Location()); err == nil {
			return t, nil
		}
	}
	if t, err := time.Parse("15:04", s); err == nil {
		at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, now.Location())
		if at.Before(now) {
			at = at.AddDate(0, 0, 1)
		}
		return at, nil
	}
	if d, err := time.ParseDuration(strings.TrimPrefix(s, "+")); err == nil {
		return now.Add(d), nil
	}
	return time.Time{}, usagef("write 2026-11-27 08:00, 08:00, 2026-11-27T08:00:00+08:00, or +2h30m", "%q is no time", s)
}

// schedule leaves the letters to the service that works on the data folder.
func (j *emailJob) schedule(ctx context.Context) error {
	at, err := parseTime(j.flags.schedule, time.Now())
	if err != nil {
		return err
	}
	if at.Before(time.Now()) {
		return usagef("give a time that is to come", "%s is past", at.Format(time.DateTime))
	}
	if j.app.flags.Changed("from") {
		return usagef("leave --from out", "with --schedule the service sends the letters, and from its own mail.from")
	}
	if !queue.Exists(j.config.DataDir) {
		return usagef("run offprint serve once, or give data_dir of the service",
			"--schedule needs a service's database, and there is none in %s", j.config.DataDir)
	}
	letter, err := j.request()
	if err != nil {
		return err
	}
	body, err := json.Marshal(letter)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	recipients := make([]mailer.Recipient, len(j.recipients))
	copy(recipients, j.recipients)
	return j.app.withQueue(ctx, func(q *queue.Queue) error {
		receipt, err := q.Submit(ctx, queue.Submission{
			Kind: queue.Email, Request: body, Source: letter.Source(), Recipients: recipients, Due: at,
			Callback: j.config.Callbacks.URL,
		})
		if err != nil {
			return err
		}
		for _, line := range j.refused {
			j.app.warnf("%s, line %d: %v", j.flags.fromFile, line.Line, line.Err)
		}
		if j.app.json {
			return j.app.writeJSON(receipt.Job)
		}
		if j.app.speaks(levels["warn"]) {
			fmt.Fprintf(j.app.stderr,
				"offprint: %d letters are to go out at %s: offprint jobs show ID tells what became of them\n",
				len(recipients), at.Format(time.DateTime))
		}
		fmt.Fprintln(j.app.stdout, receipt.Job.ID)
		return nil
	})
}

// request is what the service is asked. A page on this machine goes along, since
// the service reads none from here.
func (j *emailJob) request() (*press.Letter, error) {
	l := &press.Letter{
		Subject: j.flags.subject, Note: j.flags.note, Attach: j.flags.attach, InlineArticle: j.flags.inline,
	}
	l.PrintOptions = j.options.PrintOptions
	if strings.Contains(j.source, "://") && !strings.HasPrefix(strings.ToLower(j.source), "file:") {
		l.URL = j.source
	} else {
		html, err := j.readPage()
		if err != nil {
			return nil, err
		}
		l.HTML, l.BaseURL = html, j.app.baseURL
	}
	// Files of this machine are the service's configuration's to name.
	l.Logo, l.Template = webOnly(l.Logo), nameOnly(l.Template)
	if err := l.Request.Check(); err != nil {
		return nil, usagef("--schedule hands the article to the service: give its address, or --base-url with a file",
			"%w", err)
	}
	return l, nil
}

func (j *emailJob) readPage() (string, error) {
	const largest = 8 << 20
	if j.source == "-" || j.flags.test {
		return "", usagef("give a URL or a file", "--schedule cannot take %s", j.source)
	}
	info, err := os.Stat(j.source)
	if err != nil {
		return "", usagef("give a URL or a file", "read %s: %w", j.source, reason(err))
	}
	if !info.Mode().IsRegular() || info.Size() > largest {
		return "", usagef("give the article's page", "%s is not a page of at most 8 MB", filepath.Base(j.source))
	}
	data, err := os.ReadFile(j.source)
	if err != nil {
		return "", usagef("give a URL or a file", "read %s: %w", j.source, reason(err))
	}
	return string(data), nil
}

func webOnly(logo string) string {
	if strings.Contains(logo, "://") {
		return logo
	}
	return ""
}

func nameOnly(template string) string {
	if strings.ContainsAny(template, `/\.`) {
		return ""
	}
	return template
}
