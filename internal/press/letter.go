package press

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"offprint/article"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/letter"
	"offprint/mailer"
)

// Mail says how letters are made.
type Mail struct {
	Config *mailer.Config
	// Keys gives the keys that sign; nil: letters stay unsigned.
	Keys   func() mailer.Keys
	Design *mailer.Design // nil: the program's own
	// MaxSize says how large a message the server takes, in bytes; 0: that is not
	// known. It does not wait for the server: who has to gives a [queue.NotYet]. With
	// any other error the size that it gives holds all the same. Nil: nobody is asked.
	MaxSize func(ctx context.Context) (int64, error)
	// Unsubscribe gives the address at which a reader gets no more mail. Nil, or
	// "": readers unsubscribe by mail alone.
	Unsubscribe func(mailer.Address) string
}

// Letter is a request to mail an article. Its recipients stand in the deliveries of
// its job.
type Letter struct {
	Request
	Subject       string `json:"subject,omitempty"`
	Note          string `json:"note,omitempty"`
	Sender        string `json:"sender,omitempty"` // a reader who sends it; else the publisher does
	Attach        string `json:"attach,omitempty"` // pdf or none; pdf
	InlineArticle bool   `json:"inline_article,omitempty"`
}

// CheckLetter gives a *problem.Problem when the letter cannot be written, whatever the
// page.
func (p *Press) CheckLetter(l *Letter) error {
	if err := p.Check(&l.Request); err != nil {
		return err
	}
	if p.config.Mail == nil {
		const hint = "the operator has to fill in the section [mail] of the configuration"
		return problem.New(problem.MailRefused, "no mail server is set up here", hint)
	}
	o, err := p.letterOptions(l, "trial", time.Unix(0, 0))
	if err != nil {
		return err
	}
	if err := o.Validate(); err != nil {
		told, _ := Explain(err)
		return told
	}
	return nil
}

// letterOptions are what the letters of a run share.
func (p *Press) letterOptions(l *Letter, run string, sent time.Time) (letter.Options, error) {
	mail := p.config.Mail
	from, err := mailer.ParseMailbox(mail.Config.From)
	if err != nil {
		return letter.Options{}, fmt.Errorf("mail.from: %w", err)
	}
	return letter.Options{
		From: from, Publisher: p.config.Options.Site.Name,
		Subject: l.Subject, Sender: l.Sender, Note: l.Note, Attach: l.Attach, Inline: l.InlineArticle,
		AttachLimit: mail.Config.Limit(),
		Unsubscribe: from.Address, UnsubscribeURL: mail.Unsubscribe,
		Run: run, Sent: sent, Design: mail.Design,
	}, nil
}

// subject is that of letters that carry an article, "" when none can be sent.
func (p *Press) subject(a *article.Article) string {
	if p.config.Mail == nil {
		return ""
	}
	o, err := p.letterOptions(&Letter{}, "trial", time.Unix(0, 0))
	if err != nil {
		return ""
	}
	subject, err := letter.Subject(a, &o)
	if err != nil {
		return ""
	}
	return subject
}

// Render carries out a job of the queue.
func (p *Press) Render(ctx context.Context, task *queue.Task) (queue.Result, error) {
	var result queue.Result
	var err error
	switch task.Job.Kind {
	case queue.PDF:
		result, err = p.renderPDF(ctx, task)
	case queue.Email:
		err = p.renderLetters(ctx, task)
	default:
		err = fmt.Errorf("job %s is of kind %q", task.Job.ID, task.Job.Kind)
	}
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, queue.ErrCancelled) {
		return result, err
	}
	var failure *queue.Failure
	if errors.As(err, &failure) || errors.As(err, new(*queue.NotYet)) {
		return result, err
	}
	told, temporary := Explain(err)
	return result, &queue.Failure{Problem: *told, Temporary: temporary, Err: err}
}

func (p *Press) renderPDF(ctx context.Context, task *queue.Task) (queue.Result, error) {
	var r Request
	if err := task.Decode(&r); err != nil {
		return queue.Result{}, err
	}
	printed, err := p.Print(ctx, &r)
	if err != nil {
		return queue.Result{}, err
	}
	return queue.Result{PDF: p.config.PublicURL + printed.Path(), Warnings: printed.Meta.Warnings}, nil
}

// renderLetters writes a letter to each recipient who has none yet.
func (p *Press) renderLetters(ctx context.Context, task *queue.Task) error {
	var l Letter
	if err := task.Decode(&l); err != nil {
		return err
	}
	if err := p.CheckLetter(&l); err != nil {
		return err
	}
	// 1. How large a letter the server takes, before the work takes anybody's place.
	size, err := p.maxSize(ctx)
	if err != nil {
		return err
	}
	// 2. The article and its pictures.
	mailing, err := p.mailing(ctx, task, &l, size)
	if err != nil {
		return err
	}
	// 3. One after another: signed, with the envelope that its bounces go to.
	for i, to := range task.Recipients {
		if err := p.post(ctx, task, &l.Request, mailing, to, i == 0); err != nil {
			return err
		}
	}
	return nil
}

// maxSize gives the size of message that the mail server takes, as far as it is known.
func (p *Press) maxSize(ctx context.Context) (int64, error) {
	if p.config.Mail.MaxSize == nil {
		return 0, nil
	}
	size, err := p.config.Mail.MaxSize(ctx)
	if _, ok := errors.AsType[*queue.NotYet](err); ok {
		return 0, err
	}
	if err != nil {
		p.config.Log.Warn("the mail server's size limit is not known", "error", err)
	}
	return size, nil
}

// mailing reads the article and prepares its letters, none larger than maxSize bytes.
func (p *Press) mailing(ctx context.Context, task *queue.Task, l *Letter, maxSize int64) (*letter.Mailing, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Limits.Time)
	defer cancel()
	leave, err := p.open.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	prints, err := p.checked(&l.Request)
	if err != nil {
		return nil, err
	}
	work, err := p.read(ctx, &l.Request, prints)
	if err != nil {
		return nil, err
	}
	defer work.close()
	options, err := p.letterOptions(l, task.Job.ID, task.Job.Created)
	if err != nil {
		return nil, err
	}
	options.MaxSize = maxSize
	if work.page == nil {
		return letter.New(ctx, work.article, work.options, options)
	}
	return letter.FromPage(ctx, work.page, work.article, options)
}

// post writes one letter and hands it to the queue. Where the PDF is too large for
// it, the letter says where the service has it. The job is told the warnings of the
// first letter's document.
func (p *Press) post(
	ctx context.Context, task *queue.Task, r *Request, m *letter.Mailing, to mailer.Recipient, first bool,
) error {
	message, err := p.compose(ctx, m, to)
	var linked []article.Warning
	var tooLarge *letter.TooLargeError
	if p.config.PublicURL != "" && errors.As(err, &tooLarge) && tooLarge.Linkable {
		printed, failed := p.link(ctx, r, m, to.FontSize)
		if failed != nil {
			return failed
		}
		linked = printed.Meta.Warnings
		message, err = p.compose(ctx, m, to)
	}
	if err != nil {
		return err
	}
	edition, err := m.Edition(ctx, to.FontSize)
	if err != nil {
		return err
	}
	if first {
		if err := p.warn(ctx, task, r, edition, linked); err != nil {
			return err
		}
	}
	var shared [][]byte
	if edition.PDF != nil {
		shared = append(shared, edition.PDF, edition.Thumbnail.Bytes)
	}
	return task.Post(ctx, message, shared...)
}

// warn notes at the job what the document of its letters is warned of. What a letter
// links to was counted when it was printed.
func (p *Press) warn(
	ctx context.Context, task *queue.Task, r *Request, e *letter.Edition, warnings []article.Warning,
) error {
	if e.Document != nil {
		_, warnings = p.warned(ctx, r.Source(), e.Document.Warnings, r.brought())
	}
	if len(warnings) == 0 {
		return nil
	}
	return task.Warn(ctx, warnings)
}

// link prints the article as it is asked for over HTTP and has the mailing's
// letters in a font size name the document. No slot may be held meanwhile: the
// document waits for one.
func (p *Press) link(ctx context.Context, r *Request, m *letter.Mailing, fontSize string) (*Print, error) {
	request := *r
	request.FontSize = cmp.Or(fontSize, r.FontSize)
	printed, err := p.Print(ctx, &request)
	if err != nil {
		return nil, err
	}
	link := letter.Link{URL: p.config.PublicURL + printed.Path(), Size: printed.Meta.Size}
	return printed, m.UseLink(fontSize, link)
}

// compose writes, addresses and signs one letter, when a core is free for it. The first
// in a font size is set meanwhile.
func (p *Press) compose(ctx context.Context, m *letter.Mailing, to mailer.Recipient) (*mailer.Message, error) {
	leave, err := p.slots.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, p.config.Limits.Time)
	defer cancel()
	message, err := m.Compose(ctx, to)
	if err != nil {
		return nil, err
	}
	var keys mailer.Keys
	if p.config.Mail.Keys != nil {
		keys = p.config.Mail.Keys()
	}
	return p.config.Mail.Config.Finish(message, keys)
}
