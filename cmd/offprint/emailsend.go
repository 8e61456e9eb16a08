package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"offprint"
	"offprint/article"
	"offprint/internal/config"
	"offprint/internal/hint"
	"offprint/letter"
	"offprint/mailer"
)

// run reads the article and sends it, or writes what it would send.
func (j *emailJob) run(ctx context.Context) error {
	if err := j.openService(); err != nil {
		return j.fail(ctx, err, nil)
	}
	defer j.closeService()
	page, art, done, err := j.read(ctx)
	if err != nil {
		return j.fail(ctx, err, nil)
	}
	defer done()
	if j.flags.dryRun {
		return j.write(ctx, page, art)
	}
	return j.send(ctx, page, art)
}

// send delivers a letter to each recipient that has none yet.
func (j *emailJob) send(ctx context.Context, page *offprint.WebPage, art *article.Article) error {
	// 1. The server's settings; the passwords must not be anybody's to read.
	sender, err := mailer.NewSender(&j.config.Mail)
	if err != nil {
		return usagef(config.ShowsValues, "%s", hint.Joined(err))
	}
	defer sender.Close()
	if file := j.config.Mail.SuppressionFile; file != "" { // as NewSender's, and warns
		if sender.Suppressed, err = mailer.OpenSuppressionFile(file, j.warnReread); err != nil {
			return usagef(config.ShowsValues, "%s", hint.Joined(err))
		}
	}
	for _, w := range j.config.LooseSecrets() {
		j.app.warnf("%s", w)
	}
	// 2. What an earlier run of this job has done.
	run, err := j.startRun(art)
	if err != nil {
		return err
	}
	defer run.close()
	pending := run.pending(j.recipients)
	run.compose = func() error { return j.compose(ctx, run, sender, page, art) }
	// 3. The letter, no larger than the server takes.
	if slices.ContainsFunc(pending, run.isNew) {
		if err := run.compose(); err != nil {
			var trouble *mailer.Error
			if !errors.As(err, &trouble) {
				return j.fail(ctx, err, run.earlier)
			}
			run.stop = trouble
		}
	}
	// 4. One after another. Of each letter that is on its way it is told what became.
	inGoodOrder.RLock()
	defer inGoodOrder.RUnlock()
	run.report.open(len(pending))
	defer run.report.close()
	for _, line := range j.refused {
		run.report.add(refusedResult(j.flags.fromFile, line))
	}
	for _, to := range j.recipients {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		result, err := run.deliver(ctx, sender, to)
		run.report.add(result)
		if err != nil {
			return err
		}
	}
	return run.report.summary(ctx)
}

// compose asks the server for its limit and sets the article, so that what is
// wrong with all letters alike is found before the first is sent.
func (j *emailJob) compose(
	ctx context.Context, run *emailRun, sender *mailer.Sender, page *offprint.WebPage, art *article.Article,
) error {
	limit, err := sender.MaxSize(ctx)
	if err != nil {
		return err
	}
	run.letter.MaxSize = limit
	if run.mailing, err = letter.FromPage(ctx, page, art, run.letter); err != nil {
		return err
	}
	edition, err := run.mailing.Edition(ctx, "")
	if err != nil {
		return err
	}
	if edition.Document != nil {
		j.app.showWarnings(edition.Document.Warnings)
		run.report.warnings = edition.Document.Warnings
	}
	return nil
}

// startRun names the run: by its journal, or by the moment.
func (j *emailJob) startRun(art *article.Article) (*emailRun, error) {
	job := j.fingerprint(art)
	run := &emailRun{job: j, letter: j.letter, report: &mailReport{app: j.app}}
	begun := time.Now()
	if j.flags.journal != "" {
		journal, err := mailer.OpenJournal(j.flags.journal, job)
		var system *fs.PathError
		if errors.As(err, &system) {
			return nil, &outputError{system.Path, reason(err)}
		}
		if err != nil {
			return nil, usagef("each sending has a journal of its own: --journal FILE", "%w", err)
		}
		run.journal, begun = journal, journal.Begun()
	}
	begin(&run.letter, job, begun)
	return run, nil
}

// fingerprint names what is sent: source, article and letter. It leaves out the
// recipients, so that a list may grow, and the article's text, which a page
// changes by a comma while a run is resumed.
func (j *emailJob) fingerprint(art *article.Article) string {
	source := j.source
	if path, err := filepath.Abs(source); err == nil && isFile(source) {
		source = path
	}
	published := ""
	if art.Published != nil {
		published = art.Published.Time
	}
	data, err := json.Marshal([]any{
		source, art.Canonical, art.Title, published, j.options.PrintOptions,
		j.config.Mail.From, j.flags.subject, j.flags.note, j.flags.attach, j.flags.inline,
	})
	if err != nil {
		panic(err) // strings and numbers can be written
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// isFile reports whether there is a file of that name.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// emailRun is a job on its way.
type emailRun struct {
	job     *emailJob
	letter  letter.Options
	journal *mailer.Journal // nil without --journal
	mailing *letter.Mailing // nil until compose made it
	compose func() error
	report  *mailReport

	stop   *mailer.Error // why nobody else is tried
	misses int           // letters in a row that did not reach a server
}

// maxMisses is after how many letters in a row that did not reach any server the
// others are not tried: each takes minutes to fail.
const maxMisses = 3

func (r *emailRun) close() {
	if r.journal != nil {
		r.journal.Close()
	}
}

// earlier gives what an earlier run did for a recipient, if nothing more is to
// be done.
func (r *emailRun) earlier(to mailer.Recipient) (mailer.Result, bool) {
	if r.journal == nil {
		return mailer.Result{}, false
	}
	last, known := r.journal.Last(to.Address)
	return last, known && (last.State.Settled() || last.State == mailer.InDoubt && !r.job.flags.retryInDoubt)
}

func (r *emailRun) pending(recipients []mailer.Recipient) []mailer.Recipient {
	var pending []mailer.Recipient
	for _, to := range recipients {
		if _, done := r.earlier(to); !done {
			pending = append(pending, to)
		}
	}
	return pending
}

// isNew reports whether no letter to a recipient is kept from an earlier run.
func (r *emailRun) isNew(to mailer.Recipient) bool {
	return r.journal == nil || !r.journal.Keeps(to.Address)
}

// deliver sends one letter. An error ends the run.
func (r *emailRun) deliver(ctx context.Context, sender *mailer.Sender, to mailer.Recipient) (*mailResult, error) {
	if last, done := r.earlier(to); done {
		return &mailResult{Result: last, Earlier: true}, nil
	}
	result := &mailResult{Result: mailer.Result{Recipient: to.Address}}
	if r.stop != nil {
		result.State, result.Err, result.untried = r.stop.State(), r.stop, true
		return result, nil
	}
	if none, err := r.job.wantsNone(ctx, to.Address); none || err != nil {
		return r.suppress(result, err)
	}
	message, err := r.message(ctx, to)
	if err != nil {
		var trouble *mailer.Error
		switch result.State, result.Err = mailer.Bounced, err; {
		case ctx.Err() != nil:
			result.State = mailer.Cancelled
		case errors.As(err, &trouble):
			result.State = trouble.State()
		}
		return result, nil
	}
	// All that may take long comes before the journal says that the letter goes
	// out: a crash while waiting leaves nobody in doubt.
	if err := r.ready(ctx, sender, to); err != nil {
		result.State, result.Err, result.MessageID = err.State(), err, message.ID
		r.learn(err)
		return result, nil
	}
	if r.journal != nil {
		if err := r.journal.Begin(message); err != nil {
			result.State, result.Err = mailer.Cancelled, &outputError{r.job.flags.journal, err}
			return result, result.Err
		}
	}
	result.Result = sender.Deliver(ctx, message)[0]
	r.learn(result.Err)
	if r.journal != nil {
		if err := r.journal.End([]mailer.Result{result.Result}); err != nil {
			return result, &outputError{r.job.flags.journal, err}
		}
	}
	return result, nil
}

// suppress ends with a recipient who wants no mail, or of whom that is not known: an
// error, which ends the run.
func (r *emailRun) suppress(result *mailResult, err error) (*mailResult, error) {
	if err != nil {
		result.State, result.Err = mailer.Cancelled, err
		return result, err
	}
	result.State = mailer.Suppressed
	if r.journal != nil {
		if err := r.journal.End([]mailer.Result{result.Result}); err != nil {
			return result, &outputError{r.job.flags.journal, err}
		}
	}
	return result, nil
}

// ready waits for the letter's turn and for a server, which who asked for no mail
// does not need.
func (r *emailRun) ready(ctx context.Context, sender *mailer.Sender, to mailer.Recipient) *mailer.Error {
	if sender.Suppresses(to.Address) {
		return nil
	}
	var trouble *mailer.Error
	errors.As(sender.Ready(ctx), &trouble)
	return trouble
}

// message gives the signed letter to a recipient: the one that an earlier run has
// begun to send, byte for byte, or a new one.
func (r *emailRun) message(ctx context.Context, to mailer.Recipient) (*mailer.Message, error) {
	if r.journal != nil {
		kept, err := r.journal.Kept(to.Address)
		if kept != nil {
			return kept, r.job.config.Mail.Envelope(kept, r.letter.From.Address)
		}
		if err != nil {
			r.job.app.warnf("%v: it is composed anew, with the same Message-ID and Date", err)
		}
	}
	if r.mailing == nil {
		if err := r.compose(); err != nil {
			return nil, err
		}
	}
	return r.job.finish(r.mailing.Compose(ctx, to))
}

// finish gives a composed message its envelope and signatures.
func (j *emailJob) finish(m *mailer.Message, err error) (*mailer.Message, error) {
	if err != nil {
		return nil, err
	}
	return j.config.Mail.Finish(m, j.keys)
}

// learn decides from a failure whether it makes sense to go on.
func (r *emailRun) learn(err error) {
	var trouble *mailer.Error
	if !errors.As(err, &trouble) || !trouble.Temporary() || trouble.Code != 0 && !trouble.Setup() {
		r.misses = 0
		return
	}
	if r.misses++; trouble.Setup() || r.misses == maxMisses {
		r.stop = trouble
	}
}
