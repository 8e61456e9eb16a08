package main

import (
	"context"
	"fmt"

	"offprint/internal/hint"
	"offprint/internal/queue"
	"offprint/internal/service"
	"offprint/mailer"
	"offprint/server"
)

// openService opens what the service of the data folder knows of readers: who wants no
// mail, and the key of its links to unsubscribe. Without a service there is nothing to
// know, and nothing is made. A dry run mails nobody, and warns of what it cannot read.
func (j *emailJob) openService() error {
	list, err := queue.OpenSuppressionList(j.config.DataDir)
	if err == nil && list != nil {
		err = j.useService(list)
	}
	switch {
	case err == nil:
		return nil
	case j.flags.dryRun:
		j.app.warnf("the message lacks the service's link to unsubscribe: %s", hint.Joined(err))
		return nil
	}
	return service.Unusable(j.config.DataDir, &unknownWishes{err})
}

func (j *emailJob) useService(list *queue.SuppressionList) error {
	if base := j.config.Site.PublicURL; base != "" {
		tokens, err := mailer.NewTokens(list.DeriveKey("unsubscribe"))
		if err != nil {
			list.Close()
			return err
		}
		j.letter.UnsubscribeURL = server.UnsubscribeLink(base, tokens)
	}
	j.stopped = list
	return nil
}

// closeService lets go of what openService opened.
func (j *emailJob) closeService() {
	if j.stopped != nil {
		j.stopped.Close()
	}
}

// wantsNone reports whether a reader asked the service for no more mail.
func (j *emailJob) wantsNone(ctx context.Context, a mailer.Address) (bool, error) {
	if j.stopped == nil {
		return false, nil
	}
	is, err := j.stopped.Has(ctx, a)
	if err != nil {
		return false, service.Unusable(j.config.DataDir, &unknownWishes{err})
	}
	return is, nil
}

// unknownWishes says that it cannot be told who wants no mail.
type unknownWishes struct{ err error }

func (e *unknownWishes) Error() string {
	return fmt.Sprintf("it is not known who asked the service for no mail: %v", e.err)
}
func (e *unknownWishes) Unwrap() error { return e.err }

// Hint says what to do.
func (e *unknownWishes) Hint() string {
	return "run it as the service's user, or give another --data-dir if that service's readers are not yours"
}
