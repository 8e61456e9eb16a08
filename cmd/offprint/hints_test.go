package main

import (
	"fmt"
	"strings"
	"testing"

	"offprint"
	"offprint/extract"
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
