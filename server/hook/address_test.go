package hook_test

import (
	"encoding/json"
	"strings"
	"testing"

	"offprint/server/hook"
)

// TestTemplates has addresses that are made of what a sender says.
func TestTemplates(t *testing.T) {
	long := strings.Repeat("a", 501)
	for _, c := range []struct{ name, template, body, want string }{
		{"slug", "https://news.example/{slug}", `{"slug":"a-b"}`, "https://news.example/a-b"},
		{"number", "https://news.example/p/{id}/", `{"id":12345678901234567890}`, "https://news.example/p/12345678901234567890/"},
		{"Chinese", "https://news.example/{slug}", `{"slug":"潮水"}`, "https://news.example/%E6%BD%AE%E6%B0%B4"},
		{"two places", "https://news.example/{a.lang}/{a.slug}.html", `{"a":{"lang":"zh","slug":"x"}}`, "https://news.example/zh/x.html"},
		{"port", "http://news.example:8080/{slug}", `{"slug":"a"}`, "http://news.example:8080/a"},
		{"query", "https://news.example/read?id={id}&v=1", `{"id":"1&admin=1#x"}`, "https://news.example/read?id=1%26admin%3D1%23x&v=1"},
		{"segments", "https://news.example/{+path}", `{"path":"/2026/03/潮/"}`, "https://news.example/2026/03/%E6%BD%AE"},
		{"slash is one segment", "https://news.example/{slug}", `{"slug":"a/b"}`, "https://news.example/a%2Fb"},
		{"question mark", "https://news.example/{slug}", `{"slug":"a?b#c"}`, "https://news.example/a%3Fb%23c"},
		{"another host", "https://news.example/{slug}", `{"slug":"//evil.example/x"}`, "https://news.example/%2F%2Fevil.example%2Fx"},
		{"another host by segments", "https://news.example/{+slug}", `{"slug":"//evil.example/x"}`, "https://news.example/evil.example/x"},
		{"at sign", "https://news.example/{slug}", `{"slug":"@evil.example"}`, "https://news.example/@evil.example"},
		{"line break", "https://news.example/{slug}", `{"slug":"a\r\nHost: b"}`, "https://news.example/a%0D%0AHost:%20b"},

		{"upwards", "https://news.example/a/{slug}", `{"slug":".."}`, ""},
		{"upwards in segments", "https://news.example/a/{+slug}", `{"slug":"x/../../b"}`, ""},
		{"upwards, escaped", "https://news.example/a/{slug}", `{"slug":"x/../../b"}`, ""},
		{"upwards of two values", "https://news.example/a/{a}{b}/c", `{"a":".","b":"."}`, ""},
		{"empty segment", "https://news.example/a/{+slug}", `{"slug":"x//b"}`, ""},
		{"nothing", "https://news.example/{slug}", `{"id":1}`, ""},
		{"null", "https://news.example/{slug}", `{"slug":null}`, ""},
		{"object", "https://news.example/{slug}", `{"slug":{"a":1}}`, ""},
		{"true", "https://news.example/{slug}", `{"slug":true}`, ""},
		{"only slashes", "https://news.example/{+slug}", `{"slug":"///"}`, ""},
		{"long", "https://news.example/{slug}", `{"slug":"` + long + `"}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := generic("none")
			config.URLTemplate = c.template
			checkAddress(t, config, c.body, c.want)
		})
	}
	for _, template := range []string{
		"news.example/{slug}", "//news.example/{slug}", "ftp://news.example/{slug}", "javascript://x/{slug}", "https:///{slug}", "https://news.example{slug}", "https://news.example{slug}/a",
		"https://{host}/{slug}", "https://news.{tld}/{slug}", "https://news.example?u={slug}", "https://u:p@news.example/{slug}", "https://news.example/", "https://news.example/same",
		"https://news.example/{slug", "https://news.example/slug}", "https://news.example/{{slug}}", "https://news.example/{}", "https://news.example/{+}", "https://news.example/#{slug}", "https://news.example/?a={+slug}",
		"https://news exa/{slug}", "{url}/", "{url}",
	} {
		config := generic("none")
		config.URLTemplate = template
		if err := config.Validate(); err == nil {
			t.Errorf("%s is taken for a template", template)
		}
	}
}

// TestAddresses has addresses that the sender says.
func TestAddresses(t *testing.T) {
	for _, c := range []struct{ url, want string }{
		{"https://Nanting.Example/A?b=c#d", "https://nanting.example/A?b=c"},
		{"  https://nanting.example  ", "https://nanting.example/"},
		{"http://nanting.example:8080/潮", "http://nanting.example:8080/%E6%BD%AE"},
		{"", ""},
		{"/2026/a", ""},
		{"//nanting.example/a", ""},
		{"nanting.example/a", ""},
		{"ftp://nanting.example/a", ""},
		{"file:///etc/passwd", ""},
		{"javascript:alert(1)", ""},
		{"data:text/html,x", ""},
		{"https:nanting.example", ""},
		{"https://", ""},
		{"https://:80/", ""},
		{"https://user:secret@nanting.example/", ""},
		{"https://nanting.example\\@evil.example/", ""},
		{"https://nanting.example/\r\nX: y", ""},
		{"https://nanting.example/" + strings.Repeat("a", 2048), ""},
	} {
		body, _ := json.Marshal(map[string]string{"url": c.url})
		checkAddress(t, generic("none"), string(body), c.want)
	}
}

// checkAddress receives a body whose article has that address; "": none that may
// be used.
func checkAddress(t *testing.T, config hook.Config, body, want string) {
	t.Helper()
	r := receiver(t, config)
	if want == "" {
		if kind := kindOf(t, r, request(body), now); kind != hook.BadRequest {
			t.Errorf("%s: refused as %s", body, kind)
		}
		return
	}
	event, err := r.Receive(request(body), now)
	if err != nil {
		t.Errorf("%s: %v", body, err)
	} else if event.URL != want {
		t.Errorf("%s: %s, want %s", body, event.URL, want)
	}
}

// Contentful's values are by language; the hook chooses one, or there is but one.
func TestLanguagesOfValues(t *testing.T) {
	const one, two = `{"slug":{"en-US":"a"}}`, `{"slug":{"zh-CN":"jia","zh-HK":"gaap"}}`
	for _, c := range []struct{ name, locale, fields, path, lang string }{
		{"the only one", "", one, "a", "en-US"},
		{"not by language", "zh-Hant-HK", one, "a", "zh-Hant-HK"},
		{"as written there", "zh-HK", two, "gaap", "zh-Hant-HK"},
		{"as we write it", "zh-Hans", two, "jia", "zh-Hans"},
		{"one of several, not said", "", two, "", ""},
		{"none of several", "ja", two, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := hook.Config{Source: "contentful", Verify: "none", Locale: c.locale, URLTemplate: "https://nanting.example/{fields.slug}"}
			r := receiver(t, config)
			delivery := request(`{"sys":{"id":"x"},"fields":` + c.fields + `}`)
			delivery.Header.Set("X-Contentful-Topic", "ContentManagement.Entry.publish")
			if c.path == "" {
				kindOf(t, r, delivery, now)
				return
			}
			event, err := r.Receive(delivery, now)
			if err != nil || event.URL != "https://nanting.example/"+c.path || event.Lang != c.lang {
				t.Errorf("%+v, %v", event, err)
			}
		})
	}
}
