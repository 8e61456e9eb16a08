package dom

import (
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	long := "https://a.example/" + strings.Repeat("a", longestAddress-len("https://a.example/"))
	cases := []struct {
		name, page, base, tag, ref, link, picture string
	}{
		{"relative to the page", "https://a.example/n/1.html", "", "", "p.jpg", "https://a.example/n/p.jpg", "https://a.example/n/p.jpg"},
		{"relative to the base given", "https://a.example/n/1.html", "https://b.example/", "", "p.jpg", "https://b.example/p.jpg", "https://b.example/p.jpg"},
		{"relative to <base>", "https://a.example/n/1.html", "", "/x/", "p.jpg", "https://a.example/x/p.jpg", "https://a.example/x/p.jpg"},
		{"<base> can't lead to files", "https://a.example/n/1.html", "", "file:///etc/", "passwd", "https://a.example/n/passwd", "https://a.example/n/passwd"},
		{"a file's picture", "", "file:///home/a/b.html", "", "p.jpg", "", "file:///home/a/p.jpg"},
		{"nothing known", "", "", "", "img/p.jpg", "", "img/p.jpg"},
		{"nothing known, host given", "", "", "", "//a.example/p.jpg", "", "https://a.example/p.jpg"},
		{"spaces", "https://a.example/", "", "", " a b.jpg ", "https://a.example/a%20b.jpg", "https://a.example/a%20b.jpg"},
		{"script", "https://a.example/", "", "", "javascript:alert(1)", "", ""},
		{"file from the web", "https://a.example/", "", "", "file:///etc/passwd", "", ""},
		{"no host", "https://a.example/", "", "", "http://", "", ""},
		{"broken", "https://a.example/", "", "", "http://[::1", "", ""},
		{"fragment", "https://a.example/", "", "", "#top", "", ""},
		{"longest", "https://a.example/", "", "", long[len("https://a.example/"):], long, long},
		{"too long", "https://a.example/", "", "", long + "a", "", ""},
		{"too long a query", "https://a.example/", "", "", "https://a.example/?" + long, "", ""},
		{"too long when written out", "https://a.example/", "", "", strings.Repeat("长", longestAddress/4), "", ""},
		{"<base> is too long", "https://a.example/n/1.html", "", long + "/", "p.jpg", "https://a.example/n/p.jpg", "https://a.example/n/p.jpg"},
		{"the page's is too long", long + "a", "", "", "https://a.example/p.jpg", "https://a.example/p.jpg", "https://a.example/p.jpg"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			root, err := Parse(`<html><head><base href="` + c.tag + `"></head></html>`)
			if err != nil {
				t.Fatal(err)
			}
			p := NewAddress(c.page, c.base, root)
			if got := p.Link(c.ref); got != c.link {
				t.Errorf("link %q, want %q", got, c.link)
			}
			if got := p.Picture(c.ref); got != c.picture {
				t.Errorf("picture %q, want %q", got, c.picture)
			}
		})
	}
}
