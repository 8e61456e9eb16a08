package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"offprint/internal/queue"
)

// running is a service under test.
type running struct {
	t    *testing.T
	base string // of the API
	ops  string // of the operator's pages
	file string // the configuration
	data string // the data folder
	out  *safeBuffer
	log  *safeBuffer
	stop func() error // SIGTERM, and what serve gives back
}

// startService runs offprint serve in this process, on ports of its own.
func startService(t *testing.T, config string, args ...string) *running {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "offprint.toml")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &running{t: t, file: path, data: filepath.Join(dir, "data"), out: &safeBuffer{}, log: &safeBuffer{}}
	a := &app{stdin: strings.NewReader(""), stdout: s.out, stderr: s.log}
	root := a.rootCommand()
	root.SetArgs(append([]string{"serve", "--config", path, "--data-dir", s.data, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}, args...))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- root.ExecuteContext(ctx) }()
	var once sync.Once
	var result error
	s.stop = func() error {
		once.Do(func() {
			cancel()
			result = <-ended
		})
		return result
	}
	t.Cleanup(func() { s.stop() })
	welcome := regexp.MustCompile(`offprint is at (http://\S+) .* at (http://\S+)/\n`)
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if found := welcome.FindStringSubmatch(s.out.String()); found != nil {
			s.base, s.ops = found[1], found[2]
			return s
		}
		select {
		case err := <-ended:
			ended <- err // stop wants it, too
			t.Fatalf("service ended: %v\n%s", err, s.log)
		default:
		}
		if time.Now().After(end) {
			t.Fatalf("service did not begin in 30 s:\n%s", s.log)
		}
	}
}

// awaitReady waits until the service says that it is, its worker included.
func (s *running) awaitReady() {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		resp, err := http.Get(s.base + "/readyz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(end) {
			s.t.Fatalf("service is not ready: %v\n%s", err, s.log)
		}
	}
}

// safeBuffer can be read while it is written to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// ask sends JSON, or nothing, and gives the answer.
func (s *running) ask(method, path string, body any, headers ...string) (*http.Response, []byte) {
	s.t.Helper()
	var content io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		content = bytes.NewReader(data)
	}
	if !strings.HasPrefix(path, "http") {
		path = s.base + path
	}
	r, err := http.NewRequest(method, path, content)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, data
}

// finished waits until a job is over.
func (s *running) finished(id string) *queue.Job {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		answer, body := s.ask("GET", "/v1/jobs/"+id, nil)
		var job queue.Job
		if err := json.Unmarshal(body, &job); err != nil || answer.StatusCode != 200 {
			s.t.Fatalf("job %s: %d %s (%v)", id, answer.StatusCode, body, err)
		}
		if job.State.Final() {
			return &job
		}
		if time.Now().After(end) {
			s.t.Fatalf("job %s is %s after 30 s: %s\n%s", id, job.State, body, s.log)
		}
	}
}

// letterBox is an SMTP server that keeps what it takes.
type letterBox struct {
	mu   sync.Mutex
	mail map[string][]string // by recipient
}

func openLetterBox(t *testing.T) (*letterBox, int) {
	t.Helper()
	box := &letterBox{mail: map[string][]string{}}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &boxSession{box: box}, nil }))
	server.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return box, l.Addr().(*net.TCPAddr).Port
}

func (b *letterBox) of(recipient string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.mail[recipient]
}

type boxSession struct {
	box *letterBox
	to  string
}

func (s *boxSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *boxSession) Reset()                               {}
func (s *boxSession) Logout() error                        { return nil }
func (s *boxSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *boxSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.mail[s.to] = append(s.box.mail[s.to], string(data))
	return nil
}

// A newsroom's day: a page is printed, mailed, published by a hook and taken back,
// and the service ends in good order.
func TestServe(t *testing.T) {
	site := httptest.NewServer(newSite())
	t.Cleanup(site.Close)
	box, port := openLetterBox(t)
	dir := t.TempDir()
	list, secret := filepath.Join(dir, "list.csv"), filepath.Join(dir, "secret")
	for name, words := range map[string]string{list: "email,lang\nlist@example.com,zh-Hant\n", secret: "0123456789abcdef0123456789abcdef\n"} {
		if err := os.WriteFile(name, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := startService(t, fmt.Sprintf(`
[mail]
host = "127.0.0.1"
port = %d
tls = "none"
from = "南汀日報 <news@offprint.example>"
[fetch]
deny_private = false
[lists.daily]
recipients_file = %q
[hooks.cms]
source = "generic"
verify = "header"
secret_file = %q
event_path = "event"
url_path = "url"
actions = ["render", "email:daily"]
`, port, list, secret))

	page := site.URL + "/page.html"
	// 1. The three lines of the welcome, as a person would try them.
	if n := strings.Count(s.out.String(), "  curl "); n != 3 {
		t.Errorf("the welcome has %d lines to try:\n%s", n, s.out)
	}
	answer, pdf := s.ask("POST", "/v1/pdf", map[string]any{"url": page, "font_size": "large"})
	if answer.StatusCode != 200 || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Fatalf("POST /v1/pdf: %d %.300s", answer.StatusCode, pdf)
	}
	answer, body := s.ask("POST", "/v1/email", map[string]any{"url": page, "to": []string{"reader@example.com"}})
	var job queue.Job
	if err := json.Unmarshal(body, &job); err != nil || answer.StatusCode != 202 {
		t.Fatalf("POST /v1/email: %d %s", answer.StatusCode, body)
	}
	if done := s.finished(job.ID); done.State != queue.Done || len(box.of("reader@example.com")) != 1 {
		t.Errorf("mail job: %+v, %d letters", done, len(box.of("reader@example.com")))
	}
	// 2. A hook, six times over.
	for range 6 {
		answer, body := s.ask("POST", "/v1/hooks/cms", map[string]any{"event": "published", "url": page}, "Authorization", "0123456789abcdef0123456789abcdef")
		if answer.StatusCode != 202 {
			t.Fatalf("hook: %d %s", answer.StatusCode, body)
		}
	}
	for end := time.Now().Add(30 * time.Second); len(box.of("list@example.com")) == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	// 3. The operator's pages.
	if answer, body := s.ask("GET", s.ops+"/metrics", nil); answer.StatusCode != 200 || !bytes.Contains(body, []byte("offprint_")) {
		t.Errorf("metrics: %d", answer.StatusCode)
	}
	if answer, _ := s.ask("GET", "/readyz", nil); answer.StatusCode != 200 {
		t.Errorf("readyz: %d", answer.StatusCode)
	}
	if err := s.stop(); err != nil {
		t.Errorf("serve: %v\n%s", err, s.log)
	}
	if n := len(box.of("list@example.com")); n != 1 {
		t.Errorf("the list got %d letters", n)
	}
	for _, secretWord := range []string{"reader@example.com", "list@example.com", "0123456789abcdef", page} {
		if strings.Contains(s.log.String(), secretWord) {
			t.Errorf("the log tells %s:\n%s", secretWord, s.log)
		}
	}
}

// What is wrong with the configuration is said before anything listens.
func TestServeRefuses(t *testing.T) {
	for _, c := range []struct{ name, config, words string }{
		{"hook that anybody could call", "[site]\npublic_url = \"https://print.news.example\"\n[hooks.cms]\nsource = \"generic\"\nverify = \"none\"\nurl_path = \"url\"\n", "hooks.cms"},
		{"list that is not there", "[hooks.cms]\nsource = \"generic\"\nverify = \"none\"\nurl_path = \"url\"\nactions = [\"email:nobody\"]\n", "nobody"},
		{"mail without a sender", "[mail]\nhost = \"127.0.0.1\"\ntls = \"none\"\n", "from"},
		{"secret that is not there", "[hooks.cms]\nsource = \"ghost\"\nsecret_file = \"none.secret\"\n", "none.secret"},
		{"limits", "[limits]\nslots = -1\n", "slots"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "offprint.toml")
		if err := os.WriteFile(path, []byte(c.config), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, log bytes.Buffer
		code := run([]string{"serve", "--config", path, "--data-dir", dir, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}, strings.NewReader(""), &out, &log)
		if code != exitUsage || !strings.Contains(log.String(), c.words) || !strings.Contains(log.String(), "hint:") {
			t.Errorf("%s: exit %d\n%s", c.name, code, log.String())
		}
	}
}

// Two workers would send twice.
func TestServeOnce(t *testing.T) {
	s := startService(t, "")
	s.awaitReady() // the first worker has begun: else the second might be the first
	var out, log bytes.Buffer
	code := run([]string{"worker", "--data-dir", s.data}, strings.NewReader(""), &out, &log)
	if code != exitUsage || !strings.Contains(log.String(), "another process is working") {
		t.Errorf("second worker: exit %d\n%s", code, log.String())
	}
	code = run([]string{"serve", "--data-dir", s.data, "--config", s.file, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}, strings.NewReader(""), &out, &log)
	if code != exitUsage || out.Len() > 0 {
		t.Errorf("second service: exit %d, and it says it is there:\n%s", code, out.String())
	}
}

// What is damaged in the data folder is named, with what to do about it.
func TestServeDamaged(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "offprint.toml")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, words, hint string }{
		{"offprint.db", "the database is damaged", "backup"},
		{"keys.json", "it is damaged", "backup"},
		{"queue.secret", "want 32: restore it", "data_dir"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, c.file), bytes.Repeat([]byte("?"), 9), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, log bytes.Buffer
		code := run([]string{"serve", "--config", empty, "--data-dir", dir, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}, strings.NewReader(""), &out, &log)
		_, hint, _ := strings.Cut(log.String(), "hint:")
		if code != exitRender || !strings.Contains(log.String(), c.words) || !strings.Contains(hint, c.hint) || out.Len() > 0 {
			t.Errorf("%s: exit %d\n%s%s", c.file, code, out.String(), log.String())
		}
	}
}

// The welcome of a service with keys leads to a key of that service.
func TestWelcomeWithKeys(t *testing.T) {
	s := startService(t, "[site]\nhosts = [\"news.example\"]\npublic_url = \"https://print.news.example\"\n")
	line := regexp.MustCompile(`OFFPRINT_KEY=\$\(offprint (.*)\)`).FindStringSubmatch(s.out.String())
	if line == nil || !strings.Contains(s.out.String(), `"https://news.example/a.html"`) {
		t.Fatalf("welcome:\n%s", s.out)
	}
	var key, log bytes.Buffer
	if code := run(strings.Fields(strings.ReplaceAll(line[1], `"`, "")), strings.NewReader(""), &key, &log); code != 0 {
		t.Fatalf("%s: exit %d\n%s", line[1], code, log.String())
	}
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		answer, body := s.ask("GET", "/v1/jobs/none", nil, "Authorization", "Bearer "+strings.TrimSpace(key.String()))
		if answer.StatusCode == http.StatusNotFound {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("its key is not taken: %d %s", answer.StatusCode, body)
		}
	}
}
