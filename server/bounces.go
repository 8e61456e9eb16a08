package server

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"offprint/internal/problem"
	"offprint/mailer/dsn"
)

// maxReport is how large a report may be, in bytes: it may bring the letter back
// with its attachment.
const maxReport = 64 << 20

func (s *Server) bounceRoutes() {
	handle(s, route{
		ID: "note-bounce", Method: http.MethodPost, Path: "/v1/bounces", Tag: tagEmail,
		Scope: Hooks, OrScope: Admin, MaxBody: maxReport,
		Summary: "Tell of a message that came back",
		About: "Takes the delivery report or complaint itself, as a mail server pipes it, " +
			"or JSON with what is known of it. Answers what was done about it. " +
			"Whatever is no report, or is about a message that is not known here, gets the same good answer: " +
			"a mail server that was refused would send the refusal on, or try for days.",
		Problems: []problem.Code{problem.UnsupportedMedia},
		Curl:     "curl {base}/v1/bounces -H 'Content-Type: message/rfc822' --data-binary @-",
	}, s.noteBounce)
	api := s.api.OpenAPI()
	api.Paths["/v1/bounces"].Post.RequestBody.Content["application/json"] = &huma.MediaType{
		Schema: api.Components.Schemas.Schema(reflect.TypeFor[Bounce](), true, "Bounce"),
	}
}

// Bounce tells of a message that came back, where another program read the report.
type Bounce struct {
	MessageID string `json:"message_id,omitempty" doc:"The message's Message-ID."`
	Token     string `json:"token,omitempty" doc:"Or the part of the bounce address that names it."`
	Code      int    `json:"code,omitempty" doc:"The mail server's code." example:"550"`
	Reply     string `json:"reply,omitempty" doc:"Its words." example:"5.1.1 user unknown"`
	Suppress  bool   `json:"suppress,omitempty" doc:"The address gets no more mail."`
}

// Noted is what was done about a report.
type Noted struct {
	Outcome    string   `json:"outcome" enum:"bounced,complained,ignored,unknown" doc:"unknown: no message of this name was sent from here, or it is forgotten."`
	Kind       dsn.Kind `json:"kind,omitempty" doc:"What the mail is: delivery, words, complaint, auto-reply or other."`
	Message    string   `json:"message,omitempty" doc:"Which message it is about."`
	Suppressed bool     `json:"suppressed,omitempty" doc:"The address gets no more mail."`
	Reason     string   `json:"reason,omitempty" doc:"Why nothing was done."`
}

type bounceInput struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"message/rfc822"`
}

type bounceOutput struct {
	Body *Noted
}

// rawTypes are what programs call a mail that they pipe; curl says that it is a
// form unless it is told otherwise.
var rawTypes = map[string]bool{
	"": true, "message/rfc822": true, "message/global": true, "application/octet-stream": true, "text/plain": true,
	"application/x-www-form-urlencoded": true,
}

func (s *Server) noteBounce(ctx context.Context, in *bounceInput) (*bounceOutput, error) {
	kind, _, err := mime.ParseMediaType(cmp.Or(in.ContentType, "message/rfc822"))
	if len(bytes.TrimSpace(in.RawBody)) == 0 {
		return nil, problem.New(problem.BadRequest, "the body is empty", "send the report with curl --data-binary @-")
	}
	var noted *Noted
	switch {
	case err == nil && kind == "application/json":
		noted, err = s.noteJSON(ctx, in.RawBody)
	case err == nil && rawTypes[kind]:
		noted, err = s.noteReport(ctx, in.RawBody)
	default:
		err = problem.New(problem.UnsupportedMedia, "the Content-Type is neither a letter nor JSON",
			"send message/rfc822, or application/json")
	}
	if err != nil {
		return nil, err
	}
	return &bounceOutput{noted}, nil
}

func (s *Server) noteJSON(ctx context.Context, body []byte) (*Noted, error) {
	var b Bounce
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return nil, problem.Newf(problem.BadRequest, "body: %.200s", err)
	}
	about := strings.Trim(strings.TrimSpace(cmp.Or(b.Token, b.MessageID)), "<>")
	if about == "" {
		return nil, problem.New(problem.BadRequest, "no message is named", "give message_id or token")
	}
	return s.noteFailure(ctx, &Noted{Message: about}, b.Code, b.Reply, b.Suppress)
}

func (s *Server) noteReport(ctx context.Context, raw []byte) (*Noted, error) {
	report, err := dsn.ParseReport(raw)
	var unreadable *dsn.Error
	switch {
	case errors.As(err, &unreadable):
		return &Noted{Outcome: "ignored", Reason: unreadable.What}, nil
	case err != nil:
		return nil, err
	}
	noted := &Noted{Outcome: "ignored", Kind: report.Kind, Message: report.About()}
	switch {
	case report.Kind == dsn.Complaint && report.Suppress():
		return s.noteComplaint(ctx, noted)
	case !report.Permanent():
		noted.Reason = "it does not say that a message was given up"
		return noted, nil
	}
	failed := report.Failure()
	return s.noteFailure(ctx, noted, failed.Code, failed.Reply(), report.Suppress())
}

func (s *Server) noteFailure(ctx context.Context, noted *Noted, code int, reply string, suppress bool) (*Noted, error) {
	known, err := s.config.Queue.Bounced(ctx, noted.Message, code, reply, suppress)
	if err != nil {
		return nil, err
	}
	noted.Outcome, noted.Suppressed = "bounced", suppress
	return noted.orUnknown(known), nil
}

func (s *Server) noteComplaint(ctx context.Context, noted *Noted) (*Noted, error) {
	known, err := s.config.Queue.Complained(ctx, noted.Message)
	if err != nil {
		return nil, err
	}
	noted.Outcome, noted.Suppressed = "complained", true
	return noted.orUnknown(known), nil
}

func (n *Noted) orUnknown(known bool) *Noted {
	if !known {
		n.Outcome, n.Suppressed, n.Reason = "unknown", false, "no message of this name is known"
	}
	return n
}
