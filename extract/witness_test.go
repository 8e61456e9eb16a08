package extract

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

func pageWith(head string) *block.Document {
	root, err := dom.Parse("<html><head><meta charset=utf-8><title>老码头的新邻居 - 潮声网</title>" + head + "</head><body><h1>老码头的新邻居</h1></body></html>")
	if err != nil {
		panic(err)
	}
	return newDocument(Page{URL: "https://www.tide.example.cn/n/1"}, root, nil)
}

func TestReadJSONLD(t *testing.T) {
	script := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	person := []article.Author{{Name: "程潜"}}
	cases := []struct {
		name, head  string
		title, date string
		authors     []article.Author
	}{
		{"plain", script(`{"@type":"NewsArticle","headline":"老码头的新邻居","datePublished":"2025-07-21","author":{"@type":"Person","name":"程潜"}}`), "老码头的新邻居", "2025-07-21", person},
		{"graph", script(`{"@graph":[{"@type":"WebPage"},{"@type":["Article","NewsArticle"],"headline":"老码头的新邻居","author":["程潜"]}]}`), "老码头的新邻居", "", person},
		{"array", script(`[{"@type":"Organization","name":"潮声网"},{"@type":"https://schema.org/NewsArticle","headline":"老码头的新邻居","author":[{"name":"程潜"}]}]`), "老码头的新邻居", "", person},
		{"the one in <title> of several", script(`[{"@type":"NewsArticle","headline":"别的"},{"@type":"NewsArticle","headline":"老码头的新邻居"}]`), "老码头的新邻居", "", nil},
		{"CDATA, trailing commas, line breaks in strings", script("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"老码头的新邻居\",\n\"description\":\"a\nb\",\"author\":[\"程潜\",],}\n//]]>"), "老码头的新邻居", "", person},
		{"entities escaped twice", script(`{"@type":"NewsArticle","headline":"A &amp; B"}`), "A & B", "", nil},
		{"a list's items are not the article", script(`{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"别的"}]}`), "", "", nil},
		{"author without a name", script(`{"@type":"NewsArticle","headline":"x1x2","author":{"url":"https://a.example"}}`), "x1x2", "", nil},
		{"broken", script(`{"@type":"NewsArticle",`), "", "", nil},
		{"numbers where text belongs", script(`{"@type":"NewsArticle","headline":1,"author":2,"datePublished":{},"articleSection":[3]}`), "", "", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := pageWith(c.head)
			got := readJSONLD(d)
			if got.title != c.title || got.published != c.date || !reflect.DeepEqual(got.authors, c.authors) {
				t.Errorf("%q %q %+v", got.title, got.published, got.authors)
			}
			if broken := len(d.Warnings) > 0; broken != (c.name == "broken") {
				t.Errorf("warnings %+v", d.Warnings)
			}
		})
	}
}

// What tolerant makes of sound JSON is the same JSON.
func FuzzTolerant(f *testing.F) {
	for _, s := range []string{`{"a":[1,2,"x,]"]}`, `"\\\"<!-"`, `[[],{},"\u4e00"]`, `{"a":"b\\",}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want, got any
		if strings.Contains(s, "<!") || strings.Contains(s, "-->") || strings.Contains(s, "]]>") || strings.Contains(s, "//") || strings.Contains(s, "/*") ||
			json.Unmarshal([]byte(s), &want) != nil {
			_ = tolerant(s)
			return
		}
		if err := json.Unmarshal(tolerant(s), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v (%v)", s, got, want, err)
		}
	})
}

func TestNextPages(t *testing.T) {
	cases := []struct {
		name, at, html string
		want           []string
	}{
		{"numbers and a word", "https://a.example/x/1.html", `<a href="1_2.html">2</a><a href="1_3.html">3</a><a href="1_2.html">下一页</a>`, []string{"https://a.example/x/1_2.html", "https://a.example/x/1_3.html"}},
		{"query", "https://a.example/x?id=7", `<a href="?id=7&page=2">下一頁</a>`, []string{"https://a.example/x?id=7&page=2"}},
		{"folder", "https://a.example/x/7/", `<a href="/x/7/2">Next page</a>`, []string{"https://a.example/x/7/2"}},
		{"another article", "https://a.example/x/1234.html", `<a href="1235.html">下一页</a>`, nil},
		{"another id", "https://a.example/x?id=7", `<a href="?id=8&page=2">2</a>`, nil},
		{"another host", "https://a.example/x/1.html", `<a href="https://b.example/x/1_2.html">下一页</a>`, nil},
		{"itself", "https://a.example/x/1.html", `<a href="1.html">1</a>`, nil},
		{"unknown address", "", `<a href="https://a.example/1_2.html">下一页</a>`, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			root, err := dom.Parse("<body>" + c.html)
			if err != nil {
				t.Fatal(err)
			}
			if got := nextPages(newDocument(Page{URL: c.at}, root, nil)); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestReadURL(t *testing.T) {
	cases := map[string]string{
		"https://a.example/2025/07/21/x.html":     "2025-07-21",
		"https://a.example/2025-07/21/c_1.htm":    "2025-07-21",
		"https://a.example/202507/t20250721_1.sh": "2025-07-21",
		"https://a.example/20250721/x":            "2025-07-21",
		"https://a.example/a-2025-07-21.html":     "2025-07-21",
		"https://a.example/2025/13/41/x.html":     "",
		"https://a.example/id/20259999":           "",
		"https://a.example/x":                     "",
	}
	for address, want := range cases {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := readURL(&block.Document{Address: dom.Address{URL: u}}).published; got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// With Explain each field says which evidence it was taken from.
func TestProvenance(t *testing.T) {
	page := Page{URL: "https://lamp.example.hk/1", Body: []byte(`<html><head><meta charset=utf-8><title>夜市里的电子秤</title><meta property="article:published_time" content="2025-07-21T22:05:00+08:00"></head><body>
<h1 data-offprint="title">夜市里的电子秤</h1><p>作者：陆小满</p><div><p>晚上十点，沿江夜市的灯全亮了。卖海鲜的阿海把一条石斑放上秤，屏幕跳出斤两，旁边的小喇叭跟着报了一遍价钱。</p></div></body></html>`)}
	a, err := Article(t.Context(), page, Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"title": "contract", "author": "pattern", "published": "meta", "body": "readability"}
	for field, source := range want {
		if got := a.Provenance[field]; got.Source != source || got.Confidence <= 0 || got.Confidence > 1 {
			t.Errorf("%s: %+v, want %s", field, got, source)
		}
	}
	if a, _ = Article(t.Context(), page, Options{}); a.Provenance != nil {
		t.Errorf("provenance without being asked: %+v", a.Provenance)
	}
}
