package server

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"strings"
	"testing"

	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/mailer"
	"offprint/server/hook"
)

// Good requests to the routes of pdf.go, email.go and the others, and what
// provokes their problems.

func init() {
	maps.Copy(samples, routeSamples)
	maps.Copy(provocations, routeProvocations)
}

const (
	samplePage   = `{"url": "https://news.example/a.html"}`
	sampleLetter = `{"url": "https://news.example/a.html", "to": ["reader@example.com"]}`
)

var routeSamples = map[string]sample{
	"make-pdf":        {body: samplePage, prepare: withDocument},
	"find-pdf":        {path: "/v1/pdf?url=https://news.example/a.html", prepare: withDocument, status: 302},
	"get-pdf":         {path: "/v1/pdf/HASH.pdf", prepare: withDocument},
	"get-page":        {path: "/v1/pages/HASH/1.png", prepare: withDocument},
	"send-email":      {body: sampleLetter, status: 202},
	"get-job":         {path: "/v1/jobs/ID", prepare: withJob},
	"cancel-job":      {path: "/v1/jobs/ID", prepare: withJob},
	"retry-job":       {path: "/v1/jobs/ID/retry", prepare: withCancelledJob, status: 202},
	"receive-hook":    {path: "/v1/hooks/cms", body: `{"url": "https://news.example/a.html"}`, headers: []string{"Authorization", "Bearer " + hookSecret}, prepare: withHook, status: 202},
	"note-bounce":     {body: `{"message_id": "x@example.com"}`},
	"ask-unsubscribe": {path: unsubscribePath, prepare: withTokens},
	"unsubscribe":     {path: unsubscribePath, body: "List-Unsubscribe=One-Click", headers: []string{"Content-Type", "application/x-www-form-urlencoded"}, prepare: withTokens},
	"export-address":  {body: `{"email": "reader@example.com"}`},
	"get-print-page":  {path: "/print/HASH", prepare: withDocument},
	"get-qr":          {path: "/v1/qr.svg?text=https://news.example/a.html", prepare: withReaders},
	"get-challenge":   {path: "/v1/challenge?url=https://news.example/a.html&token=TOKEN", prepare: withReaders},
	"share-email":     {body: sampleShare, prepare: withReaders, status: 202},
	"erase-address":   {body: `{"email": "reader@example.com"}`},
}

// withDocument puts a document and the picture of its page into the store.
func withDocument(t *testing.T, f *fixture, s *sample) {
	put := func(content string, m store.Meta) (store.Key, store.Meta) {
		key := store.ContentKey([]byte(content))
		m, err := f.config.Store.Put(t.Context(), key, m, strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		return key, m
	}
	key, meta := put("%PDF-1.7", store.Meta{Type: pdfType, Name: "a.pdf", Pages: 1})
	picture, _ := put("\x89PNG", store.Meta{Type: pngType})
	f.press.print = &press.Print{Key: key, Meta: meta}
	f.config.Press = picturePress{f.press, f.config.Store, picture}
	s.path = strings.Replace(s.path, "HASH", key.String(), 1)
}

// picturePress has one page.
type picturePress struct {
	*stubPress
	store   store.Store
	picture store.Key
}

func (p picturePress) PagePicture(ctx context.Context, _ store.Key, _ int) (*store.Object, error) {
	if p.err != nil {
		return nil, p.err
	}
	return p.store.Open(ctx, p.picture)
}

func withJob(t *testing.T, f *fixture, s *sample) {
	receipt, err := f.queue.Submit(t.Context(), queue.Submission{Kind: queue.PDF, Request: []byte(samplePage)})
	if err != nil {
		t.Fatal(err)
	}
	s.path = strings.Replace(s.path, "ID", receipt.Job.ID, 1)
}

func withCancelledJob(t *testing.T, f *fixture, s *sample) {
	withJob(t, f, s)
	if _, err := f.queue.Cancel(t.Context(), strings.Split(s.path, "/")[3]); err != nil {
		t.Fatal(err)
	}
}

const hookSecret = "a secret of thirty-two bytes, ok"

func hookOf(t testing.TB, c hook.Config) *hook.Receiver { return hookNamed(t, "cms", c) }

func hookNamed(t testing.TB, name string, c hook.Config) *hook.Receiver {
	t.Helper()
	var secrets []string
	if c.Verify != "none" {
		secrets = []string{hookSecret}
	}
	r, err := hook.New(name, c, secrets)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func withHook(t *testing.T, f *fixture, _ *sample) {
	// The queue is shared, and has not heard of an article of this test's name.
	name := "cms-" + store.ContentKey([]byte(t.Name())).String()[:20]
	f.config.Hooks = map[string]*hook.Receiver{"cms": hookNamed(t, name, hook.Config{Source: "generic", Verify: "header", Actions: []string{"render", "email:daily"}})}
	f.config.Lists = listsOf(t, map[string]int{"daily": 1})
}

func withTokens(t *testing.T, f *fixture, s *sample) {
	tokens, err := mailer.NewTokens(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	f.config.Tokens = tokens
	s.path += tokens.Token(addressOf(t, "stranger@example.com"))
}

// changed is a provocation by another request.
func changed(change func(f *fixture, s *sample)) provocation {
	return func(f *fixture, r *route, s sample) *http.Response {
		change(f, &s)
		return f.send(r, s)
	}
}

func withHeader(name, value string) provocation {
	return changed(func(_ *fixture, s *sample) { s.headers = append([]string{name, value}, s.headers...) })
}

func withPath(path string) provocation { return changed(func(_ *fixture, s *sample) { s.path = path }) }

func withBody(body string) provocation { return changed(func(_ *fixture, s *sample) { s.body = body }) }

// pressTells has the press fail with a problem.
func pressTells(code problem.Code) provocation { return pressGives(problem.New(code, "provoked", "")) }

// fullQueue has no space left.
type fullQueue struct{ Queue }

func (fullQueue) Submit(context.Context, queue.Submission) (*queue.Receipt, error) {
	return nil, queue.ErrFull
}

func (fullQueue) SubmitAll(context.Context, []queue.Submission, func([]*queue.Receipt) ([]queue.Note, error)) ([]*queue.Receipt, error) {
	return nil, queue.ErrFull
}

var queueFull = changed(func(f *fixture, _ *sample) { f.config.Queue = fullQueue{f.config.Queue} })

// usedKey sends another request before, under the same Idempotency-Key.
func usedKey(body string) provocation {
	return func(f *fixture, r *route, s sample) *http.Response {
		name := f.t.Name()
		s.headers = []string{"Idempotency-Key", name, "Prefer", "respond-async"}
		other := s
		other.body = body
		if res := f.send(r, other); res.StatusCode != http.StatusAccepted {
			f.t.Fatalf("the first request: status %d", res.StatusCode)
		}
		return f.send(r, s)
	}
}

// printing are the provocations of routes that print.
func printing(more map[problem.Code]provocation) map[problem.Code]provocation {
	all := maps.Clone(more)
	for _, code := range []problem.Code{problem.NotAnArticle, problem.FetchRefused, problem.FetchFailed, problem.RenderFailed, problem.Busy, problem.Timeout} {
		all[code] = pressTells(code)
	}
	return all
}

// given are those of routes that give out what is in the store.
var given = map[problem.Code]provocation{
	problem.PreconditionFailed:  withHeader("If-Match", `"x"`),
	problem.RangeNotSatisfiable: withHeader("Range", "bytes=999-"),
}

func withMore(all, more map[problem.Code]provocation) map[problem.Code]provocation {
	all = maps.Clone(all)
	maps.Copy(all, more)
	return all
}

var noSuchJob = map[problem.Code]provocation{
	problem.NotFound: changed(func(_ *fixture, s *sample) {
		parts := strings.Split(s.path, "/")
		parts[3] = "NOTHING"
		s.path = strings.Join(parts, "/")
	}),
}

var routeProvocations = map[string]map[problem.Code]provocation{
	"make-pdf": printing(map[problem.Code]provocation{problem.IdempotencyMismatch: usedKey(`{"url": "https://news.example/b.html"}`)}),
	"find-pdf": printing(map[problem.Code]provocation{
		problem.TooLarge: pressTells(problem.TooLarge), problem.BadRequest: withPath("/v1/pdf"),
	}),
	"get-pdf": withMore(given, map[problem.Code]provocation{problem.NotFound: withPath("/v1/pdf/x.pdf")}),
	"get-page": withMore(given, map[problem.Code]provocation{
		problem.NotFound: withPath("/v1/pages/x/1.png"),
		problem.TooLarge: pressTells(problem.TooLarge), problem.RenderFailed: pressTells(problem.RenderFailed),
		problem.Busy: pressTells(problem.Busy), problem.Timeout: pressTells(problem.Timeout),
	}),
	"send-email": {
		problem.IdempotencyMismatch: usedKey(`{"url": "https://news.example/b.html", "to": ["reader@example.com"]}`),
		problem.MailRefused:         pressTells(problem.MailRefused),
		problem.NotFound:            withBody(`{"url": "https://news.example/a.html", "list": "none"}`),
		problem.Busy:                queueFull,
		problem.FetchRefused: changed(func(f *fixture, s *sample) {
			f.config.Keys = keysOf(&testKey{id: "bound", scopes: []Scope{Email}, hosts: []string{"other.example"}})
			s.headers = bearer("bound")
		}),
	},
	"get-print-page": {problem.NotFound: withPath("/print/x")},
	"get-qr": {
		problem.BadRequest:   withPath("/v1/qr.svg?text=javascript:alert(1)"),
		problem.FetchRefused: withPath("/v1/qr.svg?text=https://other.example/a.html"),
	},
	"get-challenge": {
		problem.Forbidden:    withPath("/v1/challenge?url=https://news.example/b.html&token=1.x"),
		problem.BadRequest:   withPath("/v1/challenge"),
		problem.NotFound:     changed(func(f *fixture, _ *sample) { f.config.Readers = nil }),
		problem.FetchRefused: changed(func(f *fixture, _ *sample) { f.config.PublicHosts = []string{"other.example"} }),
	},
	"share-email": {
		problem.NotFound:     changed(func(f *fixture, _ *sample) { f.config.Readers = nil }),
		problem.FetchRefused: changed(func(f *fixture, _ *sample) { f.config.PublicHosts = []string{"other.example"} }),
		problem.MailRefused:  pressTells(problem.MailRefused),
		problem.Busy:         queueFull,
		problem.Forbidden: changed(func(_ *fixture, s *sample) {
			s.body = strings.Replace(s.body, `"challenge":"`, `"challenge":"x`, 1)
		}),
		problem.IdempotencyMismatch: func(f *fixture, r *route, s sample) *http.Response {
			f.send(r, s)
			s.body = strings.Replace(s.body, "reader@", "other@", 1)
			return f.send(r, s)
		},
	},
	"list-jobs":  {},
	"get-job":    noSuchJob,
	"cancel-job": withMore(noSuchJob, map[problem.Code]provocation{problem.Conflict: twice}),
	"retry-job":  withMore(noSuchJob, map[problem.Code]provocation{problem.Conflict: twice}),
	"receive-hook": {
		problem.NotFound:         withPath("/v1/hooks/none"),
		problem.Unauthorized:     changed(func(_ *fixture, s *sample) { s.headers = bearer("wrong") }),
		problem.BadRequest:       withBody(`{"title": "no address"}`),
		problem.UnsupportedMedia: withHeader("Content-Encoding", "br"),
		problem.MailRefused:      pressTells(problem.MailRefused),
		problem.RateLimited: func(f *fixture, r *route, s sample) *http.Response {
			f.limits = newLimiters(Limits{PerIPPerMinute: 1})
			for range 3 {
				f.send(r, s)
			}
			bad := s
			bad.headers = bearer("wrong")
			f.send(r, bad)
			return f.send(r, s)
		},
		problem.FetchRefused: changed(func(f *fixture, _ *sample) { f.config.PublicHosts = []string{"other.example"} }),
		problem.Busy:         queueFull,
	},
	"note-bounce": {
		problem.BadRequest:       withBody(`{}`),
		problem.UnsupportedMedia: withHeader("Content-Type", "image/png"),
	},
	"ask-unsubscribe": {problem.NotFound: withPath(unsubscribePath + "x")},
	"unsubscribe": {
		problem.NotFound:   withPath(unsubscribePath + "x"),
		problem.BadRequest: withBody("x=y"),
	},
}

func twice(f *fixture, r *route, s sample) *http.Response {
	f.send(r, s)
	return f.send(r, s)
}
