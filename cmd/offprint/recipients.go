package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"offprint"
	"offprint/internal/hint"
	"offprint/mailer"
)

// refusedLineError says that a line of a recipients file names nobody that can
// be written to. The other lines are used all the same.
type refusedLineError struct {
	file string
	line int
	err  error
}

func (e *refusedLineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.file, e.line, e.err) }
func (e *refusedLineError) Unwrap() error { return e.err }

// Hint says what the line should have been.
func (e *refusedLineError) Hint() string {
	return "a line holds one bare address, and a name, language and font size as the first line says"
}

// readRecipients gathers those named by --to and those in --from-file, each
// once. A wrong --to is refused at once; lines of the file that cannot be used
// are reported with the results.
func (j *emailJob) readRecipients() error {
	seen := map[string]bool{}
	add := func(one mailer.Recipient) {
		if seen[one.Address.Key()] {
			j.app.warnf("%s is named twice: one letter is sent", one.Address)
			return
		}
		seen[one.Address.Key()] = true
		j.recipients = append(j.recipients, one)
	}
	for _, to := range j.flags.to {
		address, err := mailer.ParseAddress(to)
		if err != nil {
			return usagef("--to takes one bare address, name@example.com; repeat it for more", "--to: %w", err)
		}
		add(mailer.Recipient{Address: address})
	}
	if j.flags.fromFile != "" {
		listed, err := j.readFile(j.flags.fromFile)
		if err != nil {
			return err
		}
		for _, one := range listed {
			add(one)
		}
	}
	if len(j.recipients) == 0 {
		return j.nobody()
	}
	return nil
}

// nobody says why there is no recipient.
func (j *emailJob) nobody() error {
	const advice = "--to name@example.com, or --from-file recipients.csv"
	switch {
	case j.flags.fromFile == "":
		return usagef(advice, "no recipient is given")
	case len(j.refused) == 0:
		return usagef(advice, "%s names no recipient", j.flags.fromFile)
	}
	var lines []error
	for _, line := range j.refused[:min(len(j.refused), maxToldLines)] {
		lines = append(lines, &refusedLineError{j.flags.fromFile, line.Line, line.Err})
	}
	return usagef(lines[0].(*refusedLineError).Hint(),
		"no line of %s can be used: %s", j.flags.fromFile, hint.Joined(errors.Join(lines...)))
}

// maxToldLines is how many lines of a file are told of where none can be used:
// they are wrong in the same way.
const maxToldLines = 5

// readFile reads a recipients file, "-" being standard input.
func (j *emailJob) readFile(path string) ([]mailer.Recipient, error) {
	const advice = "--from-file: CSV in UTF-8 whose first line is email,name,lang,font_size, or some of these"
	var in io.Reader = j.app.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, usagef(advice, "read recipients %s: %w", path, reason(err))
		}
		defer file.Close()
		in = file
	}
	listed, refused, err := mailer.ReadRecipients(in)
	if err != nil {
		return nil, usagef(advice, "%s: %w", path, err)
	}
	for _, line := range refused {
		if errors.Is(line.Err, mailer.ErrDuplicate) {
			j.app.warnf("%s:%d: %v", path, line.Line, line.Err)
			continue
		}
		j.refused = append(j.refused, line)
	}
	return j.checkWishes(listed), nil
}

// checkWishes moves recipients whose font size or language cannot be to the
// refused ones.
func (j *emailJob) checkWishes(listed []mailer.Recipient) []mailer.Recipient {
	checked := map[wishKey]error{}
	good := listed[:0]
	for _, one := range listed {
		wish := wishKey{one.FontSize, one.Lang}
		err, known := checked[wish]
		if !known {
			wishes := offprint.PrintOptions{FontSize: one.FontSize, Lang: one.Lang, Template: j.options.Template}
			err = wishes.Validate()
			checked[wish] = err
		}
		if err != nil {
			j.refused = append(j.refused, mailer.RefusedLine{Line: one.Line, Err: err})
			continue
		}
		good = append(good, one)
	}
	return good
}

// wishKey is what a recipient may wish for.
type wishKey struct{ fontSize, lang string }
