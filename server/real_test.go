package server

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"offprint"
	"offprint/article"
	"offprint/fonts"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/squareface"
	"offprint/internal/store"
	"offprint/typeset"
)

// loopbackOnly is asked before each connection that a test's press makes.
func loopbackOnly(_, address string) error {
	to, err := netip.ParseAddrPort(address)
	if err == nil && !to.Addr().Unmap().IsLoopback() {
		err = fmt.Errorf("test tried to leave the machine: %s", address)
	}
	return err
}

// withPress gives a server a press that prints, and reads pages of this machine.
func withPress(t *testing.T, change func(*press.Config)) func(*Config) {
	t.Helper()
	face := func() typeset.Face { return new(squareface.Face) }
	return func(c *Config) {
		config := press.Config{Cache: store.NewCache(c.Store)}
		config.Options.Fonts = fonts.NewLibrary(fonts.Family{Name: "Square", Langs: []string{"zh"}, Regular: face, Bold: face})
		config.Options.Fetch = offprint.FetchOptions{Control: loopbackOnly}
		if change != nil {
			change(&config)
		}
		p, err := press.New(config)
		if err != nil {
			t.Fatal(err)
		}
		c.Press = p
	}
}

const newsPage = `<!doctype html><html lang="zh-Hans"><head><title>潮水与账本</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"潮水与账本"}</script></head>
<body><article><h1>潮水与账本</h1>%s</article></body></html>`

var newsText = strings.Repeat("<p>"+strings.Repeat("潮水退去以后，码头上的人才开始算账，谁也没有先开口。", 4)+"</p>", 6)

// newsSite serves one page of each kind.
func newsSite(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/a.html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", htmlType)
		fmt.Fprintf(w, newsPage, newsText)
	})
	mux.HandleFunc("/slow.html", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/picture.png", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		w.Write([]byte("\x89PNG\r\n\x1a\n"))
	})
	mux.HandleFunc("/broken.html", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "broken", http.StatusInternalServerError) })
	mux.HandleFunc("/empty.html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", htmlType)
		fmt.Fprint(w, "<!doctype html><title>x</title>")
	})
	site := httptest.NewServer(mux)
	t.Cleanup(site.Close)
	return site
}

// TestParseForReal asks a press that reads pages for what the stub only says.
func TestParseForReal(t *testing.T) {
	site := newsSite(t)
	shut, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	shut.Close()
	for _, c := range []struct {
		name   string
		body   string
		change func(*press.Config)
		want   problem.Code
		reason string
	}{
		{"a page", `{"url":"SITE/a.html"}`, nil, "", ""},
		{"HTML", `{"html":"<html lang=zh><title>潮水</title><article><h1>潮水</h1>` + newsText + `</article>","base_url":"https://news.example/a"}`, nil, "", ""},
		{"an article", `{"article":{"schema":1,"lang":"zh-Hans","site":{},"title":"潮水","blocks":[{"kind":"paragraph","text":"潮水"}]}}`, nil, "", ""},
		{"no article", `{"url":"SITE/empty.html"}`, nil, problem.NotAnArticle, "empty"},
		{"a picture", `{"url":"SITE/picture.png"}`, nil, problem.NotAnArticle, "not-html"},
		{"a broken page", `{"url":"SITE/broken.html"}`, nil, problem.FetchFailed, ""},
		{"nobody there", `{"url":"http://` + shut.Addr().String() + `/"}`, nil, problem.FetchFailed, ""},
		{"a private address", `{"url":"SITE/a.html"}`, func(c *press.Config) { c.Options.Fetch.DenyPrivate = true }, problem.FetchRefused, ""},
		{"another host", `{"url":"SITE/a.html"}`, func(c *press.Config) { c.Options.Fetch.AllowHosts = []string{"news.example"} }, problem.FetchRefused, ""},
		{"a long article", `{"url":"SITE/a.html"}`, func(c *press.Config) { c.Limits.Characters = 10 }, problem.TooLarge, ""},
		{"a slow page", `{"url":"SITE/slow.html"}`, func(c *press.Config) { c.Limits.Time = 20 * time.Millisecond }, "", ""},
		{"a file", `{"url":"file:///etc/passwd"}`, nil, problem.BadRequest, ""},
		{"a paper that there is not", `{"url":"SITE/a.html","paper":"A9"}`, nil, problem.BadRequest, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, withPress(t, c.change))
			res := f.ask("POST", "/v1/parse", strings.ReplaceAll(c.body, "SITE", site.URL))
			switch {
			case c.name == "a slow page":
				if res.StatusCode != http.StatusBadGateway && res.StatusCode != http.StatusGatewayTimeout {
					t.Errorf("status %d, want 502 or 504", res.StatusCode)
				}
			case c.want != "":
				if p := wantProblem(t, res, c.want); p.Reason != c.reason {
					t.Errorf("reason %q, want %q", p.Reason, c.reason)
				}
			default:
				var a article.Article
				if err := json.NewDecoder(res.Body).Decode(&a); err != nil || res.StatusCode != 200 || !strings.HasPrefix(a.Title, "潮水") || len(a.Blocks) == 0 {
					t.Errorf("status %d, %v: %+v", res.StatusCode, err, a)
				}
			}
		})
	}
}

// TestArticleGoesRound gives the article of one answer to the next request: the
// schema takes what the service gives.
func TestArticleGoesRound(t *testing.T) {
	f := newFixture(t, withPress(t, nil))
	var first, second json.RawMessage
	res := f.ask("POST", "/v1/parse", `{"url":"`+newsSite(t).URL+`/a.html"}`)
	if err := json.NewDecoder(res.Body).Decode(&first); err != nil || res.StatusCode != 200 {
		t.Fatalf("status %d, %v", res.StatusCode, err)
	}
	res = f.ask("POST", "/v1/parse", `{"article":`+string(first)+`}`)
	if err := json.NewDecoder(res.Body).Decode(&second); err != nil || res.StatusCode != 200 || string(first) != string(second) {
		t.Errorf("status %d, %v:\n%s\n%s", res.StatusCode, err, first, second)
	}
}

// TestBusy fills the line of a press.
func TestBusy(t *testing.T) {
	site := newsSite(t)
	f := newFixture(t, withPress(t, func(c *press.Config) {
		c.Limits = press.Limits{Slots: 1, Open: 1, Waiting: 1, Time: 5 * time.Second}
	}))
	statuses := make(chan *http.Response, 4)
	for range 4 {
		go func() { statuses <- f.ask("POST", "/v1/parse", `{"url":"`+site.URL+`/slow.html"}`) }()
	}
	// Two find no place: one is open, and one waits.
	for range 2 {
		wantProblem(t, <-statuses, problem.Busy)
	}
	site.CloseClientConnections()
	<-statuses
	site.CloseClientConnections()
}
