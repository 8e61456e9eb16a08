package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
)

// orderer is who asked for a job. It stands in what the queue keeps of it.
type orderer struct {
	By    string `json:"by,omitempty"`          // "key ID" or "hook NAME"; empty: a program on this machine
	Trace string `json:"traceparent,omitempty"` // of the request
}

// printOrder and letterOrder are what the queue keeps of a request: who asked, and
// what the press reads.
type (
	printOrder struct {
		orderer
		*press.Request
	}
	letterOrder struct {
		orderer
		*press.Letter
	}
)

func (s *Server) orderer(ctx context.Context) orderer {
	o := orderer{Trace: TraceParent(ctx)}
	if key := infoFrom(ctx).caller.key; key != nil {
		o.By = "key " + key.ID()
	}
	return o
}

// orderedBy tells who asked for a job.
func orderedBy(j *queue.Job) string {
	var o orderer
	if json.Unmarshal(j.Request, &o) != nil {
		return "unknown"
	}
	return o.By
}

// operates reports whether the caller may see and change whatever there is.
func (c *caller) operates() bool {
	if c.key == nil {
		return !c.public // a program on this machine
	}
	return c.key.Allows(Admin)
}

// owns reports whether the caller asked for a job, or may see all.
func (c *caller) owns(j *queue.Job) bool {
	return c.operates() || c.key != nil && orderedBy(j) == "key "+c.key.ID()
}

// submission makes a job of a request.
func (s *Server) submission(kind queue.Kind, order any, c Callback) (*queue.Submission, error) {
	request, err := json.Marshal(order)
	if err != nil {
		return nil, err
	}
	if c.Callback == "" {
		c.Callback = s.config.DefaultCallback
	} else if err := s.config.CheckCallback(c.Callback); err != nil {
		return nil, problem.New(problem.BadRequest, err.Error(), "give a whole address such as https://cms.example/offprint")
	}
	const mostData = 2048
	if len(c.CallbackData) > mostData {
		return nil, problem.Newf(problem.BadRequest, "callback_data has %d bytes, and at most %d are kept",
			len(c.CallbackData), mostData)
	}
	return &queue.Submission{
		Kind: kind, Request: request, Callback: c.Callback,
		CallbackData: json.RawMessage(c.CallbackData),
	}, nil
}

// Repeatable is for requests that may be sent again without harm.
type Repeatable struct {
	IdempotencyKey string `header:"Idempotency-Key" doc:"A name for this request, 1 to 255 characters. A repeat within 24 hours gets the same answer, and nothing is done twice." example:"8e03978e-40d5-43dd-bc93-6894a57f9324"`
}

// once ties a submission to the caller's Idempotency-Key. Nil: there is none. See
// draft-ietf-httpapi-idempotency-key-header-07.
func (s *Server) once(ctx context.Context, operation string, in Repeatable, body any) (*queue.Once, error) {
	key := in.IdempotencyKey
	if key == "" {
		return nil, nil
	}
	if len(key) > 255 || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, problem.New(problem.BadRequest, "the Idempotency-Key is not 1 to 255 ASCII characters", "use a UUID")
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	scope := "here"
	if c := infoFrom(ctx).caller; c.key != nil {
		scope = "key " + c.key.ID()
	}
	return &queue.Once{
		Scope: scope, Key: key,
		Body:  sha256.Sum256(append([]byte(operation+"\n"), text...)),
		Reply: func(j *queue.Job) (int, []byte) { return http.StatusAccepted, acceptedBody(j) },
	}, nil
}

// acceptedBody tells of a job that was accepted, without its recipients: it is
// kept for repeats.
func acceptedBody(j *queue.Job) []byte {
	view := viewOf(j)
	view.Deliveries = nil
	text, err := json.Marshal(view)
	if err != nil {
		return nil // what it is made of can be written
	}
	return text
}

// repeat answers a request that came before. Nil: it did not.
func (s *Server) repeat(ctx context.Context, once *queue.Once) (*response, error) {
	if once == nil {
		return nil, nil
	}
	receipt, err := s.config.Queue.Replay(ctx, once)
	if receipt == nil || err != nil {
		return nil, err
	}
	return acceptedResponse(receipt, preference{}), nil
}

// accept puts a job on the queue and says so. What was counted for it is given back
// when it is refused.
func (s *Server) accept(ctx context.Context, job *queue.Submission, prefer preference) (*response, error) {
	if key := infoFrom(ctx).caller.key; key != nil {
		job.Owner, job.OwnerBytes = "key "+key.ID(), s.config.Limits.keyBytes()
	}
	receipt, err := s.config.Queue.Submit(ctx, *job)
	if err != nil || receipt.Replayed { // nothing was put on the queue: another answered meanwhile, or it is refused
		s.giveBackJob(ctx, job)
	}
	if err != nil {
		return nil, err
	}
	return acceptedResponse(receipt, prefer), nil
}

// giveBackJob takes back what a job counted that is not done.
func (s *Server) giveBackJob(ctx context.Context, job *queue.Submission) {
	if job.Kind == queue.Email {
		s.giveBack(ctx, quotaMails, len(job.Recipients))
		return
	}
	s.giveBack(ctx, quotaPrints, 1)
}

func acceptedResponse(receipt *queue.Receipt, prefer preference) *response {
	status, body := receipt.Status, receipt.Body
	if status == 0 {
		status, body = http.StatusAccepted, acceptedBody(receipt.Job)
	}
	return respond(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("Location", jobPath(receipt.Job))
		prefer.applied(h, true)
		if receipt.Replayed {
			h.Set("Idempotency-Replayed", "true")
		}
		w.WriteHeader(status)
		w.Write(body)
	})
}

// opaque is JSON that is the caller's own.
type opaque json.RawMessage

// Schema lets the OpenAPI document say that it may be anything.
func (opaque) Schema(huma.Registry) *huma.Schema { return &huma.Schema{} }

// MarshalJSON gives it back as it came.
func (o opaque) MarshalJSON() ([]byte, error) { return json.RawMessage(o).MarshalJSON() }

// UnmarshalJSON keeps it as it comes.
func (o *opaque) UnmarshalJSON(b []byte) error { return (*json.RawMessage)(o).UnmarshalJSON(b) }
