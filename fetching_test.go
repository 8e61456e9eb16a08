package offprint

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/extract"
	"offprint/internal/fetch"
)

// Each kind of package fetch can be named by a caller.
func TestFetchKindsHaveNames(t *testing.T) {
	for own, inner := range map[FetchKind]fetch.Kind{
		FetchUnreachable: fetch.Unreachable,
		FetchTimeout:     fetch.Timeout,
		FetchStatus:      fetch.Status,
		FetchTooLarge:    fetch.TooLarge,
		FetchRefused:     fetch.Refused,
		FetchNotAllowed:  fetch.NotAllowed,
		FetchMissing:     fetch.Missing,
		FetchUnreadable:  fetch.Unreadable,
	} {
		if string(own) != string(inner) {
			t.Errorf("%q is %q inside", own, inner)
		}
		err := fetchError(&fetch.Error{Kind: inner, Source: "news.example", Code: 404, Err: os.ErrClosed})
		var named *FetchError
		if !errors.As(err, &named) || named.Kind != own || named.Code != 404 || !errors.Is(err, os.ErrClosed) {
			t.Errorf("%s became %#v", inner, err)
		}
	}
}

func TestOpenGivesFetchErrors(t *testing.T) {
	site := httptest.NewServer(http.NotFoundHandler())
	defer site.Close()
	for source, want := range map[string]FetchKind{
		site.URL:                             FetchStatus,
		filepath.Join(t.TempDir(), "a.html"): FetchMissing,
		"gopher://news.example/":             FetchRefused,
	} {
		_, err := Open(t.Context(), source, Options{})
		var named *FetchError
		if !errors.As(err, &named) || named.Kind != want || named.Hint() == "" {
			t.Errorf("%s: %#v, want kind %s", source, err, want)
		}
	}
}

// HTML that the caller holds is read as if it had come by standard input: its
// pictures may be where they might be for a page at the base URL, and no file is
// read for it unless the base URL is a file.
func TestOpenHTML(t *testing.T) {
	const html = `<html lang=zh-Hans><title>渡口</title><article><h1>渡口的早班船</h1><p>%</p><img src="a.png"></article>`
	page := strings.ReplaceAll(html, "%", strings.Repeat("天还没有亮，南汀渡口已经有人在等船。", 20))
	var asked []string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		http.NotFound(w, r)
	}))
	defer site.Close()

	open := func(base string, o Options) (*Document, error) {
		p, err := OpenHTML(t.Context(), strings.NewReader(page), base, o)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		art, err := p.Parse(t.Context())
		if err != nil {
			return nil, err
		}
		return p.Layout(t.Context(), art)
	}
	if _, err := open(site.URL+"/news/1.html", Options{Fonts: library}); err != nil {
		t.Fatal(err)
	}
	if len(asked) != 1 || asked[0] != "/news/a.png" {
		t.Errorf("with a base URL, the site was asked for %q", asked)
	}
	o := Options{Fonts: library}
	o.Fetch.BaseURL = site.URL + "/options/1.html"
	if _, err := open("", o); err != nil {
		t.Fatal(err)
	}
	if len(asked) != 2 || asked[1] != "/options/a.png" {
		t.Errorf("with the options' base URL, the site was asked for %q", asked)
	}

	var option *OptionError
	if _, err := open("nowhere/at/all", Options{}); !errors.As(err, &option) {
		t.Errorf("a base URL that is none: %v", err)
	}
	var named *FetchError
	large := strings.NewReader(strings.Repeat(" ", fetch.MaxPage+1))
	if _, err := OpenHTML(t.Context(), large, "", Options{}); !errors.As(err, &named) || named.Kind != FetchTooLarge {
		t.Errorf("more than a page: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := OpenHTML(ended, strings.NewReader(page), "", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the context's end: %v", err)
	}
}

// A library's caller has no flags: neither errors nor what they say can be done
// names one.
func TestHintsNameNoFlags(t *testing.T) {
	errs := []interface {
		error
		Hint() string
	}{
		&OptionError{Option: "font_size", Value: "tiny", Want: "small"},
		&LimitError{},
	}
	for _, kind := range []FetchKind{
		FetchUnreachable, FetchTimeout, FetchTooLarge, FetchRefused, FetchNotAllowed, FetchMissing, FetchUnreadable,
	} {
		errs = append(errs, &FetchError{Kind: kind, Source: "news.example", Err: fetch.ErrNoAddress})
	}
	for _, code := range []int{401, 403, 404, 410, 418, 429, 500} {
		errs = append(errs, &FetchError{Kind: FetchStatus, Code: code, Err: os.ErrClosed})
	}
	for _, reason := range []extract.Reason{
		extract.ReasonLogin, extract.ReasonPaywall, extract.ReasonListing, extract.ReasonEmpty, extract.ReasonNotHTML,
	} {
		errs = append(errs, &NotArticleError{Reason: reason})
	}
	for _, err := range errs {
		if hint := err.Hint(); hint == "" || strings.Contains(hint, "--") || strings.Contains(hint, "font-size") {
			t.Errorf("%#v: hint %q", err, hint)
		}
		if strings.Contains(err.Error(), "--") {
			t.Errorf("%#v: %v", err, err)
		}
	}
}

// Nor does a warning.
func TestWarningsNameNoFlags(t *testing.T) {
	const missing = "\U0010FFFD"
	page := `<html lang=zh-Hans><title>渡口</title><article><h1>渡口的早班船</h1><p>` + missing +
		strings.Repeat("天还没有亮,南汀渡口已经有人在等船.", 20) + `</p><img src="a.png"></article>`
	o := Options{Fonts: library, PrintOptions: PrintOptions{Drop: []int{99}}}
	p, err := OpenHTML(t.Context(), strings.NewReader(page), "", o)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	art, err := p.Parse(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := p.Layout(t.Context(), art)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, w := range doc.Warnings {
		told[w.Code] = true
		if strings.Contains(w.Message, "--") || strings.Contains(w.Message, "offprint") {
			t.Errorf("%s: %s", w.Code, w.Message)
		}
	}
	for _, code := range []string{"punctuation-widened", "missing-glyph", "drop-unused", "picture-failed"} {
		if !told[code] {
			t.Errorf("no warning %s in %v", code, doc.Warnings)
		}
	}
}
