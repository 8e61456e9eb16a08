package press

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"offprint"
	"offprint/internal/fetch"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/letter"
)

// Explain says what callers are told of an error, and whether the same request
// may go well later. What it does not know, it calls internal and tells nobody
// the words of: they are for the log.
func Explain(err error) (p *problem.Problem, temporary bool) {
	var (
		busy       *BusyError
		option     *offprint.OptionError
		fetched    *offprint.FetchError
		not        *offprint.NotArticleError
		limit      *offprint.LimitError
		layout     *offprint.LayoutError
		unwritable *letter.Error
		tooLarge   *letter.TooLargeError
	)
	if p, ok := problem.As(err); ok {
		return p, p.Code() == problem.Busy || p.Code() == problem.Timeout
	}
	switch {
	case errors.As(err, &busy):
		return problem.New(problem.Busy, busy.Error(), ""), true
	case errors.As(err, &option):
		return problem.New(problem.BadRequest, option.Error(), optionHint(option)), false
	case errors.As(err, &unwritable):
		return problem.New(problem.BadRequest, unwritable.Error(), ""), false
	case errors.As(err, &fetched):
		return explainFetch(fetched)
	case errors.As(err, &not):
		p := problem.New(problem.NotAnArticle, not.Error(), reasonHint(not))
		p.Reason = string(not.Reason)
		return p, false
	case errors.As(err, &limit):
		return problem.New(problem.TooLarge, limit.Error(), ""), false
	case errors.As(err, &tooLarge):
		const hint = `leave the pictures out ("images": "none"), or send no PDF ("attach": "none")`
		return problem.New(problem.MailRefused, tooLarge.Error(), hint), false
	case errors.As(err, &layout):
		return problem.New(problem.RenderFailed, layout.Error(), ""), false
	case errors.Is(err, store.ErrNotFound):
		const hint = "ask for it anew: GET /v1/pdf?url=…"
		return problem.New(problem.NotFound, "no such document, or no longer", hint), false
	case errors.Is(err, store.ErrTooLarge):
		return problem.New(problem.TooLarge, "the document is larger than is kept here", ""), false
	case errors.Is(err, store.ErrFull), errors.Is(err, queue.ErrFull):
		const hint = "the operator has to free some; try again later"
		return problem.New(problem.Busy, "no space is left to keep it", hint), true
	case errors.Is(err, context.DeadlineExceeded):
		return problem.New(problem.Timeout, "", ""), true
	}
	return problem.New(problem.Internal, "", ""), true
}

// explainFetch tells a page that may not be read from one that could not be.
func explainFetch(e *fetch.Error) (*problem.Problem, bool) {
	switch e.Kind {
	case fetch.Refused:
		// Which address a name has become is not told: it is the operator's network.
		told := fmt.Sprintf("%.300s is not at a public address", e.Source)
		return problem.New(problem.FetchRefused, told, "only public pages are read"), false
	case fetch.NotAllowed:
		return problem.New(problem.FetchRefused, e.Error(), ""), false
	case fetch.TooLarge:
		return problem.New(problem.TooLarge, e.Error(), e.Hint()), false
	case fetch.Timeout:
		return problem.New(problem.FetchFailed, fmt.Sprintf("%.300s did not answer in time", e.Source), ""), true
	case fetch.Status:
		later := e.Code >= 500 || e.Code == http.StatusTooManyRequests || e.Code == http.StatusRequestTimeout
		return problem.New(problem.FetchFailed, e.Error(), statusHint(e.Code)), later
	case fetch.Unreachable:
		return problem.New(problem.FetchFailed, fmt.Sprintf("%.300s cannot be reached", e.Source), ""), true
	}
	return problem.New(problem.FetchFailed, fmt.Sprintf("%.300s cannot be read", e.Source), ""), false
}

// optionHint says what an option may be, by its name in a request: that of its flag
// has hyphens.
func optionHint(e *offprint.OptionError) string {
	if e.Option == "" || e.Want == "" {
		return e.Hint()
	}
	return e.Option + ": " + e.Want
}

func statusHint(code int) string {
	switch code {
	case http.StatusUnauthorized, http.StatusForbidden:
		return "the site turns programs away: send the page's HTML with base_url instead of its address"
	case http.StatusNotFound, http.StatusGone:
		return "the page is not there: check the address"
	}
	return ""
}

// reasonHint says what a caller of the service can do about a page that is no
// article.
func reasonHint(e *offprint.NotArticleError) string {
	switch e.Reason {
	case "login", "paywall":
		return "send the page's HTML, as a subscriber sees it, with base_url instead of its address"
	case "listing":
		return "the page lists articles: give the address of one of them"
	case "not-html":
		return "give the address of the article's HTML page"
	}
	return "check that the article's text stands in the page's HTML"
}
