package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"offprint"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
	"offprint/server/readers"
)

// ReaderForm is the form by which readers mail an article.
type ReaderForm struct {
	readers.Config
	// Secrets gives those that page tokens are signed with, the first for our own pages.
	Secrets func() [][]byte
	// Key signs challenges, and hides addresses in what is counted.
	Key []byte
}

func (s *Server) readerRoutes() {
	handle(s, route{
		ID: "get-challenge", Method: http.MethodGet, Path: "/v1/challenge", Tag: tagReaders, ForPages: true,
		Summary: "Begin to mail an article as a reader",
		About: "What the page's dialog shows, and the work that has to be done for a letter: to find a decimal number " +
			"`solution` for which SHA-256 of `challenge` + `.` + `solution` begins with `bits` zero bits. The challenge is " +
			"good for one letter, from `not_before` to `expires`. The token is the page's, signed by the publisher.",
		Problems: []problem.Code{problem.NotFound, problem.FetchRefused},
		Curl:     `curl '{base}/v1/challenge?url=https://news.example/a.html&token=TOKEN'`,
	}, s.getChallenge)
	handle(s, route{
		ID: "share-email", Method: http.MethodPost, Path: "/v1/share-email", Tag: tagReaders, ForPages: true,
		MaxBody: maxForm, Status: http.StatusAccepted,
		Summary: "Mail an article as a reader",
		About: "Mails the article of a page that carries a token. All in the letter is the publisher's, but the addresses, " +
			"the sender's name, and a note where the publisher allows one. The answer is the same whatever is known of the " +
			"addresses: who asked for no mail gets none, and nobody gets more than three a day. " +
			"Sent again with the same challenge and body it does nothing, and answers as before.",
		Problems: []problem.Code{
			problem.NotFound, problem.FetchRefused, problem.IdempotencyMismatch, problem.MailRefused, problem.RateLimited,
			problem.Busy,
		},
		Curl: `curl {base}/v1/share-email --json '{"url": "https://news.example/a.html", "token": "TOKEN", ` +
			`"challenge": "CHALLENGE", "solution": "4711", "to": ["reader@example.com"]}'`,
	}, s.shareEmail)
}

type challengeInput struct {
	URL   string `query:"url" required:"true" maxLength:"2000" doc:"The article's canonical address." example:"https://news.example/a.html"`
	Token string `query:"token" required:"true" maxLength:"100" doc:"The page's, signed by the publisher."`
}

// FormView is what the dialog shows, and its challenge.
type FormView struct {
	Challenge  string   `json:"challenge"`
	Bits       int      `json:"bits" doc:"How many zero bits the sum begins with."`
	NotBefore  int64    `json:"not_before" doc:"Unix seconds."`
	Expires    int64    `json:"expires" doc:"Unix seconds."`
	Note       bool     `json:"note" doc:"A note may be sent."`
	Subject    string   `json:"subject,omitempty" doc:"Of the letter."`
	Pages      []string `json:"pages,omitempty" doc:"Address of a picture of the first page."`
	SenderName string   `json:"sender_name,omitempty" doc:"Who sends the letter: the publisher."`
}

type formOutput struct {
	Body FormView
}

// previewPatience is how long a dialog is kept waiting for its preview.
const previewPatience = 3 * time.Second

func (s *Server) getChallenge(ctx context.Context, in *challengeInput) (*formOutput, error) {
	request, err := s.readerRequest(ctx, in.URL, in.Token, offprint.PrintOptions{})
	if err != nil {
		return nil, s.noteForm(err)
	}
	form := s.config.Readers.WithDefaults()
	c := readers.NewChallenge(s.config.Readers.Key, in.URL, s.formLoad.Bits(form.ChallengeBits, s.now()), s.now())
	view := FormView{
		Challenge: c.Text, Bits: c.Bits, NotBefore: c.NotBefore().Unix(), Expires: c.Expires().Unix(),
		Note: form.Note, SenderName: s.config.Publisher,
	}
	// The letter can be sent although it cannot be shown beforehand.
	printed, err := s.printWithin(ctx, request, previewPatience)
	if err == nil {
		view.Subject = printed.Meta.Subject
		view.Pages = []string{s.address("/v1/pages/" + printed.Key.String() + "/1.png")}
	}
	return &formOutput{view}, nil
}

// address makes a whole address of a path of ours; on this machine alone, a path.
func (s *Server) address(path string) string {
	if s.public == nil {
		return path
	}
	return s.public.String() + path
}

// ShareRequest is what a reader sends.
type ShareRequest struct {
	URL       string   `json:"url" maxLength:"2000" doc:"The article's canonical address." example:"https://news.example/a.html"`
	Token     string   `json:"token" maxLength:"100" doc:"The page's, signed by the publisher."`
	Challenge string   `json:"challenge" maxLength:"200" doc:"As GET /v1/challenge gave it."`
	Solution  string   `json:"solution" maxLength:"20" doc:"The decimal number that solves it."`
	To        []string `json:"to" nullable:"false" minItems:"1" maxItems:"5" doc:"Who gets it: 1 to 5 addresses."`
	Sender    string   `json:"sender,omitempty" doc:"The reader's name, at most 40 characters."`
	Note      string   `json:"note,omitempty" doc:"A few words, at most 200 characters, where the publisher allows them."`
	FontSize  string   `json:"font_size,omitempty" enum:"small,medium,large,x-large,xx-large,huge,giant" doc:"Size of the PDF's text."`
	Lang      string   `json:"lang,omitempty" maxLength:"11" doc:"Language of the letter; the article's." example:"zh-Hant"`
	Website   string   `json:"website,omitempty" maxLength:"1000" doc:"Left empty by people."`
}

type shareInput struct {
	Body ShareRequest
}

// Accepted is the answer to all who did as the form says.
type Accepted struct {
	Accepted bool `json:"accepted"`
}

type acceptedOutput struct {
	Body Accepted
}

func (s *Server) shareEmail(ctx context.Context, in *shareInput) (*acceptedOutput, error) {
	if err := s.noteForm(s.share(ctx, &in.Body)); err != nil {
		return nil, err
	}
	return &acceptedOutput{Accepted{true}}, nil
}

// errTrap says that a program filled in what people do not see. It is told that all
// went well.
var errTrap = errors.New("the field that people leave empty is filled in")

// share puts a reader's letter on the queue.
func (s *Server) share(ctx context.Context, in *ShareRequest) error {
	// 1. Is it for one of the publisher's articles, and was the work done?
	request, err := s.readerRequest(ctx, in.URL, in.Token, offprint.PrintOptions{FontSize: in.FontSize})
	if err != nil {
		return err
	}
	challenge, err := s.solved(in)
	if err != nil {
		return err
	}
	// 2. Is all of it what a reader may send?
	to, err := s.checkShare(in)
	if err != nil {
		return err
	}
	letter := &press.Letter{Request: *request, Sender: in.Sender, Note: mailer.OneLine(in.Note)}
	if err := s.config.Press.CheckLetter(letter); err != nil {
		return err
	}
	if in.Website != "" {
		return errTrap
	}
	// 3. It is counted and put on the queue, both or neither.
	order := letterOrder{orderer{By: "reader", Trace: TraceParent(ctx)}, letter}
	job, err := s.submission(queue.Email, order, Callback{})
	if err != nil {
		return err
	}
	job.Source, job.Recipients = request.Source(), to
	s.countShare(ctx, job, in.URL)
	if err := onceFor(job, challenge, in); err != nil {
		return err
	}
	_, err = s.config.Queue.Submit(ctx, *job)
	return err
}
