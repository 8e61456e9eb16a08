package press

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"

	"offprint"
	"offprint/extract"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/letter"
)

// Explain says what callers are told of an error, and whether the same request
// may go well later. Any other error becomes internal; its text goes only
// to the log.
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
		return problem.New(problem.BadRequest, option.Error(), option.Hint()), false
	case errors.As(err, &unwritable):
		return problem.New(problem.BadRequest, unwritable.Error(), ""), false
	case errors.As(err, &fetched):
		return explainFetch(fetched)
	case errors.As(err, &not):
		hint := cmp.Or(articleHints[not.Reason], articleHints[extract.ReasonEmpty])
		p := problem.New(problem.NotAnArticle, not.Error(), hint)
		p.Reason = string(not.Reason)
		return p, false
	case errors.As(err, &limit):
		return problem.New(problem.TooLarge, limit.Error(), ""), false
	case errors.As(err, &tooLarge):
		const smaller = `leave the pictures out ("images": "none"), or send no PDF ("attach": "none")`
		return problem.New(problem.MailRefused, tooLarge.Error(), smaller), false
	case errors.As(err, &layout):
		return problem.New(problem.RenderFailed, layout.Error(), ""), false
	case errors.Is(err, store.ErrNotFound):
		const gone = "no such document, or no longer"
		return problem.New(problem.NotFound, gone, "ask for it anew: GET /v1/pdf?url=…"), false
	case errors.Is(err, store.ErrTooLarge):
		return problem.New(problem.TooLarge, "the document is larger than is kept here", ""), false
	case errors.Is(err, store.ErrFull), errors.Is(err, queue.ErrFull):
		const full = "no space is left to keep it"
		return problem.New(problem.Busy, full, "the operator has to free some; try again later"), true
	case errors.Is(err, context.DeadlineExceeded):
		return problem.New(problem.Timeout, "the document was not made in time", ""), true
	}
	return problem.New(problem.Internal, "the reason stands in the log of the service", ""), true
}

// explainFetch distinguishes a forbidden page from a failed fetch.
func explainFetch(e *offprint.FetchError) (*problem.Problem, bool) {
	failed := func(what string) *problem.Problem {
		return problem.New(problem.FetchFailed, fmt.Sprintf("%.300s %s", e.Source, what), "")
	}
	switch e.Kind {
	case offprint.FetchRefused:
		// Which address a name has become is not told: it is the operator's network.
		detail := fmt.Sprintf("%.300s is not at a public address", e.Source)
		return problem.New(problem.FetchRefused, detail, "only public pages are read"), false
	case offprint.FetchNotAllowed:
		return problem.New(problem.FetchRefused, e.Error(), ""), false
	case offprint.FetchTooLarge:
		return problem.New(problem.TooLarge, e.Error(), e.Hint()), false
	case offprint.FetchTimeout:
		return failed("did not answer in time"), true
	case offprint.FetchStatus:
		busy := e.Code == http.StatusTooManyRequests || e.Code == http.StatusRequestTimeout
		return problem.New(problem.FetchFailed, e.Error(), statusHints[e.Code]), busy || e.Code >= 500
	case offprint.FetchUnreachable:
		return failed("cannot be reached"), true
	}
	return failed("cannot be read"), false
}

// What callers of the service can do, where it is not what the library says: they
// send HTML, and have neither files nor flags.
const (
	sendHTML = "the site turns programs away: send the page's HTML with base_url instead of its address"
	sendOwn  = "send the page's HTML, as a subscriber sees it, with base_url instead of its address"
	notThere = "the page is not there: check the address"
)

// statusHints are the hints at answers of a page's site.
var statusHints = map[int]string{
	http.StatusUnauthorized: sendHTML,
	http.StatusForbidden:    sendHTML,
	http.StatusNotFound:     notThere,
	http.StatusGone:         notThere,
}

// articleHints are the hints at pages that are no article.
var articleHints = map[extract.Reason]string{
	extract.ReasonLogin:   sendOwn,
	extract.ReasonPaywall: sendOwn,
	extract.ReasonListing: "the page lists articles: give the address of one of them",
	extract.ReasonEmpty:   "check that the article's text stands in the page's HTML",
	extract.ReasonNotHTML: "give the address of the article's HTML page",
}
