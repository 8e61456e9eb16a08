package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/mailer"
	"offprint/server/readers"
)

const (
	formSecret  = "a secret that pages' tokens are signed with"
	sampleShare = `{"url": "https://news.example/a.html", "to": ["reader@example.com"]}`
)

func readerForm(change func(*readers.Config)) *ReaderForm {
	form := &ReaderForm{
		Config:  readers.Config{Enabled: true, ChallengeBits: 8},
		Secrets: func() [][]byte { return [][]byte{[]byte(formSecret)} },
		Key:     bytes.Repeat([]byte{9}, 32),
	}
	if change != nil {
		change(&form.Config)
	}
	return form
}

// withReaders turns the form on, and fills in a sample's token and challenge.
func withReaders(t *testing.T, f *fixture, s *sample) {
	f.config.Readers, f.config.PublicHosts = readerForm(nil), []string{"news.example"}
	f.press.print = &press.Print{Key: store.ContentKey([]byte("x")), Meta: store.Meta{Subject: "A title - Daily"}}
	const page = "https://news.example/a.html"
	s.path = strings.Replace(s.path, "TOKEN", readers.Token([]byte(formSecret), page, time.Now().Add(time.Hour)), 1)
	if s.body != "" {
		s.body = toJSON(t, f.letter(page, time.Now(), "reader@example.com"))
	}
}

// letter is a good one, that was begun long enough before now.
func (f *fixture) letter(page string, now time.Time, to ...string) *ShareRequest {
	c := readers.NewChallenge(f.config.Readers.Key, page, 8, now.Add(-readers.Soonest))
	return &ShareRequest{
		URL: page, Token: readers.Token([]byte(formSecret), page, now.Add(time.Hour)),
		Challenge: c.Text, Solution: c.Solve(), To: to,
	}
}

// formFixture is a server whose form and queue go by one clock, which the test moves.
type formFixture struct {
	*fixture
	mu  sync.Mutex
	at  time.Time
	dir string
}

func (f *formFixture) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}

func (f *formFixture) wait(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = f.at.Add(d)
}

const formPage = "https://news.example/a.html"

func newForm(t testing.TB, change func(*Config)) *formFixture {
	t.Helper()
	f := &formFixture{at: time.Now().Truncate(24 * time.Hour), dir: t.TempDir()}
	f.open(t, change)
	return f
}

// open starts the server, anew or for the first time, on the same data folder.
func (f *formFixture) open(t testing.TB, change func(*Config)) {
	t.Helper()
	q, err := queue.Open(t.Context(), queue.Options{Dir: f.dir, Now: f.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	f.fixture = newFixture(t, func(c *Config) {
		c.Queue, c.Now, c.Readers = q, f.now, readerForm(nil)
		c.PublicURL, c.PublicHosts = publicURL, []string{"news.example"}
		c.Limits = Limits{PerIPPerMinute: -1}
		if change != nil {
			change(c)
		}
	})
	f.fixture.queue = q
	f.press.print = &press.Print{Key: store.ContentKey([]byte("x")), Meta: store.Meta{Subject: "A title - Daily"}}
}

func (f *formFixture) post(t testing.TB, from string, in *ShareRequest) *http.Response {
	t.Helper()
	return f.ask("POST", "/v1/share-email", toJSON(t, in), "Host", "print.news.example", "From", from+":1", "Origin", "https://news.example")
}

// jobs counts the letters on the queue that may be sent, by recipient.
func (f *formFixture) letters(t testing.TB) map[string]int {
	t.Helper()
	jobs, err := f.queue.Jobs(context.Background(), queue.Filter{Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	sent := map[string]int{}
	for _, j := range jobs {
		whole, err := f.queue.Job(context.Background(), j.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range whole.Deliveries {
			if d.State != mailer.Suppressed {
				sent[d.Recipient]++
			}
		}
	}
	return sent
}

// The dialog's whole way: challenge, work, letter.
func TestShareEmail(t *testing.T) {
	f := newForm(t, func(c *Config) { c.Publisher = "Daily" })
	token := readers.Token([]byte(formSecret), formPage, f.now().Add(time.Hour))
	const origin = "https://news.example"
	res := f.ask("GET", "/v1/challenge?url="+formPage+"&token="+token, "", "Host", "print.news.example", "From", "192.0.2.1:1", "Origin", origin)
	var view FormView
	if err := json.Unmarshal(bodyOf(t, res, 200), &view); err != nil {
		t.Fatal(err)
	}
	if res.Header.Get("Access-Control-Allow-Origin") != origin || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", res.Header)
	}
	picture := "https://print.news.example/v1/pages/" + f.press.print.Key.String() + "/1.png"
	if view.Subject != "A title - Daily" || view.SenderName != "Daily" || view.Note || !slices.Equal(view.Pages, []string{picture}) || view.Bits != 8 ||
		view.NotBefore != f.now().Unix()+5 || view.Expires != f.now().Unix()+7200 {
		t.Errorf("challenge %+v", view)
	}
	c, err := readers.ReadChallenge(f.config.Readers.Key, formPage, view.Challenge)
	if err != nil {
		t.Fatal(err)
	}
	in := &ShareRequest{URL: formPage, Token: token, Challenge: view.Challenge, Solution: c.Solve(), To: []string{"reader@example.com"}, Sender: "林小满", FontSize: "large", Lang: "zh-Hant"}
	early := f.post(t, "192.0.2.1", in)
	wantProblem(t, early, problem.RateLimited)
	if early.Header.Get("Retry-After") != "5" {
		t.Errorf("Retry-After: %s", early.Header.Get("Retry-After"))
	}
	f.wait(5 * time.Second)
	for range 2 { // the second is a repeat
		if body := bodyOf(t, f.post(t, "192.0.2.1", in), 202); strings.TrimSpace(string(body)) != `{"accepted":true}` {
			t.Errorf("answer %s", body)
		}
	}
	if sent := f.letters(t); len(sent) != 1 || sent["reader@example.com"] != 1 {
		t.Errorf("letters %v", sent)
	}
	other := *in
	other.To = []string{"other@example.com"}
	wantProblem(t, f.post(t, "192.0.2.1", &other), problem.IdempotencyMismatch)
	jobs, err := f.queue.Jobs(t.Context(), queue.Filter{Limit: 10})
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	var l press.Letter
	if err := json.Unmarshal(jobs[0].Request, &l); err != nil || l.URL != formPage || l.Sender != "林小满" || l.FontSize != "large" || l.Subject+l.Note+l.HTML != "" || !slices.Equal(l.Hosts, []string{"news.example"}) {
		t.Errorf("letter %+v, %v", l, err)
	}
	if log := f.log.String(); strings.Contains(log, "@") || strings.Contains(log, "小满") {
		t.Errorf("the log tells of a reader: %s", log)
	}
}

// What is refused, and that each refusal puts nothing on the queue.
func TestShareEmailRefuses(t *testing.T) {
	f := newForm(t, nil)
	for name, change := range map[string]func(*ShareRequest){
		"no token":        func(r *ShareRequest) { r.Token = "" },
		"another article": func(r *ShareRequest) { r.URL += "?x" },
		"another site's":  func(r *ShareRequest) { *r = *f.letter("https://evil.example/", f.now(), "a@example.com") },
		"no challenge":    func(r *ShareRequest) { r.Challenge = "" },
		"no work":         func(r *ShareRequest) { r.Solution = "x" },
		"nobody":          func(r *ShareRequest) { r.To = nil },
		"six": func(r *ShareRequest) {
			r.To = []string{"a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example", "f@x.example"}
		},
		"a header":            func(r *ShareRequest) { r.To = []string{"a@x.example\r\nBcc: b@x.example"} },
		"several in one":      func(r *ShareRequest) { r.To = []string{"a@x.example, b@x.example"} },
		"a link for a name":   func(r *ShareRequest) { r.Sender = "spam.example" },
		"a long name":         func(r *ShareRequest) { r.Sender = strings.Repeat("x", 41) },
		"a name with a break": func(r *ShareRequest) { r.Sender = "a\nb" },
		"a note":              func(r *ShareRequest) { r.Note = "hello" },
		"points":              func(r *ShareRequest) { r.FontSize = "13" },
		"words for a lang":    func(r *ShareRequest) { r.Lang = "en-x-buy" },
	} {
		in := f.letter(formPage, f.now(), "reader@example.com")
		change(in)
		if res := f.post(t, "192.0.2.1", in); res.StatusCode < 400 || res.StatusCode >= 500 {
			t.Errorf("%s: status %d", name, res.StatusCode)
		}
	}
	for _, more := range []string{`"html":"<b>x</b>"`, `"subject":"x"`, `"article":{}`, `"reply_to":"a@b.example"`, `"title":"x"`, `"base_url":"x"`} {
		body := strings.TrimSuffix(toJSON(t, f.letter(formPage, f.now(), "reader@example.com")), "}") + "," + more + "}"
		wantProblem(t, f.ask("POST", "/v1/share-email", body, "Host", "print.news.example", "From", "192.0.2.1:1"), problem.BadRequest)
	}
	trapped := f.letter(formPage, f.now(), "reader@example.com")
	trapped.Website = "https://spam.example"
	if body := bodyOf(t, f.post(t, "192.0.2.1", trapped), 202); strings.TrimSpace(string(body)) != `{"accepted":true}` {
		t.Errorf("the trap tells: %s", body)
	}
	if sent := f.letters(t); len(sent) != 0 {
		t.Errorf("letters %v", sent)
	}
}

// An address's state is never told: that it wants no mail, or got as many as it may.
func TestShareEmailTellsNoState(t *testing.T) {
	f := newForm(t, nil)
	if err := f.queue.Suppress(t.Context(), addressOf(t, "gone@example.com")); err != nil {
		t.Fatal(err)
	}
	answers := map[string]bool{}
	for i, to := range []string{"gone@example.com", "full@example.com", "full@example.com", "FULL@example.com", "full+1@example.com", "full@example.com", "new@example.com"} {
		res := f.post(t, fmt.Sprintf("192.0.2.%d", i), f.letter(formPage, f.now(), to))
		res.Header.Del(requestIDHeader)
		answers[fmt.Sprint(res.StatusCode, res.Header, string(bodyOf(t, res, 202)))] = true
	}
	if len(answers) != 1 {
		t.Errorf("%d kinds of answer: %v", len(answers), answers)
	}
	sent := f.letters(t)
	full := sent["full@example.com"] + sent["FULL@example.com"] + sent["full+1@example.com"]
	if full != 3 || sent["new@example.com"] != 1 {
		t.Errorf("letters %v", sent)
	}
}

// The script of another language makes the same token.
func TestTokenSnippets(t *testing.T) {
	const page, secret = "https://news.example/新闻/a.html?x=1", formSecret
	file := t.TempDir() + "/readers.secret"
	if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		program string
		args    []string
	}{
		{"php", []string{"../examples/token/token.php"}},
		{"node", []string{"../examples/token/token.mjs"}},
		{"python3", []string{"../examples/token/token.py"}},
		{"go", []string{"run", "../examples/token/token.go"}},
	} {
		t.Run(c.program, func(t *testing.T) {
			path, err := exec.LookPath(c.program)
			if err != nil {
				t.Skipf("%s is not installed: its snippet is not run", c.program)
			}
			out, err := exec.Command(path, append(c.args, file, page)...).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			token := strings.TrimSpace(string(out))
			if err := readers.CheckToken([][]byte{[]byte(secret)}, page, token, time.Now()); err != nil {
				t.Errorf("%s: %v", token, err)
			}
			exp, _, _ := strings.Cut(token, ".")
			seconds, err := strconv.ParseInt(exp, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			if own := readers.Token([]byte(secret), page, time.Unix(seconds, 0)); own != token {
				t.Errorf("made %s, want %s", token, own)
			}
		})
	}
}

// Pages of the site's hosts may ask for what the buttons need, and for nothing else.
func TestFormOrigins(t *testing.T) {
	f := newForm(t, nil)
	key := f.press.print.Key.String()
	for path, open := range map[string]bool{
		"GET /v1/challenge?url=x&token=x": true, "POST /v1/share-email": true, "GET /v1/pdf?url=https://news.example/a.html": true,
		"GET /v1/pdf/" + key + ".pdf": true, "GET /v1/pages/" + key + "/1.png": true, "GET /v1/qr.svg?text=https://news.example/": true,
		"POST /v1/email": false, "POST /v1/pdf": false, "GET /v1/jobs/x": false, "POST /v1/parse": false, "POST /v1/unsubscribe/x": false, "GET /version": false,
	} {
		for origin, site := range map[string]bool{"https://news.example": true, "https://www.news.example": true, "https://evil.example": false, "null": false} {
			method, p, _ := strings.Cut(path, " ")
			ask := []string{"Host", "print.news.example", "From", "192.0.2.1:1", "Origin", origin}
			want := ""
			if open && site {
				want = origin
			}
			res := f.ask("OPTIONS", p, "", append(ask, "Access-Control-Request-Method", method)...)
			if got := res.Header.Get("Access-Control-Allow-Origin"); got != want {
				t.Errorf("%s from %s, preflight: %q, want %q", path, origin, got, want)
			}
			res = f.ask(method, p, "", ask...)
			if got := res.Header.Get("Access-Control-Allow-Origin"); got != want {
				t.Errorf("%s from %s: %q, want %q", path, origin, got, want)
			}
			if open && !slices.Contains(res.Header.Values("Vary"), "Origin") {
				t.Errorf("%s: Vary %q", path, res.Header.Values("Vary"))
			}
			if res.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s: credentials", path)
			}
		}
	}
}
