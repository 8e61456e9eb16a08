package problem

import (
	"errors"
	"fmt"
	"net/http"
)

// Code names a kind of problem. Its address is /problems/CODE.
type Code string

// The codes.
const (
	BadRequest          Code = "bad-request"
	UnsupportedMedia    Code = "unsupported-media"
	TooLarge            Code = "too-large"
	Unauthorized        Code = "unauthorized"
	Forbidden           Code = "forbidden"
	NotFound            Code = "not-found"
	MethodNotAllowed    Code = "method-not-allowed"
	Conflict            Code = "conflict"
	IdempotencyMismatch Code = "idempotency-mismatch"
	PreconditionFailed  Code = "precondition-failed"
	RangeNotSatisfiable Code = "range-not-satisfiable"
	NotAnArticle        Code = "not-an-article"
	FetchRefused        Code = "fetch-refused"
	FetchFailed         Code = "fetch-failed"
	RenderFailed        Code = "render-failed"
	MailRefused         Code = "mail-refused"
	RateLimited         Code = "rate-limited"
	Busy                Code = "busy"
	Timeout             Code = "timeout"
	Internal            Code = "internal"
)

// Kind is what is always so of the problems of a code.
type Kind struct {
	Code   Code
	Status int    // of the HTTP response
	Title  string // the same for all problems of the code
	Hint   string // what to do, where the case itself has nothing better to say
}

// Codes lists every kind of problem there is, in the order in which they are
// documented.
var Codes = []Kind{
	{BadRequest, http.StatusBadRequest, "the request cannot be understood", "compare it with /docs"},
	{
		UnsupportedMedia, http.StatusUnsupportedMediaType, "the body is of a type that is not read here",
		"send application/json",
	},
	{TooLarge, http.StatusRequestEntityTooLarge, "too large", "send less, or give the page's address instead of its text"},
	{
		Unauthorized, http.StatusUnauthorized, "a key is needed",
		"send Authorization: Bearer KEY; offprint keys create makes one",
	},
	{Forbidden, http.StatusForbidden, "not allowed", "ask the operator for a key that may"},
	{NotFound, http.StatusNotFound, "there is nothing here", "check the address"},
	{
		MethodNotAllowed, http.StatusMethodNotAllowed, "not with this method",
		"the header Allow lists those that can be used",
	},
	{Conflict, http.StatusConflict, "not in this state", "look at it again: its state has changed"},
	{
		IdempotencyMismatch, http.StatusUnprocessableEntity, "the Idempotency-Key was used for another request",
		"use a new key for each request",
	},
	{
		PreconditionFailed, http.StatusPreconditionFailed, "it is not the one that If-Match or If-Unmodified-Since wants",
		"ask without the condition",
	},
	{
		RangeNotSatisfiable, http.StatusRequestedRangeNotSatisfiable, "it has no bytes in the range asked for",
		"the header Content-Range says how many there are",
	},
	{NotAnArticle, http.StatusUnprocessableEntity, "the page is not an article", "give the address of the article itself"},
	{
		FetchRefused, http.StatusForbidden, "this address is not read",
		"ask the operator to add the host to fetch.allow_hosts",
	},
	{FetchFailed, http.StatusBadGateway, "the page could not be read", "check the address, or try again later"},
	{
		RenderFailed, http.StatusInternalServerError, "the article could not be printed",
		"try it without pictures, or report it to the operator",
	},
	{MailRefused, http.StatusUnprocessableEntity, "the mail cannot be sent", "see the details"},
	{RateLimited, http.StatusTooManyRequests, "too many requests", "wait as long as the header Retry-After says"},
	{Busy, http.StatusServiceUnavailable, "too much to do at the moment", "wait as long as the header Retry-After says"},
	{Timeout, http.StatusGatewayTimeout, "it took too long", "try again later, or ask with Prefer: respond-async"},
	{
		Internal, http.StatusInternalServerError, "something went wrong here",
		"try again later; if it fails again, give the operator the request's id",
	},
}

// Of gives what is always so of a code's problems.
func Of(code Code) Kind {
	for _, k := range Codes {
		if k.Code == code {
			return k
		}
	}
	return Of(Internal)
}

// Problem is an error as callers of the service see it.
type Problem struct {
	Type     string `json:"type"` // /problems/CODE
	Title    string `json:"title"`
	Status   int    `json:"status,omitempty"`
	Detail   string `json:"detail,omitempty"`   // this case; never empty in what the service answers
	Hint     string `json:"hint,omitempty"`     // what to do about it
	Reason   string `json:"reason,omitempty"`   // with not-an-article: login, paywall, listing, empty, not-html
	Instance string `json:"instance,omitempty"` // the request's id
}

// New makes a problem. detail tells of this case, and must not be empty; an empty hint is the code's own.
func New(code Code, detail, hint string) *Problem {
	k := Of(code)
	if hint == "" {
		hint = k.Hint
	}
	return &Problem{Type: address(k.Code), Title: k.Title, Status: k.Status, Detail: detail, Hint: hint}
}

// Newf is [New] with a detail that is put together and the code's own hint.
func Newf(code Code, format string, args ...any) *Problem {
	return New(code, fmt.Sprintf(format, args...), "")
}

func address(code Code) string { return "/problems/" + string(code) }

// Code is the problem's code.
func (p *Problem) Code() Code {
	for _, k := range Codes {
		if p.Type == address(k.Code) {
			return k.Code
		}
	}
	return Internal
}

func (p *Problem) Error() string {
	if p.Detail == "" {
		return p.Title
	}
	return p.Title + ": " + p.Detail
}

// As finds the problem in an error.
func As(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}
