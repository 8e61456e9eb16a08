package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
)

const problemType = "application/problem+json"

// failure is a problem on its way out through huma.
type failure struct {
	problem.Problem
	header http.Header
}

func (f *failure) GetStatus() int              { return f.Status }
func (f *failure) ContentType(string) string   { return problemType }
func (f *failure) GetHeaders() http.Header     { return f.header }
func (f *failure) Error() string               { return f.Problem.Error() }
func (f *failure) Unwrap() error               { return &f.Problem }
func (f failure) MarshalJSON() ([]byte, error) { return json.Marshal(f.Problem) }

// Schema has the OpenAPI document say Problem.
func (failure) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[problem.Problem](), true, "Problem")
}

// huma asks these, which are global, for each error that it finds itself.
func init() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return &failure{Problem: *fromHuma(status, msg, errs)}
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		f := dress(ctx.Context(), fromHuma(status, msg, errs), 0)
		for name := range f.header { // huma writes those of handlers' errors alone
			ctx.SetHeader(name, f.header.Get(name))
		}
		return f
	}
}

// fromHuma gives an error of huma's, which finds bodies and parameters that are
// not what the route's types say, its place among the codes.
func fromHuma(status int, msg string, errs []error) *problem.Problem {
	var large *http.MaxBytesError
	for _, err := range errs {
		if errors.As(err, &large) {
			return problem.Newf(problem.TooLarge, "the body has more than %d bytes", large.Limit)
		}
		if errors.Is(err, errHookRoom) {
			return problem.New(problem.Busy, errHookRoom.Error(), "")
		}
		var late net.Error
		if errors.As(err, &late) && late.Timeout() {
			status = http.StatusRequestTimeout
		}
		var detail *huma.ErrorDetail // of which huma keeps the words alone
		if errors.As(err, &detail) && detail.Location == "body" && detail.Message == errValues.Error() {
			return problem.New(problem.TooLarge, "the body: "+detail.Message, "")
		}
	}
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return problem.New(problem.TooLarge, msg, "")
	case status == http.StatusUnsupportedMediaType:
		return problem.New(problem.UnsupportedMedia, "the Content-Type of the body is none that is read here", "")
	case status == http.StatusRequestTimeout:
		return problem.New(problem.BadRequest, "the body did not arrive in time", "send it faster, or send less")
	case msg == "cannot read request body":
		return problem.New(problem.BadRequest, "the body broke off", "")
	case status >= 500:
		return problem.New(problem.Internal, "the program failed while it read the request", "")
	}
	return problem.New(problem.BadRequest, explainFaults(msg, errs), "")
}

// mostFaults is how many faults of a request one problem tells of.
const mostFaults = 5

func explainFaults(msg string, errs []error) string {
	var faults []string
	for _, err := range errs {
		if len(faults) == mostFaults {
			faults = append(faults, "…")
			break
		}
		var d *huma.ErrorDetail
		if errors.As(err, &d) {
			// Without the value: it may be long, and it may be somebody's address.
			faults = append(faults, fmt.Sprintf("%s: %.200s", d.Location, d.Message))
		} else {
			faults = append(faults, fmt.Sprintf("%.200s", err.Error()))
		}
	}
	if len(faults) == 0 {
		return msg
	}
	return strings.Join(faults, "; ")
}

// laterError is an error after which the same request may go well, and when.
type laterError struct {
	err   error
	after time.Duration
}

func (e *laterError) Error() string { return e.err.Error() }
func (e *laterError) Unwrap() error { return e.err }

// retryLater adds to an error when to try again.
func retryLater(err error, after time.Duration) error { return &laterError{err, after} }

// defaultRetry is said with the problems that pass when nobody knows better.
const defaultRetry = 5 * time.Second

// explain makes a response of an error. It logs an unknown error with the request's id
// and answers internal.
func (s *Server) explain(ctx context.Context, err error) *failure {
	var (
		later *laterError
		busy  *press.BusyError
		after time.Duration
		full  *queue.OwnerFullError
		p     *problem.Problem
	)
	switch {
	case errors.As(err, &full):
		after = ownerRetry
	case errors.As(err, &later):
		after = later.after
	case errors.As(err, &busy):
		after = busy.RetryAfter
	}
	switch {
	case errors.Is(err, queue.ErrNotFound):
		p = problem.New(problem.NotFound, "no such job, or no longer", "jobs are forgotten some days after they ended")
	case errors.Is(err, queue.ErrFinished), errors.Is(err, queue.ErrNoRetry):
		p = problem.Newf(problem.Conflict, "%v", unwrapAll(err))
	case errors.Is(err, queue.ErrMismatch):
		p = problem.New(problem.IdempotencyMismatch, "what was asked for with the key before differs from this", "")
	case full != nil:
		p = ownerFull(full)
	default:
		p, _ = press.Explain(err)
	}
	if p.Code() == problem.FetchRefused {
		s.metrics.FetchRefused()
	}
	if p.Code() == problem.Internal && ctx.Err() == nil {
		s.log.LogAttrs(ctx, slog.LevelError, "request failed",
			slog.String("request", infoFrom(ctx).id),
			slog.String("route", infoFrom(ctx).pattern()),
			slog.String("error", redact(err.Error())))
	}
	return dress(ctx, p, after)
}

// ownerRetry is said to those whose key has too much in the queue.
const ownerRetry = 10 * time.Minute

// ownerFull tells of a key that has too much in the queue.
func ownerFull(e *queue.OwnerFullError) *problem.Problem {
	if e.Adds > e.Most {
		return problem.Newf(problem.TooLarge,
			"the job has %d bytes, and at most %d are kept for all jobs of a key", e.Adds, e.Most)
	}
	return problem.New(problem.RateLimited,
		fmt.Sprintf("%d bytes are kept for the key's jobs, of %d at most", e.Kept, e.Most),
		"give pages' addresses instead of their text; letters that have gone out make room, "+
			"and so do jobs that are forgotten; or ask the operator about limits.per_key_bytes")
}

// dress adds to a problem what it says of the request, and when to come again.
func dress(ctx context.Context, p *problem.Problem, after time.Duration) *failure {
	f := &failure{Problem: *p, header: http.Header{}}
	f.Instance = infoFrom(ctx).id
	infoFrom(ctx).code = p.Code()
	if f.Status == http.StatusTooManyRequests || f.Status == http.StatusServiceUnavailable {
		if after <= 0 {
			after = defaultRetry
		}
		f.header.Set("Retry-After", retryAfter(after))
	}
	if f.Status == http.StatusUnauthorized {
		f.header.Set("WWW-Authenticate", `Bearer realm="offprint"`)
	}
	return f
}

// fail answers with a problem, where no handler of huma's does.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.send(w, r, s.explain(r.Context(), err))
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, f *failure) {
	h := w.Header()
	for name, values := range f.header {
		h[name] = values
	}
	h.Del("Content-Length")
	h.Set("Content-Type", problemType)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(f.Status)
	if r.Method != http.MethodHead {
		json.NewEncoder(w).Encode(f)
	}
}

// unwrapAll gives the innermost error, whose words are fit for callers.
func unwrapAll(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}
