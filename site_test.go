package offprint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/article"
	"offprint/internal/sample"
)

func TestSiteOwns(t *testing.T) {
	own := Site{Name: "南汀日报", Hosts: []string{"nanting.example"}}
	for _, c := range []struct {
		name string
		site Site
		art  article.Article
		want bool
	}{
		{"host", own, article.Article{URL: "https://nanting.example/a"}, true},
		{"beneath the host", own, article.Article{URL: "https://m.nanting.example/a"}, true},
		{"canonical address", own, article.Article{URL: "https://mirror.example/a", Canonical: "https://nanting.example/a"}, true},
		{"a file", own, article.Article{Site: article.Site{Host: "www.nanting.example"}}, true},
		{"another host", own, article.Article{URL: "https://other.example/a"}, false},
		{"nothing known", own, article.Article{}, false},
		{"no hosts", Site{Name: "南汀日报"}, article.Article{}, true},
		{"nothing to say", Site{}, article.Article{}, false},
	} {
		if got := c.site.owns(&c.art); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestSiteOnPaper(t *testing.T) {
	logo := filepath.Join(t.TempDir(), "nowhere.png")
	o := Options{Fonts: library, Site: Site{Name: "南汀晚报", Logo: logo}}
	art := sample.News()
	doc, err := Layout(t.Context(), art, o)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Article.Site.Name != "南汀晚报" || art.Site.Name != "南汀日报" {
		t.Errorf("printed as %q, the article handed in says %q", doc.Article.Site.Name, art.Site.Name)
	}
	told := false
	for _, w := range doc.Warnings {
		told = told || w.Code == "logo-failed" && strings.Contains(w.Message, "nowhere.png")
	}
	if !told {
		t.Errorf("the publisher's logo was not looked for: %v", doc.Warnings)
	}
}

func TestSiteValidate(t *testing.T) {
	logo := filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(logo, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	good := Site{Name: "南汀日报", Logo: logo, Hosts: []string{"nanting.example"}, PublicURL: "https://print.nanting.example"}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		site Site
		want string
	}{
		{Site{Name: "a\nb"}, "site.name"},
		{Site{Name: strings.Repeat("长", 81)}, "site.name"},
		{Site{Logo: logo + "x"}, "site.logo"},
		{Site{Hosts: []string{"https://a.example"}}, "site.hosts"},
		{Site{PublicURL: "print.example"}, "site.public_url"},
		{Site{PublicURL: "https://u:p@print.example"}, "site.public_url"},
	} {
		if err := c.site.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v", c.site, err)
		}
	}
}
