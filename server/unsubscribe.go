package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"offprint/internal/problem"
	"offprint/mailer"
)

func (s *Server) unsubscribeRoutes() {
	const path = unsubscribePath + "{token}"
	handle(s, route{
		ID: "ask-unsubscribe", Method: http.MethodGet, Path: path, Tag: tagReaders,
		Summary: "The page that the link in a letter leads to",
		About: "Asks whether the reader wants no more letters. It changes nothing: " +
			"mail programs and scanners open links by themselves.",
		Produces: "text/html",
		Problems: []problem.Code{problem.NotFound},
		Curl:     "curl {base}/v1/unsubscribe/TOKEN",
	}, s.askUnsubscribe)
	handle(s, route{
		ID: "unsubscribe", Method: http.MethodPost, Path: path, Tag: tagReaders, MaxBody: maxForm, Unlimited: true,
		Summary: "Send this reader no more letters",
		About: "The page's button, and the one-click button of mail programs (RFC 8058). With `action=again` in the form, " +
			"the reader gets letters again. " +
			"Mail that is queued for the address is not sent.",
		Produces: "text/html",
		Problems: []problem.Code{problem.NotFound, problem.Forbidden},
		Curl:     `curl {base}/v1/unsubscribe/TOKEN -d List-Unsubscribe=One-Click`,
	}, s.unsubscribe)
	item := s.api.OpenAPI().Paths[path]
	text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	item.Post.Responses["200"].Content["text/plain"] = text // to mail programs
	for _, operation := range []*huma.Operation{item.Get, item.Post} {
		operation.Responses["404"].Content["text/html"] = text // to people
	}
}

const (
	unsubscribePath = "/v1/unsubscribe/"
	maxForm         = 16 << 10 // bytes of the form
)

// UnsubscribeLink gives the address by which a reader unsubscribes, for the
// letters: give it to press.Mail. publicURL is where readers reach the service.
func UnsubscribeLink(publicURL string, tokens *mailer.Tokens) func(mailer.Address) string {
	base := strings.TrimSuffix(publicURL, "/") + unsubscribePath
	return func(a mailer.Address) string { return base + tokens.Token(a) }
}

// ReaderLink is what comes with the link in a letter.
type ReaderLink struct {
	Token    string `path:"token" doc:"As it stands in the letter."`
	Accept   string `header:"Accept" hidden:"true"`
	Language string `header:"Accept-Language" doc:"The page's: zh-Hans, zh-Hant, ja, ko, or else en."`
}

type unsubscribeForm struct {
	ReaderLink
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"application/x-www-form-urlencoded"`
}

func (s *Server) askUnsubscribe(_ context.Context, in *ReaderLink) (*webPage, error) {
	a, err := s.reader(in.Token)
	if err != nil {
		return s.badLink(in, err)
	}
	return s.readerPage("ask", in, a), nil
}

func (s *Server) unsubscribe(ctx context.Context, in *unsubscribeForm) (*webPage, error) {
	a, err := s.reader(in.Token)
	if err != nil {
		return s.badLink(&in.ReaderLink, err)
	}
	form, err := readForm(in.ContentType, in.RawBody)
	if err != nil {
		return nil, problem.New(problem.BadRequest, "the body is not a form", "send List-Unsubscribe=One-Click")
	}
	switch action := form.Get("action"); {
	case action == "again":
		if err := s.config.Queue.Unsuppress(ctx, a); err != nil {
			return nil, err
		}
		return s.readerPage("again", &in.ReaderLink, a), nil
	case action != "stop" && !strings.EqualFold(form.Get("List-Unsubscribe"), "One-Click"):
		return nil, problem.New(problem.BadRequest, "the form does not say what to do", "send List-Unsubscribe=One-Click")
	case action == "stop":
		if err := s.config.Queue.Suppress(ctx, a); err != nil {
			return nil, err
		}
		return s.readerPage("done", &in.ReaderLink, a), nil
	}
	if err := s.config.Queue.Suppress(ctx, a); err != nil {
		return nil, err
	}
	return &webPage{
		Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Cache: "no-store",
		Body: []byte("unsubscribed\n"),
	}, nil
}

// reader gives the address that a link is for.
func (s *Server) reader(token string) (mailer.Address, error) {
	if s.config.Tokens == nil {
		return mailer.Address{}, mailer.ErrToken
	}
	return s.config.Tokens.Address(token)
}

// badLink tells people with a page, and programs with a problem.
func (s *Server) badLink(in *ReaderLink, err error) (*webPage, error) {
	if errors.Is(err, mailer.ErrToken) {
		err = problem.New(problem.NotFound, err.Error(), "open the link in the letter once more, or copy all of it")
		if strings.Contains(in.Accept, "text/html") {
			page := s.readerPage("bad", in, mailer.Address{})
			page.Status = http.StatusNotFound
			return page, nil
		}
	}
	return nil, err
}

// readForm reads what a button or a mail program sent: both kinds of form are
// allowed (RFC 8058 §3.1).
func readForm(contentType string, body []byte) (url.Values, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" {
		return url.ParseQuery(strings.TrimSpace(string(body)))
	}
	values := url.Values{}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return values, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		values.Add(part.FormName(), strings.TrimSpace(string(value)))
	}
}
