package hook_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/server/hook"
)

// payloads adds all payloads to a fuzz target's seeds.
func payloads(f *testing.F, add func(source string, r *hook.Request)) {
	files, err := filepath.Glob(filepath.Join("testdata", "payloads", "*", "*.http"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no payloads: %v", err)
	}
	for _, file := range files {
		add(filepath.Base(filepath.Dir(file)), load(f, file))
	}
}

// FuzzUnsigned: whatever comes without the secret is refused, and refused before
// anything of it is read.
func FuzzUnsigned(f *testing.F) {
	payloads(f, func(source string, r *hook.Request) {
		other := signed(r, hook.Config{Source: source, Verify: verifyOf[source]}, otherSecret, now)
		for name := range other.Header {
			f.Add(name, other.Header.Get(name), "webhook-signature", "v1,AAAA", other.Body, "/v1/hooks/cms")
		}
	})
	f.Add("webhook-id", "a", "webhook-signature", "v1,", []byte("{}"), "/?secret=x&secret=")
	var receivers []*hook.Receiver
	for _, verify := range waysThatVerify {
		receivers = append(receivers, receiver(f, generic(verify)))
	}
	f.Fuzz(func(t *testing.T, name1, value1, name2, value2 string, body []byte, path string) {
		delivery := &hook.Request{Method: http.MethodPost, Path: path, Header: http.Header{}, Body: body}
		delivery.Header.Set("webhook-id", "msg_1")
		delivery.Header.Set("webhook-timestamp", "1772586242")
		delivery.Header.Set("X-Contentful-Timestamp", "1772586242000")
		delivery.Header.Set("X-Contentful-Signed-Headers", "x-contentful-signed-headers,x-contentful-timestamp")
		delivery.Header.Add(name1, value1)
		delivery.Header.Set(name2, value2)
		for _, r := range receivers {
			if kind := kindOf(t, r, delivery, now); kind != hook.Unauthorized && kind != hook.TooLarge {
				t.Errorf("refused as %s: it was read before its sender was known", kind)
			}
		}
	})
}

// FuzzReceive: whatever a sender says, what is understood of it is whole, bounded
// and repeatable, and its words choose no scheme, and no host where the
// configuration has one.
func FuzzReceive(f *testing.F) {
	const host, folder = "fixed.example", "https://fixed.example/a/"
	type target struct {
		*hook.Receiver
		templated bool
	}
	targets := map[string][]target{}
	for source, config := range configs {
		config.Verify, config.Header, config.Actions = "none", "", nil
		open := config
		if open.URLTemplate != "" {
			open.URLTemplate, open.URLPath = "", "url"
		}
		templated := config
		templated.URLPath = ""
		templated.URLTemplate = folder + "{+slug}/{url}?q={title}"
		targets[source] = []target{{receiver(f, config), false}, {receiver(f, open), false}, {receiver(f, templated), true}}
	}
	payloads(f, func(source string, r *hook.Request) {
		f.Add(source, r.Header.Get("Content-Type"), r.Header.Get("X-Contentful-Topic"), r.Body)
	})
	for _, body := range []string{
		`{"slug":"../..","url":"x","title":"t"}`, `{"slug":"a","url":"//evil.example","title":"#"}`, `{"url":"https://user@evil.example\\@a/"}`,
		`{"slug":"%2e%2e","url":"..","title":"&"}`, `{"url":{"url":"https://a"}}`, `{"slug":1e400,"url":-0,"title":[]}`,
	} {
		f.Add("generic", "application/json", "", []byte(body))
	}
	f.Fuzz(func(t *testing.T, source, contentType, topic string, body []byte) {
		for _, r := range targets[source] {
			delivery := &hook.Request{Method: http.MethodPost, Path: "/v1/hooks/cms", Header: http.Header{}, Body: body}
			delivery.Header.Set("Content-Type", contentType)
			if topic != "" {
				delivery.Header.Set("X-Contentful-Topic", topic)
			}
			event, err := r.Receive(delivery, now)
			if err != nil {
				kindOf(t, r.Receiver, delivery, now)
				continue
			}
			if again, err := r.Receive(delivery, now); err != nil || *again != *event {
				t.Errorf("once %+v, then %+v, %v", event, again, err)
			}
			checkEvent(t, event)
			if r.templated && event.URL != "" {
				u, err := url.Parse(event.URL)
				if err != nil || u.Host != host || !strings.HasPrefix(event.URL, folder) || strings.Contains(u.Path+"/", "/../") || len(u.Query()) != 1 {
					t.Errorf("a template gives %s", event.URL)
				}
			}
		}
	})
}

// checkEvent holds an event against what Event promises.
func checkEvent(t *testing.T, e *hook.Event) {
	t.Helper()
	if len(e.ID) != 32 || strings.Trim(e.ID, "0123456789abcdef") != "" {
		t.Errorf("ID %q", e.ID)
	}
	if e.URL != "" {
		u, err := url.Parse(e.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(e.URL) > 2048 {
			t.Errorf("URL %q: %v", e.URL, err)
		}
	}
	ok := false
	switch e.What {
	case hook.Publish, hook.Update:
		ok = e.URL != "" && e.Reason == ""
	case hook.Withdraw:
		ok = e.URL+e.Article != "" && e.HTML == "" && e.Reason == ""
	case hook.Ignore:
		ok = e.URL == "" && e.HTML == "" && e.Reason != ""
	}
	if !ok {
		t.Errorf("%s: %+v", e.What, e)
	}
	if len(e.Article) > 255 || len(e.Name) > 100 || utf8.RuneCountInString(e.Title) > 300 || len(e.Lang) > 35 {
		t.Errorf("over a limit: %+v", e)
	}
	for _, text := range []string{e.Name, e.Article, e.URL, e.Title, e.HTML, e.Lang, e.Reason} {
		if !utf8.ValidString(text) {
			t.Errorf("not UTF-8: %q", text)
		}
	}
	if strings.ContainsAny(e.Title+e.URL, "\r\n\x00") {
		t.Errorf("control characters: %+v", e)
	}
}
