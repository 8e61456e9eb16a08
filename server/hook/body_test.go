package hook_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/server/hook"
)

func TestBodies(t *testing.T) {
	const url = "https://nanting.example/7"
	deep := strings.Repeat("[", 4<<20-20)
	part := func(disposition, value string) string {
		return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + value + "\r\n"
	}
	for _, c := range []struct {
		name, contentType, body string
		want                    hook.Kind // "": understood
	}{
		{"JSON", "application/json", articleJSON, ""},
		{"JSON with a charset", "application/json; charset=utf-8", articleJSON, ""},
		{"some JSON", "application/cloudevents+json", articleJSON, ""},
		{"no type", "", articleJSON, ""},
		{"byte order mark", "application/json", "\xef\xbb\xbf" + articleJSON, ""},
		{"form", "application/x-www-form-urlencoded", "id=7&url=https%3A%2F%2Fnanting.example%2F7&url=https://evil.example/", ""},
		{"form with parts", "multipart/form-data; boundary=b", part(`name="id"`, "7") + part(`name="url"`, url) + "--b--\r\n", ""},
		{"deep enough", "application/json", `{"url":"` + url + `","a":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + `}`, ""},
		{"brackets in a text", "application/json", `{"url":"` + url + `","a":"\"` + strings.Repeat("[", 500) + `"}`, ""},

		{"text", "text/plain", articleJSON, hook.Unsupported},
		{"XML", "application/xml", "<a/>", hook.Unsupported},
		{"broken type", "application/json; charset", articleJSON, hook.Unsupported},
		{"no JSON", "application/json", "url=" + url, hook.BadRequest},
		{"half of it", "application/json", articleJSON[:20], hook.BadRequest},
		{"two of it", "application/json", articleJSON + articleJSON, hook.BadRequest},
		{"list", "application/json", "[" + articleJSON + "]", hook.BadRequest},
		{"text in JSON", "application/json", `"a"`, hook.BadRequest},
		{"not UTF-8", "application/json", "{\"url\":\"https://nanting.example/\xd6\xd0\"}", hook.BadRequest},
		{"too deep", "application/json", `{"a":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, hook.BadRequest},
		{"absurdly deep", "application/json", `{"a":` + deep, hook.BadRequest},
		{"absurdly deep objects", "application/json", strings.Repeat(`{"a":`, 700_000), hook.BadRequest},
		{"too large", "application/json", `{"a":"` + strings.Repeat("x", 4<<20) + `"}`, hook.TooLarge},
		{"form not UTF-8", "application/x-www-form-urlencoded", "url=%D6%D0", hook.BadRequest},
		{"broken form", "application/x-www-form-urlencoded", "url=%zz", hook.BadRequest},
		{"form of many fields", "application/x-www-form-urlencoded", strings.Repeat("a=b&", 501), hook.BadRequest},
		{"form with a file", "multipart/form-data; boundary=b", part(`name="url"; filename="a.txt"`, url) + "--b--\r\n", hook.BadRequest},
		{"form without its boundary", "multipart/form-data", part(`name="url"`, url) + "--b--\r\n", hook.BadRequest},
		{"form without its end", "multipart/form-data; boundary=b", part(`name="url"`, url), hook.BadRequest},
		{"form of many parts", "multipart/form-data; boundary=b", strings.Repeat(part(`name="a"`, "b"), 501) + "--b--\r\n", hook.BadRequest},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := receiver(t, generic("none"))
			delivery := request(c.body)
			if c.contentType != "" {
				delivery.Header.Set("Content-Type", c.contentType)
			}
			if c.want != "" {
				if kind := kindOf(t, r, delivery, now); kind != c.want {
					t.Errorf("refused as %s", kind)
				}
				return
			}
			event, err := r.Receive(delivery, now)
			if err != nil || event.What != hook.Publish || event.URL != url {
				t.Errorf("%+v, %v", event, err)
			}
		})
	}
	packed := request(articleJSON)
	packed.Header.Set("Content-Encoding", "gzip")
	if kind := kindOf(t, receiver(t, generic("none")), packed, now); kind != hook.Unsupported {
		t.Errorf("packed: %s", kind)
	}
}

// What is not understood is refused only where the configuration can be at fault.
func TestEvents(t *testing.T) {
	for name, c := range map[string]struct {
		config hook.Config
		body   string
		what   hook.What // "": refused
	}{
		"empty":                  {generic("none"), " \n", hook.Ignore},
		"ping":                   {generic("none"), `{"event":"ping"}`, hook.Ignore},
		"no event":               {generic("none"), `{"url":"https://nanting.example/7"}`, hook.Publish},
		"unknown event":          {generic("none"), `{"event":"liked","url":"https://nanting.example/7"}`, hook.Ignore},
		"withdraw by id":         {generic("none"), `{"event":"deleted","id":7}`, hook.Withdraw},
		"withdraw what":          {generic("none"), `{"event":"deleted"}`, ""},
		"publish what":           {generic("none"), `{"id":7}`, ""},
		"no event at event_path": {hook.Config{Source: "generic", Verify: "none", EventPath: "what"}, `{"url":"https://nanting.example/7"}`, ""},
		"no type":                {hook.Config{Source: "standard-webhooks", Verify: "none"}, `{"data":{"url":"https://nanting.example/7"}}`, ""},
		"own word":               {hook.Config{Source: "strapi", Verify: "none", URLTemplate: "https://a.example/{entry.id}", PublishEvents: []string{"entry.create"}}, `{"event":"entry.create","entry":{"id":1}}`, hook.Publish},
		"of no listed type":      {hook.Config{Source: "generic", Verify: "none", Types: []string{"story"}}, `{"url":"https://nanting.example/7"}`, hook.Ignore},
		"long event":             {generic("none"), `{"event":"` + strings.Repeat("潮", 100) + `"}`, hook.Ignore},
		"long id":                {generic("none"), `{"url":"https://nanting.example/7","id":"` + strings.Repeat("a", 256) + `"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := receiver(t, c.config)
			if c.what == "" {
				if kind := kindOf(t, r, request(c.body), now); kind != hook.BadRequest {
					t.Errorf("refused as %s", kind)
				}
				return
			}
			event, err := r.Receive(request(c.body), now)
			if err != nil || event.What != c.what || (c.what == hook.Ignore) != (event.Reason != "") {
				t.Errorf("%+v, %v", event, err)
			}
		})
	}
}

// TestRepeats has what tells a repeat from news.
func TestRepeats(t *testing.T) {
	id := func(c hook.Config, body string) string {
		t.Helper()
		event, err := receiver(t, c).Receive(request(body), now)
		if err != nil {
			t.Fatal(err)
		}
		return event.ID
	}
	byVersion := generic("none")
	byVersion.VersionPath = "v"
	const first, again, changed = `{"url":"https://a.example/7","v":1,"n":1}`, `{"url":"https://a.example/7","v":1,"n":2}`, `{"url":"https://a.example/7","v":2,"n":2}`
	firstID := id(generic("none"), first)
	if repeat := id(generic("none"), first); repeat != firstID {
		t.Error("the same body gives two IDs")
	}
	if id(generic("none"), again) == firstID {
		t.Error("another body gives the same ID")
	}
	if id(byVersion, first) != id(byVersion, again) {
		t.Error("the same version gives two IDs")
	}
	if id(byVersion, again) == id(byVersion, changed) {
		t.Error("another version gives the same ID")
	}
	other, err := hook.New("other", generic("none"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if event, err := other.Receive(request(first), now); err != nil || event.ID == firstID {
		t.Errorf("two hooks give one ID: %v", err)
	}
}

func TestTitles(t *testing.T) {
	for given, want := range map[string]string{
		`潮水\n  账本`:                        "潮水 账本",
		`甲\u3000乙`:                        "甲\u3000乙",
		`a\u0000b\u0007`:                  "a b",
		`A &amp; B`:                       "A &amp; B",
		strings.Repeat("潮", 301):          strings.Repeat("潮", 299) + "…",
		strings.Repeat("\U00020BB7", 300): strings.Repeat("\U00020BB7", 300),
	} {
		event, err := receiver(t, generic("none")).Receive(request(`{"url":"https://nanting.example/7","title":"`+given+`"}`), now)
		if err != nil || event.Title != want || !utf8.ValidString(event.Title) {
			t.Errorf("%q gives %q, %v", given, event.Title, err)
		}
	}
}

func TestLang(t *testing.T) {
	for locale, want := range map[string]string{
		"zh-CN": "zh-Hans", "zh_CN": "zh-Hans", "zh_CN.UTF-8": "zh-Hans", "zh-hans": "zh-Hans", "zh-Hans-CN": "zh-Hans", "zh-SG": "zh-Hans",
		"zh-TW": "zh-Hant-TW", "zh_tw": "zh-Hant-TW", "zh-HK": "zh-Hant-HK", "zh-hant-hk": "zh-Hant-HK", "zh-MO": "zh-Hant-HK", "zh-Hant": "zh-Hant",
		"zh": "zh", "zh-Latn": "zh-Latn", "ja": "ja", "ja_JP": "ja-JP", "ko-KR": "ko-KR", "en-US": "en-US", "EN_gb": "en-GB",
		"": "", "und": "", "x-default": "", "chinese": "", "no language": "", "zh-": "", strings.Repeat("a-", 40): "",
	} {
		if got := hook.Lang(locale); got != want {
			t.Errorf("Lang(%q) = %q, want %q", locale, got, want)
		}
	}
}
