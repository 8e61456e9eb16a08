package main

import (
	"net/http"
	"strings"

	"offprint"
	"offprint/article"
	"offprint/extract"
	"offprint/internal/fetch"
	"offprint/letter"
)

// flagHint says what can be done about an error of the library in the words of
// the command: its flags, and its configuration. It is "" where the library's own
// words are as good.
func flagHint(err any) string {
	switch e := err.(type) {
	case *offprint.OptionError:
		if e.Want != "" {
			return strings.ReplaceAll(e.Option, "_", "-") + ": " + e.Want
		}
	case *offprint.FetchError:
		return fetchHint(e)
	case *offprint.NotArticleError:
		switch e.Reason {
		case extract.ReasonLogin:
			return "open the page in a browser where you are signed in, save it as HTML and give that file, " +
				"or pass --cookie-file"
		case extract.ReasonPaywall:
			return "only the open part of the article is in the page; give a page saved by a subscriber, or pass --cookie-file"
		}
	case *letter.TooLargeError:
		if e.What == "PDF" {
			return "leave the pictures out (--images none), send no PDF (--attach none), or raise mail.attach_limit"
		}
		return "the server takes no larger messages: leave the pictures out (--images none) or send no PDF (--attach none)"
	}
	return ""
}

func fetchHint(e *offprint.FetchError) string {
	turnedAway := e.Code == http.StatusUnauthorized || e.Code == http.StatusForbidden
	switch {
	case e.Kind == offprint.FetchTimeout:
		return "try again, or allow more time with --timeout 2m"
	case e.Kind == offprint.FetchNotAllowed:
		return "add the host to allow_hosts in the section [fetch] of the configuration"
	case e.Kind == offprint.FetchStatus && turnedAway:
		return "the site wants a login or turns programs away: " +
			"pass --cookie-file or --header, or save the page in a browser and print the file"
	}
	return ""
}

// warningAdvice is what the command adds to a warning of the library: the flag that
// helps, "" where none does.
func warningAdvice(w article.Warning) string {
	switch {
	case w.Code == "punctuation-widened":
		return "; --punctuation keep leaves them as they are"
	case w.Code == "missing-glyph":
		return "; add a face with --font"
	case w.Code == "drop-unused":
		return ", see offprint inspect --stage article"
	case strings.HasSuffix(w.Message, fetch.ErrNoAddress.Error()): // of a picture or a logo
		return ": say it with --base-url"
	}
	return ""
}
