package server

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"offprint/internal/problem"
)

func TestDocs(t *testing.T) {
	f := newFixture(t, nil)
	page, _ := io.ReadAll(f.ask("GET", "/docs", "").Body)
	text := string(page)
	for _, r := range f.routes {
		if !strings.Contains(text, `id="`+r.ID+`"`) || !strings.Contains(text, r.Summary) {
			t.Errorf("the page lacks %s", r.ID)
		}
		if !strings.Contains(r.Curl, "{base}"+r.Path[:strings.IndexByte(r.Path+"{", '{')]) {
			t.Errorf("%s has no example: %q", r.ID, r.Curl)
		}
	}
	for _, kind := range problem.Codes {
		if !strings.Contains(text, `href="/problems/`+string(kind.Code)+`"`) {
			t.Errorf("the page lacks %s", kind.Code)
		}
	}
	for _, schema := range []string{"PrintRequest", "Article", "Block", "Problem"} {
		if !strings.Contains(text, `id="schema-`+schema+`"`) {
			t.Errorf("the page lacks the schema %s", schema)
		}
	}
	// Every link leads somewhere on the page or at the service.
	for _, link := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if id, ok := strings.CutPrefix(link[1], "#"); ok {
			if !strings.Contains(text, `id="`+id+`"`) {
				t.Errorf("%s leads nowhere", link[1])
			}
		} else if res := f.ask("GET", link[1], ""); res.StatusCode != 200 {
			t.Errorf("%s: status %d", link[1], res.StatusCode)
		}
	}
}

// TestDocsAreTheSame: nothing in the documents is left to the order of a map.
func TestDocsAreTheSame(t *testing.T) {
	first := newFixture(t, nil)
	for range 5 {
		again := newFixture(t, nil)
		if !bytes.Equal(again.docsPage, first.docsPage) || !bytes.Equal(again.spec, first.spec) {
			t.Fatal("the documents differ from start to start")
		}
	}
}

// TestPagesLoadNothing: what a browser would load by itself stands in the page.
func TestPagesLoadNothing(t *testing.T) {
	f := newFixture(t, nil)
	loads := regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|video|audio|base|form)|url\(|@import|\son[a-z]+=`)
	for _, path := range []string{"/docs", "/problems/busy"} {
		page, _ := io.ReadAll(f.ask("GET", path, "", "Accept", "text/html").Body)
		if found := loads.FindString(string(page)); found != "" {
			t.Errorf("%s has %s", path, found)
		}
		if strings.Contains(string(page), "ZgotmplZ") {
			t.Errorf("%s: the template refused a value", path)
		}
	}
}

func TestMarked(t *testing.T) {
	const in = "Gives `a<b` & more.\n\n`x` alone"
	const want = "<p>Gives <code>a&lt;b</code> &amp; more.</p><p><code>x</code> alone</p>"
	if got := string(marked(in)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
