package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"mime/multipart"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"offprint/internal/problem"
	"offprint/mailer"
	"offprint/templates"
)

func newReaders(t *testing.T) (*fixture, string) {
	t.Helper()
	tokens, err := mailer.NewTokens(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	f := ownFixture(t, func(c *Config) { c.Tokens, c.Publisher = tokens, "南汀日报 <Daily>" })
	link := UnsubscribeLink("http://127.0.0.1:8080/", tokens)(addressOf(t, "reader@example.com"))
	return f, strings.TrimPrefix(link, "http://127.0.0.1:8080")
}

func (f *fixture) suppressed(t testing.TB) bool {
	t.Helper()
	is, err := f.queue.Suppressed(t.Context(), addressOf(t, "reader@example.com"))
	if err != nil {
		t.Fatal(err)
	}
	return is
}

// Looking changes nothing; the button does, and can be undone.
func TestUnsubscribe(t *testing.T) {
	f, path := newReaders(t)
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	w.WriteField("List-Unsubscribe", "One-Click")
	w.Close()
	const plain = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		name, method, kind, body string
		answer                   string
		suppressed               bool
	}{
		{"look", "GET", "", "", "text/html", false},
		{"look at the head", "HEAD", "", "", "text/html", false},
		{"one click", "POST", plain, "List-Unsubscribe=One-Click", "text/plain", true},
		{"one click again", "POST", plain, "List-Unsubscribe=One-Click", "text/plain", true},
		{"look again", "GET", "", "", "text/html", true},
		{"undo", "POST", plain, "action=again", "text/html", false},
		{"one click, the other kind of form", "POST", w.FormDataContentType(), form.String(), "text/plain", true},
		{"undo again", "POST", plain, "action=again", "text/html", false},
		{"button", "POST", plain, "action=stop", "text/html", true},
	} {
		res := f.ask(c.method, path, c.body, "Content-Type", c.kind, "Accept", "text/html")
		body := bodyOf(t, res, 200)
		if !strings.HasPrefix(res.Header.Get("Content-Type"), c.answer) {
			t.Errorf("%s: %s", c.name, res.Header.Get("Content-Type"))
		}
		if f.suppressed(t) != c.suppressed {
			t.Fatalf("%s: suppressed %v, want %v", c.name, !c.suppressed, c.suppressed)
		}
		if bytes.Contains(body, []byte("reader@")) || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: the page shows the whole address, or may be kept: %v", c.name, res.Header)
		}
	}
	wantProblem(t, f.ask("POST", path, "x=y", "Content-Type", plain), problem.BadRequest)
	wantProblem(t, f.ask("POST", path, "", "Content-Type", plain), problem.BadRequest)
	wantProblem(t, f.ask("POST", path, "action=stop&x="+strings.Repeat("x", maxForm), "Content-Type", plain), problem.TooLarge)
}

func TestUnsubscribeBadLink(t *testing.T) {
	f, path := newReaders(t)
	for _, bad := range []string{path[:len(path)-1], path + "x", unsubscribePath + "x", unsubscribePath + strings.Repeat("x", 3000)} {
		for _, method := range []string{"GET", "POST"} {
			wantProblem(t, f.ask(method, bad, "List-Unsubscribe=One-Click"), problem.NotFound)
			res := f.ask(method, bad, "List-Unsubscribe=One-Click", "Accept", "text/html,*/*;q=0.8", "Accept-Language", "ja")
			if body := bodyOf(t, res, 404); !strings.Contains(string(body), "リンクが正しくありません") || res.Header.Get("Content-Type") != htmlType {
				t.Errorf("%s: %v\n%s", bad, res.Header, body)
			}
		}
	}
	none := ownFixture(t, nil)
	wantProblem(t, none.ask("GET", path, ""), problem.NotFound)
}

// The page in the reader's language is whole, safe HTML that loads nothing.
func TestUnsubscribePage(t *testing.T) {
	f, path := newReaders(t)
	for accept, want := range map[string]string{
		"": "en", "de": "en", "en-GB,en;q=0.9": "en", "zh-CN,zh;q=0.9": "zh-Hans", "zh": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK,en;q=0.5": "zh-Hant",
		"ja-JP": "ja", "ko": "ko", "fr, ko;q=0.3": "ko", "!!": "en",
	} {
		res := f.ask("GET", path, "", "Accept-Language", accept)
		body := string(bodyOf(t, res, 200))
		doc, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		tags := map[string]int{}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			tags[n.Data]++
			for _, a := range n.Attr {
				if a.Key == "src" || a.Key == "href" || strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: <%s %s=%q>", accept, n.Data, a.Key, a.Val)
				}
				if n.Data == "html" && a.Key == "lang" && a.Val != want {
					t.Errorf("Accept-Language %q: page in %s, want %s", accept, a.Val, want)
				}
			}
		}
		if tags["h1"] != 1 || tags["main"] != 1 || tags["form"] != 1 || tags["button"] != 1 || tags["title"] != 1 || tags["script"] != 0 {
			t.Errorf("%s: elements %v", accept, tags)
		}
		if !strings.Contains(body, "南汀日报 &lt;Daily&gt;") || !strings.Contains(body, "r•••@example.com") || strings.Contains(body, "{") && strings.Contains(body[strings.Index(body, "<main"):], "{") {
			t.Errorf("%s: %s", accept, body)
		}
		if csp := res.Header.Get("Content-Security-Policy"); csp != web.csp || strings.Contains(csp, "unsafe") || res.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("headers %v", res.Header)
		}
	}
}

// Every language has every sentence.
func TestUnsubscribeWords(t *testing.T) {
	var keys []string
	for _, lang := range readerLanguages {
		data, err := fs.ReadFile(templates.Web(), "unsubscribe/"+lang.String()+"/words.json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(data, &words); err != nil {
			t.Fatal(err)
		}
		got := slices.Sorted(maps.Keys(words))
		if keys == nil {
			keys = got
		}
		if !slices.Equal(got, keys) {
			t.Errorf("%s: %v, want %v", lang, got, keys)
		}
		for key, text := range words {
			if text == "" || strings.Contains(strings.NewReplacer("{publisher}", "", "{Publisher}", "", "{address}", "").Replace(text), "{") {
				t.Errorf("%s: %s: %q", lang, key, text)
			}
		}
		for _, key := range []string{"ask", "done", "again"} {
			if strings.Count(words[key], "{address}") != 1 {
				t.Errorf("%s: %s has not the address once: %q", lang, key, words[key])
			}
		}
	}
}

func TestHome(t *testing.T) {
	f := ownFixture(t, func(c *Config) { c.PublicURL, c.Publisher = "https://print.example", "Nanting" })
	res := f.ask("GET", "/", "", "Host", "print.example", "From", "192.0.2.7:1")
	body := string(bodyOf(t, res, 200))
	for _, want := range []string{"https://print.example/v1/pdf", "/docs", "/openapi.json", "Nanting"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in the page", want)
		}
	}
	bodyOf(t, f.ask("HEAD", "/", "", "Host", "print.example"), 200)
	wantProblem(t, f.ask("GET", "/index.php", "", "Host", "print.example"), problem.NotFound)
	wantProblem(t, f.ask("POST", "/", "", "Host", "print.example"), problem.MethodNotAllowed)
}

func ExampleUnsubscribeLink() {
	tokens, err := mailer.NewTokens(bytes.Repeat([]byte{1}, 32)) // queue.DeriveKey("unsubscribe")
	if err != nil {
		fmt.Println(err)
		return
	}
	link := UnsubscribeLink("https://print.example", tokens)
	reader, _ := mailer.ParseAddress("reader@example.com")
	fmt.Println(link(reader)[:40])
	// Output: https://print.example/v1/unsubscribe/-u8
}
