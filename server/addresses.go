package server

import (
	"context"
	"net/http"
	"time"

	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
)

func (s *Server) addressRoutes() {
	handle(s, route{
		ID: "export-address", Method: http.MethodPost, Path: "/v1/addresses/export", Tag: tagEmail, Scope: Admin,
		Summary: "All that is kept about a reader",
		About: "For readers who ask what is known of them: messages, what became of them, " +
			"and whether the address is on the list of those who want no mail.",
		Curl: `curl {base}/v1/addresses/export --json '{"email": "reader@example.com"}'`,
	}, s.exportAddress)
	handle(s, route{
		ID: "erase-address", Method: http.MethodPost, Path: "/v1/addresses/erase", Tag: tagEmail, Scope: Admin,
		Summary: "Forget a reader",
		About: "Removes the address and all that was written for it; mail that is not sent yet is cancelled. " +
			"The wish for no more mail is kept, as a hash from which nobody can read the address.",
		Curl: `curl {base}/v1/addresses/erase --json '{"email": "reader@example.com"}'`,
	}, s.eraseAddress)
}

type addressInput struct {
	Body struct {
		Email string `json:"email" doc:"The reader's address." example:"reader@example.com"`
	}
}

// address reads a reader's address. The error does not repeat it.
func (in *addressInput) address() (mailer.Address, error) {
	a, err := mailer.ParseAddress(in.Body.Email)
	if err != nil {
		return a, problem.New(problem.BadRequest, "email: not an address", "give one such as reader@example.com")
	}
	return a, nil
}

type exportOutput struct {
	Body struct {
		Address    string         `json:"address"`
		Suppressed bool           `json:"suppressed" doc:"It gets no mail."`
		Records    []queue.Record `json:"records" nullable:"false" doc:"Messages to it."`
		Events     []eventRecord  `json:"events" nullable:"false" doc:"Calls to the publisher's system about it."`
	}
}

// eventRecord is a queue.EventRecord whose body the OpenAPI document can describe.
type eventRecord struct {
	ID      string           `json:"id"`
	Job     string           `json:"job"`
	Type    queue.EventType  `json:"type"`
	State   queue.EventState `json:"state"`
	Created time.Time        `json:"created"`
	Body    opaque           `json:"body,omitempty"`
}

func (s *Server) exportAddress(ctx context.Context, in *addressInput) (*exportOutput, error) {
	a, err := in.address()
	if err != nil {
		return nil, err
	}
	e, err := s.config.Queue.Export(ctx, a)
	if err != nil {
		return nil, err
	}
	out := &exportOutput{}
	out.Body.Address, out.Body.Suppressed, out.Body.Records = e.Address, e.Suppressed, e.Records
	out.Body.Events = []eventRecord{}
	for _, one := range e.Events {
		record := eventRecord{one.ID, one.Job, one.Type, one.State, one.Created, opaque(one.Body)}
		out.Body.Events = append(out.Body.Events, record)
	}
	return out, nil
}

type eraseOutput struct {
	Body struct {
		Deliveries int `json:"deliveries" doc:"In how many the address stood."`
	}
}

func (s *Server) eraseAddress(ctx context.Context, in *addressInput) (*eraseOutput, error) {
	a, err := in.address()
	if err != nil {
		return nil, err
	}
	out := &eraseOutput{}
	out.Body.Deliveries, err = s.config.Queue.Erase(ctx, a)
	return out, err
}
