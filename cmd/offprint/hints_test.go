package main

import (
	"fmt"
	"strings"
	"testing"

	"offprint"
	"offprint/article"
	"offprint/extract"
	"offprint/internal/fetch"
	"offprint/letter"
)

// The command's hints name the flag that helps.
func TestHintsNameTheFlag(t *testing.T) {
	for _, c := range []struct {
		err  error
		flag string
	}{
		{&offprint.OptionError{Option: "font_size", Want: "small"}, "font-size: small"},
		{&offprint.FetchError{Kind: offprint.FetchTimeout}, "--timeout 2m"},
		{&offprint.FetchError{Kind: offprint.FetchNotAllowed}, "allow_hosts in the section [fetch]"},
		{&offprint.FetchError{Kind: offprint.FetchStatus, Code: 401}, "--cookie-file or --header"},
		{&offprint.FetchError{Kind: offprint.FetchStatus, Code: 403}, "--cookie-file or --header"},
		{&offprint.FetchError{Kind: offprint.FetchStatus, Code: 404}, "the page is not there"},
		{&offprint.NotArticleError{Reason: extract.ReasonLogin}, "--cookie-file"},
		{&offprint.NotArticleError{Reason: extract.ReasonPaywall}, "--cookie-file"},
		{&offprint.NotArticleError{Reason: extract.ReasonListing}, "one of them"},
		{&letter.TooLargeError{What: "PDF"}, "mail.attach_limit"},
		{&letter.TooLargeError{What: "message"}, "--images none"},
	} {
		if hint := hintFor(fmt.Errorf("print: %w", c.err)); !strings.Contains(hint, c.flag) {
			t.Errorf("%#v: hint %q does not name %s", c.err, hint, c.flag)
		}
	}
}

// So do its warnings.
func TestWarningsNameTheFlag(t *testing.T) {
	for _, c := range []struct{ code, message, advice string }{
		{"punctuation-widened", "2 marks were set full width", "; --punctuation keep leaves them as they are"},
		{"missing-glyph", "no face has x: drawn as a stand-in", "; add a face with --font"},
		{"drop-unused", "there is no block 9", ", see offprint inspect --stage article"},
		{"picture-failed", "picture a.png: fetch a.png: " + fetch.ErrNoAddress.Error(), ": say it with --base-url"},
		{"logo-failed", "fetch a.png: " + fetch.ErrNoAddress.Error(), ": say it with --base-url"},
		{"picture-failed", "picture a.png: gone", ""},
	} {
		if got := warningAdvice(article.Warning{Code: c.code, Message: c.message}); got != c.advice {
			t.Errorf("%s: %q, want %q", c.message, got, c.advice)
		}
	}
}
