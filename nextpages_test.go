package offprint

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"offprint/article"
)

// leaf is page n of an article of three pages; links are the addresses that it
// names as 下一页 and by number.
func leaf(n int, links ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="zh-Hans"><title>渡口的早班船</title><article><h1>渡口的早班船</h1>`)
	for i := range 4 {
		fmt.Fprintf(&b, "<p>第%d页第%d段。天还没有亮，南汀渡口已经有人在等船，卖菜的、上学的、赶早市的，一个挨着一个站在栈桥上。</p>", n, i+1)
	}
	b.WriteString("</article><div>")
	for _, link := range links {
		fmt.Fprintf(&b, `<a href="%s">下一页</a> `, link)
	}
	b.WriteString("</div></html>")
	return b.String()
}

func TestNextPages(t *testing.T) {
	pages := map[string]string{
		// A chain, which leads back to its beginning at the end.
		"/chain":        leaf(1, "/chain?page=2"),
		"/chain?page=2": leaf(2, "/chain?page=3"),
		"/chain?page=3": leaf(3, "/chain?page=1"),
		"/chain?page=1": leaf(1, "/chain?page=2"),
		// Each page names all.
		"/all":        leaf(1, "/all?page=2", "/all?page=3"),
		"/all?page=2": leaf(2, "/all?page=3"),
		"/all?page=3": leaf(3, "/all?page=2"),
		"/gone":       leaf(1, "/gone?page=2"),
		"/alone":      leaf(1),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := pages[r.URL.RequestURI()]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, text)
	}))
	defer server.Close()

	cases := []struct {
		path     string
		pages    int
		warnings []string
	}{
		{"/alone", 1, nil},
		{"/chain", 3, nil},
		{"/all", 3, nil},
		{"/gone", 1, []string{"next-page-failed"}},
	}
	for _, c := range cases {
		t.Run(c.path, func(t *testing.T) {
			art, err := Parse(t.Context(), server.URL+c.path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var want, got []string
			for page := range c.pages {
				for i := range 4 {
					want = append(want, fmt.Sprintf("第%d页第%d段", page+1, i+1))
				}
			}
			for _, block := range art.Blocks {
				if block.Kind == article.Paragraph {
					text, _, _ := strings.Cut(block.Text, "。")
					got = append(got, text)
				}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("paragraphs %q, want %q", got, want)
			}
			var codes []string
			for _, w := range art.Warnings {
				if strings.HasPrefix(w.Code, "next-page") {
					codes = append(codes, w.Code)
				}
			}
			if !reflect.DeepEqual(codes, c.warnings) {
				t.Errorf("warnings %v, want %v", art.Warnings, c.warnings)
			}
		})
	}
}
