package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"offprint"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
)

func (s *Server) emailRoutes() {
	handle(s, route{
		ID: "send-email", Method: http.MethodPost, Path: "/v1/email", Tag: tagEmail,
		Scope: Email, Status: http.StatusAccepted,
		Summary: "Mail an article",
		About: "Always a job: the answer comes when it is on the disk. Each recipient gets a letter of their own, " +
			"with the PDF, in their language and font size. " +
			"Who asked for no mail gets none. With an `Idempotency-Key` the request can be sent again " +
			"without mailing anybody twice.\n\n" +
			"Each recipient counts as a mail against the key's quota, unless the request is refused.\n\n" + boundAbout,
		Gives: map[int]any{http.StatusAccepted: Job{}},
		Problems: []problem.Code{
			problem.IdempotencyMismatch, problem.MailRefused, problem.FetchRefused, problem.NotFound,
			problem.RateLimited, problem.Busy,
		},
		Curl: `curl {base}/v1/email --json '{"url": "https://news.example/a.html", "to": ["reader@example.com"]}'`,
	}, s.sendEmail)
}

const (
	// mostRecipients is how many recipients one request may name. Lists may be longer.
	mostRecipients = 1000
	// listPart is how many recipients of a list are put into one job: others get
	// their turn at the database in between.
	listPart = 2000
	// latestSchedule is how far ahead mail can be scheduled.
	latestSchedule = 366 * 24 * time.Hour
)

// EmailRequest is what to mail, to whom and when.
type EmailRequest struct {
	PrintRequest
	To            []EmailRecipient `json:"to,omitempty" reader:"yes" nullable:"false" doc:"Who gets it: addresses, or objects with email, name, lang and font_size. At most 1,000."`
	List          string           `json:"list,omitempty" reader:"yes" doc:"Name of a configured list, in place of to."`
	Subject       string           `json:"subject,omitempty" doc:"In place of the usual one."`
	Note          string           `json:"note,omitempty" doc:"A few words above the article."`
	Sender        string           `json:"sender,omitempty" doc:"Name of a reader who sends it; else the publisher does."`
	Attach        string           `json:"attach,omitempty" reader:"yes" enum:"pdf,none" doc:"What is attached; pdf."`
	InlineArticle bool             `json:"inline_article,omitempty" reader:"yes" doc:"The whole article stands in the letter, not its beginning alone."`
	Schedule      string           `json:"schedule,omitempty" reader:"yes" doc:"When to send it, RFC 3339; at once." example:"2027-01-05T06:00:00+08:00"`
	Callback
}

// EmailRecipient is one who gets a letter: in JSON an address alone, or an object.
type EmailRecipient struct {
	Email    string `json:"email" reader:"yes"`
	Name     string `json:"name,omitempty"`
	Lang     string `json:"lang,omitempty" reader:"yes"`
	FontSize string `json:"font_size,omitempty" reader:"yes"`
}

// Schema describes both forms.
func (EmailRecipient) Schema(huma.Registry) *huma.Schema {
	text := func(about string, example any) *huma.Schema {
		return &huma.Schema{Type: huma.TypeString, Description: about, Examples: []any{example}}
	}
	return &huma.Schema{OneOf: []*huma.Schema{
		text("An address.", "reader@example.com"),
		{
			Type: huma.TypeObject, AdditionalProperties: false, Required: []string{"email"},
			Properties: map[string]*huma.Schema{
				"email":     text("The address.", "reader@example.com"),
				"name":      text("Goes before the address.", "林小满"),
				"lang":      text("Language of the letter; the article's.", "zh-Hant-HK"),
				"font_size": text("As for printing; the request's.", "large"),
			},
		},
	}}
}

// UnmarshalJSON reads both forms.
func (r *EmailRecipient) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte(`"`)) {
		*r = EmailRecipient{}
		return json.Unmarshal(b, &r.Email)
	}
	type plain EmailRecipient
	return json.Unmarshal(b, (*plain)(r))
}

type emailInput struct {
	Repeatable
	Body EmailRequest
}

func (s *Server) sendEmail(ctx context.Context, in *emailInput) (*response, error) {
	// 1. What is asked for, and may it be?
	request, err := s.pressRequest(ctx, &in.Body)
	if err != nil {
		return nil, err
	}
	letter := &press.Letter{
		Request: *request, Subject: in.Body.Subject, Note: in.Body.Note, Sender: in.Body.Sender,
		Attach: in.Body.Attach, InlineArticle: in.Body.InlineArticle,
	}
	if err := s.config.Press.CheckLetter(letter); err != nil {
		return nil, err
	}
	job, err := s.submission(queue.Email, letterOrder{s.orderer(ctx), letter}, in.Body.Callback)
	if err != nil {
		return nil, err
	}
	job.Source = request.Source()
	if job.Due, err = s.schedule(in.Body.Schedule); err != nil {
		return nil, err
	}
	if job.Once, err = s.once(ctx, "send-email", in.Repeatable, &in.Body); err != nil {
		return nil, err
	}
	// 2. Did it come before?
	if repeat, err := s.repeat(ctx, job.Once); repeat != nil || err != nil {
		return repeat, err
	}
	// 3. To whom, and are so many left today?
	if job.Recipients, err = s.recipients(&in.Body); err != nil {
		return nil, err
	}
	if err := s.take(ctx, quotaMails, len(job.Recipients)); err != nil {
		return nil, err
	}
	return s.accept(ctx, job, preference{})
}

// schedule reads when to send.
func (s *Server) schedule(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, problem.New(problem.BadRequest, "schedule: not a time of RFC 3339",
			"write a time with its zone, such as 2027-01-05T06:00:00+08:00")
	}
	if at.After(s.now().Add(latestSchedule)) {
		return at, problem.New(problem.BadRequest, "schedule: more than a year ahead",
			"check the year, or ask again nearer to the time")
	}
	return at, nil
}

// recipients are those of the request or of its list, each once.
func (s *Server) recipients(in *EmailRequest) ([]mailer.Recipient, error) {
	switch {
	case len(in.To) > 0 && in.List != "":
		return nil, problem.New(problem.BadRequest, "both to and list are given", "give one of them")
	case len(in.To) > mostRecipients:
		detail := fmt.Sprintf("to: %d recipients, and at most %d are taken", len(in.To), mostRecipients)
		return nil, problem.New(problem.BadRequest, detail, "send several requests, or have the operator set up a list")
	case in.List != "":
		return s.list(in.List)
	case len(in.To) == 0:
		return nil, problem.New(problem.BadRequest, "nobody is named who gets it", "give to or list")
	}
	var all []mailer.Recipient
	seen := map[string]bool{}
	for i, one := range in.To {
		r, err := one.recipient(s.config.Press)
		if err != nil {
			return nil, problem.New(problem.BadRequest, fmt.Sprintf("to[%d]: %v", i, err), "correct it, or leave it out")
		}
		if !seen[r.Address.Key()] {
			seen[r.Address.Key()] = true
			all = append(all, r)
		}
	}
	return all, nil
}

func (r *EmailRecipient) recipient(p Press) (mailer.Recipient, error) {
	address, err := mailer.ParseAddress(r.Email)
	if err != nil {
		return mailer.Recipient{}, err
	}
	if r.Name != "" { // the rules for names are those of a mailbox
		if _, err := mailer.ParseMailbox(`"` + r.Name + `" <` + address.String() + `>`); err != nil {
			return mailer.Recipient{}, errors.New("the name is too long for a letter, or has control characters")
		}
	}
	options := offprint.PrintOptions{Lang: r.Lang, FontSize: r.FontSize}
	if err := p.CheckOptions(options); err != nil {
		return mailer.Recipient{}, err
	}
	return mailer.Recipient{Address: address, Name: r.Name, Lang: r.Lang, FontSize: r.FontSize}, nil
}

// list gives the recipients of a configured list.
func (s *Server) list(name string) ([]mailer.Recipient, error) {
	if s.config.Lists == nil {
		return nil, noList(name)
	}
	all, err := s.config.Lists(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, noList(name)
	case err != nil:
		return nil, fmt.Errorf("read list %s: %w", name, err)
	case len(all) == 0:
		return nil, problem.New(problem.MailRefused, "the list has no recipients", "see its recipients_file")
	}
	return all, nil
}

func noList(name string) error {
	return problem.New(problem.NotFound, fmt.Sprintf("there is no list %.64q", name),
		"lists are set up in the section [lists.NAME] of the configuration")
}
