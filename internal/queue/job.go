package queue

import (
	"encoding/json"
	"time"

	"offprint/article"
	"offprint/internal/problem"
	"offprint/mailer"
)

// Kind is what a job does.
type Kind string

// The kinds of job.
const (
	PDF   Kind = "pdf"   // prints an article
	Email Kind = "email" // prints an article and mails it
)

// JobState is how far a job is.
type JobState string

// The states of a job. A job of kind Email is Done when no delivery is left to
// do and one was sent or suppressed at least; it is Failed when all were
// refused. Its deliveries tell more.
const (
	Queued    JobState = "queued"
	Running   JobState = "running"
	Done      JobState = "done"
	Failed    JobState = "failed"
	Cancelled JobState = "cancelled"
)

// Final reports whether nothing more happens to the job by itself.
func (s JobState) Final() bool { return s == Done || s == Failed || s == Cancelled }

// Job is what can be told of a job. Its JSON is the service's.
type Job struct {
	ID         string            `json:"id"`
	Kind       Kind              `json:"kind"`
	State      JobState          `json:"state"`
	Created    time.Time         `json:"created"`
	Attempts   int               `json:"attempts"` // how often the article was printed, or tried to
	Result     *Result           `json:"result,omitempty"`
	Warnings   []article.Warning `json:"warnings,omitempty"` // of the document
	Deliveries []Delivery        `json:"deliveries,omitempty"`
	Error      *Problem          `json:"error,omitempty"`

	Request json.RawMessage `json:"-"`
	Source  string          `json:"-"`
	Due     time.Time       `json:"-"` // not begun before

	Callback     string          `json:"-"` // empty: none, or it wants no more calls
	CallbackData json.RawMessage `json:"-"`
}

// Delivery is what can be told of one recipient's message.
type Delivery struct {
	Recipient string       `json:"recipient"` // empty: erased
	State     mailer.State `json:"state"`
	Code      int          `json:"code,omitempty"` // the server's last answer
	Reply     string       `json:"reply,omitempty"`
	MessageID string       `json:"message_id,omitempty"`
}

// Result is what a job made.
type Result struct {
	PDF string `json:"pdf,omitempty"` // its address
	// Warnings are the document's. They are told beside the result.
	Warnings []article.Warning `json:"-"`
}

// keptResult is how a result is kept in the database.
type keptResult struct {
	Result
	Warnings []article.Warning `json:"warnings,omitempty"`
}

// readResult reads a kept result: nil where nothing was made but letters.
func readResult(text string) (*Result, []article.Warning, error) {
	if text == "" {
		return nil, nil, nil
	}
	var kept keptResult
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, nil, err
	}
	if kept.PDF == "" {
		return nil, kept.Warnings, nil
	}
	return &kept.Result, kept.Warnings, nil
}

// Problem is an error as callers of the service see it (RFC 9457).
type Problem = problem.Problem

// Failure is an error of a [Renderer] that says what the caller should be told
// and whether to try again. Of any other error the caller learns that something
// went wrong here, and it is tried again.
type Failure struct {
	Problem   Problem
	Temporary bool
	Err       error
}

func (f *Failure) Error() string {
	if f.Err != nil {
		return f.Err.Error()
	}
	return f.Problem.Title
}

func (f *Failure) Unwrap() error { return f.Err }
