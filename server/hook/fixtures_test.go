package hook_test

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"offprint/server/hook"
)

// now is when the tests' requests come in.
var now = time.Date(2026, 3, 4, 1, 4, 2, 0, time.UTC)

// Secrets of the tests: the one in use, and one of somebody else.
var (
	secret      = "whsec_" + base64.StdEncoding.EncodeToString([]byte("a secret of thirty-two bytes, ok"))
	otherSecret = "whsec_" + base64.StdEncoding.EncodeToString([]byte("A secret of thirty-two bytes, ok"))
)

// configs are the hooks of the payloads, by source.
var configs = map[string]hook.Config{
	"ghost": {Source: "ghost", Actions: []string{"render", "render:large", "email:subscribers"}},
	"strapi": {
		Source: "strapi", Types: []string{"article"}, URLTemplate: "https://nanting.example/{entry.locale}/{entry.slug}",
	},
	"contentful": {
		Source: "contentful", Types: []string{"article"}, Locale: "zh-Hant-HK", URLTemplate: "https://nanting.example/hk/{fields.slug}/",
	},
	"wordpress":         {Source: "wordpress"},
	"standard-webhooks": {Source: "standard-webhooks"},
	"generic": {
		Source: "generic", Verify: "header", Header: "X-Secret",
		EventPath: "header:X-Event", PublishEvents: []string{"story.live"}, UpdateEvents: []string{"story.changed"}, WithdrawEvents: []string{"story.gone"},
		URLPath: "story.link", TitlePath: "story.head", HTMLPath: "story.text", LocalePath: "story.language", IDPath: "story.key", VersionPath: "story.rev",
	},
}

// verifyOf is how the source's sender shows who it is when verify is not set.
var verifyOf = map[string]string{
	"ghost": "ghost", "strapi": "header", "contentful": "contentful", "wordpress": "hmac", "standard-webhooks": "standard-webhooks",
}

// receiver makes the receiver of a configuration that must be right.
func receiver(t testing.TB, c hook.Config, secrets ...string) *hook.Receiver {
	t.Helper()
	if len(secrets) == 0 && c.Verify != "none" {
		secrets = []string{secret}
	}
	r, err := hook.New("cms", c, secrets)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// load reads a request from a file: headers, an empty line, body.
func load(t testing.TB, path string) *hook.Request {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(data, []byte("\n\n"))
	r := request(string(body))
	for line := range strings.Lines(string(head)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			t.Fatalf("%s: %q is no header", path, line)
		}
		r.Header.Add(name, value)
	}
	return r
}

// request is an unsigned one with JSON.
func request(body string) *hook.Request {
	return &hook.Request{Method: http.MethodPost, Path: "/v1/hooks/cms", Header: http.Header{}, Body: []byte(body)}
}

// signed signs a request the way that its configuration wants, as of a time.
func signed(r *hook.Request, c hook.Config, secret string, at time.Time) *hook.Request {
	verify := cmp.Or(c.Verify, verifyOf[c.Source])
	s := &hook.Request{Method: r.Method, Path: r.Path, Header: r.Header.Clone(), Body: r.Body}
	milliseconds := fmt.Sprint(at.UnixMilli())
	set := func(header, value string) { s.Header.Set(cmp.Or(c.Header, header), value) }
	switch verify {
	case "standard-webhooks":
		if s.Header.Get("webhook-id") == "" {
			s.Header.Set("webhook-id", "msg_1")
		}
		seconds := fmt.Sprint(at.Unix())
		key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		s.Header.Set("webhook-timestamp", seconds)
		s.Header.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac(string(key), s.Header.Get("webhook-id")+"."+seconds+"."+string(s.Body))))
	case "ghost":
		s.Header.Set("X-Ghost-Signature", "sha256="+hex.EncodeToString(mac(secret, string(s.Body)+milliseconds))+", t="+milliseconds)
	case "contentful":
		s.Header.Set("X-Contentful-Timestamp", milliseconds)
		s.Header.Set("X-Contentful-Signed-Headers", "x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic")
		canonical := "POST\n" + s.Path + "\nx-contentful-signed-headers:x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic;x-contentful-timestamp:" + milliseconds
		if topic := s.Header.Get("X-Contentful-Topic"); topic != "" {
			canonical += ";x-contentful-topic:" + topic
		}
		s.Header.Set("X-Contentful-Signature", hex.EncodeToString(mac(secret, canonical+"\n"+string(s.Body))))
	case "hmac":
		set("X-Webhook-Signature", "sha256="+hex.EncodeToString(mac(secret, string(s.Body))))
	case "header":
		set("Authorization", "Bearer "+secret)
	case "query":
		s.Path += "?secret=" + strings.NewReplacer("+", "%2B", "=", "%3D").Replace(secret)
	}
	return s
}

func mac(key, content string) []byte {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(content))
	return m.Sum(nil)
}
