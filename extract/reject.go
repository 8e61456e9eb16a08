package extract

import (
	"fmt"

	"offprint/extract/internal/dom"
)

// Reason says why a page is not an article. It is one word, fit for JSON.
type Reason string

// The reasons of a [NotArticleError].
const (
	ReasonLogin   Reason = "login"    // the page asks who the reader is
	ReasonPaywall Reason = "paywall"  // only the beginning is there
	ReasonListing Reason = "listing"  // it lists articles
	ReasonEmpty   Reason = "empty"    // there is no text, or too little of it
	ReasonNotHTML Reason = "not-html" // it is a PDF, a picture, JSON, …
)

// NotArticleError says that a page was read and holds no article.
// The command ends with exit code 4 for it.
type NotArticleError struct {
	Reason Reason
	URL    string
	Detail string // what was seen, in words
}

func (e *NotArticleError) Error() string {
	where := e.URL
	if where == "" {
		where = "the page"
	}
	return fmt.Sprintf("read %s: not an article (%s): %s", where, e.Reason, e.Detail)
}

// Hint says what the user can do about it.
func (e *NotArticleError) Hint() string {
	switch e.Reason {
	case ReasonLogin:
		return "open the page in a browser where you are signed in, save it as HTML and give that file, " +
			"or send its cookies"
	case ReasonPaywall:
		return "only the open part of the article is in the page; give a page saved by a subscriber, or send its cookies"
	case ReasonListing:
		return "this page lists articles; give the address of one of them"
	case ReasonNotHTML:
		return "give the address or file of the article's HTML page"
	default:
		return "if a script writes the text into the page, save the page from a browser and give that file; " +
			"a publisher can mark the text with data-offprint=\"body\""
	}
}

// LimitError says that a page is larger than this package reads.
// The command ends with exit code 4 for it.
type LimitError = dom.LimitError
