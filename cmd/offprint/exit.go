package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"offprint"
	"offprint/internal/config"
	"offprint/internal/hint"
	"offprint/internal/keys"
	"offprint/internal/service"
	"offprint/letter"
	"offprint/mailer"
)

// The exit codes. They are part of the contract with scripts.
const (
	exitDone        = 0
	exitInternal    = 1
	exitUsage       = 2
	exitFetch       = 3
	exitNotArticle  = 4
	exitRender      = 5 // not rendered, or not written (the data folder, too)
	exitMailRefused = 6 // for good
	exitMailLater   = 7 // refused for now, or not known to have arrived
	exitSome        = 8 // some of several failed
	exitInterrupted = 130
)

// exitCode tells whose error it is.
func exitCode(err error) int {
	var usage *hint.UsageError
	var option *offprint.OptionError
	var fetch *offprint.FetchError
	var notArticle *offprint.NotArticleError
	var limit *offprint.LimitError
	var layout *offprint.LayoutError
	var output *outputError
	var unwritable *letter.Error
	var tooLarge *letter.TooLargeError
	var delivery *mailer.Error
	var batch *batchError
	var dataDir *config.DataDirError
	var serviceData *service.DataError
	var keysFile *keys.FileError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &batch):
		return batch.code
	case errors.As(err, &usage), errors.As(err, &option), errors.As(err, &unwritable):
		return exitUsage
	case errors.As(err, &fetch):
		return exitFetch
	case errors.As(err, &notArticle), errors.As(err, &limit):
		return exitNotArticle
	case errors.As(err, &layout), errors.As(err, &output),
		errors.As(err, &dataDir), errors.As(err, &serviceData), errors.As(err, &keysFile):
		return exitRender
	case errors.As(err, &tooLarge):
		return exitMailRefused
	case errors.As(err, &delivery):
		return mailExit(delivery.State())
	}
	return exitInternal
}

// mailExit gives the exit code that a delivery state leads to.
func mailExit(state mailer.State) int {
	switch state {
	case mailer.Sent, mailer.Suppressed:
		return exitDone
	case mailer.Bounced:
		return exitMailRefused
	}
	return exitMailLater
}

// hintFor asks the errors in err for what can be done about it.
func hintFor(err error) string {
	var hinter hint.Hinter
	if errors.As(err, &hinter) {
		return cmp.Or(flagHint(hinter), hinter.Hint())
	}
	var delivery *mailer.Error
	if errors.As(err, &delivery) {
		return mailHint(delivery)
	}
	if exitCode(err) == exitInternal {
		return "this is a fault of offprint; please report it with the command that you gave"
	}
	return ""
}

// mailHint says what can be done about a failed delivery.
func mailHint(e *mailer.Error) string {
	switch {
	case e.State() == mailer.Cancelled:
		return "it was not sent; with --journal FILE the same command goes on where it was stopped"
	case e.Setup():
		return "the settings or the account are at fault: offprint doctor says which"
	case e.InDoubt():
		return "the server took the message and then fell silent: look whether it arrived before sending it again"
	case e.Temporary():
		return "try again later; with --journal FILE only those are sent to who have not got it"
	}
	return "sending it again will not help: read what the server says"
}

// usagef words the error of a command that was not called as it can be.
func usagef(advice, format string, args ...any) error { return hint.Usagef(advice, format, args...) }

// reason is a file error without its path, which may be a temporary file's.
func reason(err error) error { return hint.Reason(err) }

// outputError says that a result could not be written.
type outputError struct {
	path string
	err  error
}

func (e *outputError) Error() string { return fmt.Sprintf("write %s: %v", e.path, e.err) }
func (e *outputError) Unwrap() error { return e.err }

// Hint says what to look at.
func (e *outputError) Hint() string {
	return "check that the folder may be written to and has room, or choose another with -o"
}

// batchError says that some of several sources failed. People were told of each.
type batchError struct {
	failed, total int
	code          int
}

func (e *batchError) Error() string { return fmt.Sprintf("%d of %d failed", e.failed, e.total) }

// toldError is an error that people were told of already.
type toldError struct{ error }

func (e toldError) Unwrap() error { return e.error }

func isTold(err error) bool {
	var told toldError
	return errors.As(err, &told)
}
