package main

import (
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/keys"
)

// The command line and the service of one configuration mail alike: to nobody who
// unsubscribed at either, with the same links and the same fields.
func TestEmailBesideService(t *testing.T) {
	box, port := openLetterBox(t)
	s := startService(t, fmt.Sprintf(`
[site]
name = "南汀日報"
public_url = "https://print.nanting.example"
[mail]
host = "127.0.0.1"
port = %d
tls = "none"
from = "南汀日報 <news@offprint.example>"
`, port))
	ring, err := keys.Open(s.data)
	if err != nil {
		t.Fatal(err)
	}
	key, _, err := ring.Create(keys.Params{Name: "test", Scopes: []keys.Scope{keys.Scope("email")}})
	if err != nil {
		t.Fatal(err)
	}
	article := map[string]any{
		"article": map[string]any{"title": "渡口", "lang": "zh-Hans", "blocks": []any{map[string]any{"kind": "paragraph", "text": "早班船。"}}},
		"to":      []string{"reader@example.com", "other@example.com"},
	}
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) { // until the new key is seen
		answer, body := s.ask("POST", "/v1/email", article, "Authorization", "Bearer "+key)
		if answer.StatusCode == http.StatusAccepted {
			break
		}
		if answer.StatusCode != http.StatusUnauthorized || time.Now().After(end) {
			t.Fatalf("POST /v1/email: %d %s", answer.StatusCode, body)
		}
	}
	await := func(reader string, n int) mail.Header {
		t.Helper()
		for end := time.Now().Add(30 * time.Second); len(box.of(reader)) < n; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s has %d letters, want %d\n%s", reader, len(box.of(reader)), n, s.log)
			}
		}
		message, err := mail.ReadMessage(strings.NewReader(box.of(reader)[n-1]))
		if err != nil {
			t.Fatal(err)
		}
		return message.Header
	}
	// 1. A reader unsubscribes by the button of a mail program.
	header := await("reader@example.com", 1)
	link, _, _ := strings.Cut(strings.TrimPrefix(header.Get("List-Unsubscribe"), "<"), ">")
	at, err := url.Parse(link)
	if err != nil || at.Host != "print.nanting.example" {
		t.Fatalf("link %q, %v", link, err)
	}
	answer, err := http.Post(s.base+at.Path, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("unsubscribe: %v, %v", answer, err)
	}
	answer.Body.Close()
	// 2. The command line beside the service.
	email := func(dataDir string, args ...string) string {
		t.Helper()
		out := &safeBuffer{}
		a := &app{stdin: strings.NewReader(""), stdout: out, stderr: out}
		root := a.rootCommand()
		root.SetArgs(append([]string{"email", "testdata/page/page.html", "--config", s.file, "--data-dir", dataDir, "--json"}, args...))
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Errorf("email: %v\n%s", err, out)
		}
		return out.String()
	}
	journal := filepath.Join(t.TempDir(), "run.jsonl")
	for range 2 {
		said := email(s.data, "--to", "Reader@Example.com", "--to", "other@example.com", "--journal", journal)
		if !strings.Contains(said, `"recipient":"Reader@example.com","state":"suppressed"`) || !strings.Contains(said, `"state":"sent"`) {
			t.Errorf("it says:\n%s", said)
		}
	}
	ours, theirs := await("other@example.com", 2), await("other@example.com", 1)
	if n := len(box.of("reader@example.com")) + len(box.of("Reader@example.com")); n != 1 || len(box.of("other@example.com")) != 2 {
		t.Errorf("the reader got %d letters, the other %d", n, len(box.of("other@example.com")))
	}
	for _, name := range []string{"List-Unsubscribe", "List-Unsubscribe-Post", "From", "Auto-Submitted"} {
		if ours.Get(name) != theirs.Get(name) || ours.Get(name) == "" {
			t.Errorf("%s: %q here, %q from the service", name, ours.Get(name), theirs.Get(name))
		}
	}
	for who, header := range map[string]mail.Header{"command": ours, "service": theirs} {
		if id := header.Get("Feedback-ID"); !strings.HasSuffix(id, ":email:offprint") || len(id) != 12+len(":email:offprint") {
			t.Errorf("the %s's Feedback-ID is %q", who, id)
		}
	}
	// 3. Without a service, nothing is made, and nobody is known.
	none := filepath.Join(t.TempDir(), "none")
	email(none, "--to", "reader@example.com")
	if header := await("reader@example.com", 2); strings.Contains(header.Get("List-Unsubscribe"), "https:") {
		t.Errorf("a link that no service answers: %s", header.Get("List-Unsubscribe"))
	}
	if _, err := os.Stat(none); !os.IsNotExist(err) {
		t.Errorf("a data folder was made: %v", err)
	}
	// 4. Where it cannot be told who wants no mail, there is none.
	if err := os.Remove(filepath.Join(s.data, "queue.secret")); err != nil {
		t.Fatal(err)
	}
	a := &app{stdin: strings.NewReader(""), stdout: &safeBuffer{}, stderr: &safeBuffer{}}
	root := a.rootCommand()
	root.SetArgs([]string{"email", "testdata/page/page.html", "--config", s.file, "--data-dir", s.data, "--to", "third@example.com"})
	if err := root.ExecuteContext(t.Context()); exitCode(err) != exitRender || hintFor(err) == "" {
		t.Errorf("without the secret: %v", err)
	}
}
