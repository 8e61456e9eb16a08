package server

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"offprint"
	"offprint/internal/problem"
	"offprint/internal/queue"
)

// boundKeys are one for a server, of a host, and one that pages use; and one that may
// send any words.
func boundKeys(c *Config) {
	all := []Scope{Print, Email}
	c.Keys = keysOf(
		&testKey{id: "host", scopes: all, hosts: []string{"news.example"}},
		&testKey{id: "page", scopes: []Scope{Print}, hosts: []string{"news.example"}, origins: []string{"https://news.example"}},
		&testKey{id: "free", scopes: all},
	)
}

const ownArticle = `{"schema":1,"lang":"en","title":"Never said","blocks":[{"kind":"paragraph","text":"Never said."}]}`

// A bound key is for pages as they stand: whoever has it must not have the paper say, in
// its name and at its address, what it never said.
func TestBoundKeysTakeNoWords(t *testing.T) {
	const page = `"url":"https://news.example/a.html"`
	words := []string{
		`"html":"<p>Never said.</p>"`, `"html":"<p>Never said.</p>","base_url":"https://other.example/"`,
		`"html":"<p>Never said.</p>","base_url":"https://news.example/"`, `"article":` + ownArticle,
		page + `,"title":"Never said"`, page + `,"author":"Nobody"`, page + `,"date":"2020-01-01"`,
		page + `,"logo":"https://other.example/logo.png"`, page + `,"base_url":"https://news.example/"`,
	}
	letters := append([]string{page + `,"subject":"Win"`, page + `,"note":"Win"`, page + `,"sender":"The editor"`}, words...)
	f := ownFixture(t, boundKeys)
	ask := func(key, path, body string) *http.Response {
		headers := append(bearer(key), "Prefer", "respond-async")
		if key == "page" {
			headers = append(headers, "Origin", "https://news.example")
		}
		return f.ask("POST", path, "{"+body+"}", headers...)
	}
	refused := func(key, path, body string) {
		t.Helper()
		res := ask(key, path, body)
		if p := wantProblem(t, res, problem.Forbidden); p != nil && !strings.Contains(p.Hint, "leave") {
			t.Errorf("%s %s: %s", key, body, p.Hint)
		}
	}
	for _, key := range []string{"host", "page"} {
		for _, body := range words {
			refused(key, "/v1/pdf", body)
			refused(key, "/v1/parse", body)
		}
		if res := ask(key, "/v1/pdf", page+`,"font_size":"large","paper":"A5","columns":2,"images":"gray"`); res.StatusCode != 202 {
			t.Errorf("%s: a page as it stands: %s", key, res.Status)
		}
		refusedQuery := f.ask("GET", "/v1/pdf?url=https://news.example/a.html&title=x", "", bearer(key)...)
		wantProblem(t, refusedQuery, problem.Forbidden)
	}
	for _, body := range letters {
		refused("host", "/v1/email", body+`,"to":["a@example.com"]`)
	}
	refused("host", "/v1/email", page+`,"to":[{"email":"a@example.com","name":"You have won"}]`)
	readJob(t, ask("host", "/v1/email", page+`,"to":[{"email":"a@example.com","font_size":"large"}]`), 202)
	wantProblem(t, ask("page", "/v1/email", page+`,"to":["a@example.com"]`), problem.Forbidden)
	// Whom a service calls may be a server's choice, but not a page's.
	refused("page", "/v1/pdf", page+`,"callback":"https://other.example/"`)
	// A key without hosts and origins is a program's of the paper.
	for _, body := range words[3:] {
		if res := ask("free", "/v1/parse", body); res.StatusCode == http.StatusForbidden {
			t.Errorf("free %s: %s", body, res.Status)
		}
	}
}

// A job of before, when the key could still say anything, is not tried again.
func TestBoundKeysRetryNoWords(t *testing.T) {
	f := ownFixture(t, boundKeys)
	submit := func(request string) string {
		t.Helper()
		receipt, err := f.queue.Submit(t.Context(), queue.Submission{Kind: queue.PDF, Request: []byte(request)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.queue.Cancel(t.Context(), receipt.Job.ID); err != nil {
			t.Fatal(err)
		}
		return "/v1/jobs/" + receipt.Job.ID + "/retry"
	}
	for _, request := range []string{
		`{"by":"key host","html":"<p>Never said.</p>"}`, `{"by":"key host","url":"https://news.example/","note":"x"}`,
		`{"by":"key host","url":"https://other.example/"}`,
	} {
		wantProblem(t, f.ask("POST", submit(request), "", bearer("host")...), problem.Forbidden)
	}
	readJob(t, f.ask("POST", submit(`{"by":"key host","url":"https://news.example/"}`), "", bearer("host")...), 202)
	readJob(t, f.ask("POST", submit(`{"by":"key free","html":"<p>Said.</p>"}`), "", bearer("free")...), 202)
}

// What has no tag is closed: a new option or field cannot be opened by forgetting it.
func TestFieldsAreClosedUntilOpened(t *testing.T) {
	type request struct {
		PrintRequest
		New string `json:"new"`
	}
	if got := wordsIn(reflect.ValueOf(&request{New: "x"}), false); len(got) != 1 || got[0] != "new" {
		t.Errorf("wordsIn gives %q", got)
	}
	var closed []string
	for _, f := range offprint.OptionFields() {
		if !f.ForReaders {
			closed = append(closed, f.Name)
		}
	}
	if got := strings.Join(closed, " "); got != "logo title author date" {
		t.Errorf("closed options: %s", got)
	}
}
