package server

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"offprint/internal/problem"
)

// The page is in the reader's language, shows the document in a frame, and has no
// script or style that its policy does not name.
func TestPrintPage(t *testing.T) {
	f := ownFixture(t, nil)
	s := &sample{path: "/print/HASH"}
	withDocument(t, f, s)
	hash := strings.TrimPrefix(s.path, "/print/")
	for accept, want := range map[string]string{"": "en", "zh-CN": "zh-Hans", "zh-HK": "zh-Hant", "ja": "ja", "ko": "ko"} {
		res := f.ask("GET", s.path, "", "Accept-Language", accept)
		body := string(bodyOf(t, res, 200))
		for _, part := range []string{
			`<html lang="` + want + `">`, `<iframe id="pdf" src="/v1/pdf/` + hash + `.pdf"`, `<a href="/v1/pdf/` + hash + `.pdf" download>`,
			`<script src="/print.js" type="module"></script>`, printPageWords[want]["title"],
		} {
			if !strings.Contains(body, part) {
				t.Errorf("%s: no %s in %s", want, part, body)
			}
		}
		csp := res.Header.Get("Content-Security-Policy")
		if strings.Contains(csp, "unsafe") || !strings.Contains(csp, "script-src 'self'; frame-src 'self'") || strings.Count(body, "<script") != 1 {
			t.Errorf("policy %s", csp)
		}
	}
	wantProblem(t, f.ask("GET", "/print/x", ""), problem.NotFound)
	for lang, words := range printPageWords {
		if !slices.Equal(slices.Sorted(maps.Keys(words)), slices.Sorted(maps.Keys(printPageWords["en"]))) {
			t.Errorf("%s: words %v", lang, words)
		}
	}
}

// The buttons can be kept for ever under their hash, and loaded with integrity.
func TestButtonsScript(t *testing.T) {
	f := newFixture(t, nil)
	for path, cache := range map[string]string{"/buttons.js": shortly, "/buttons." + buttonsScript.hash + ".js": forever, "/print.css": shortly} {
		res := f.ask("GET", path, "", "Origin", "https://news.example")
		body := bodyOf(t, res, 200)
		if len(body) == 0 || res.Header.Get("Cache-Control") != cache || res.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d bytes, %v", path, len(body), res.Header)
		}
	}
	wantProblem(t, f.ask("GET", "/buttons.0123456789abcdef.js", ""), problem.NotFound)
}
