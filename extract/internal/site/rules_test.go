package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"offprint/extract/internal/dom"
)

func TestParseRuleRefuses(t *testing.T) {
	cases := map[string]struct{ rule, want string }{
		"unknown key":   {`{"name":"a","hosts":["a.example"],"titel":["h1"]}`, "titel"},
		"no hosts":      {`{"name":"a"}`, "hosts"},
		"bad selector":  {`{"name":"a","hosts":["a.example"],"title":["h1[["]}`, `selector "h1[["`},
		"bad attribute": {`{"name":"a","hosts":["a.example"],"published":["time@"]}`, "@"},
		"bad zone":      {`{"name":"a","hosts":["a.example"],"zone":"Mars"}`, "zone"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(c.rule))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one that names %q", err, c.want)
			}
		})
	}
}

func TestRuleMatches(t *testing.T) {
	r := &Rule{Hosts: []string{"paper.example"}, Paths: []string{"/news/*"}}
	cases := []struct {
		host, path string
		want       bool
	}{
		{"paper.example", "/news/1", true},
		{"paper.example", "/news/2026/03/1.html", true},
		{"finance.paper.example", "/news/1", true},
		{"paper.example", "/shop/1", false},
		{"notpaper.example", "/news/1", false},
		{"", "/news/1", false},
	}
	for _, c := range cases {
		if got := r.matches(c.host, c.path); got != c.want {
			t.Errorf("%s%s: %v", c.host, c.path, got)
		}
	}
}

// A site of several editions names the language of each by path.
func TestLanguageAt(t *testing.T) {
	r, err := Parse([]byte(`{"name":"a","hosts":["a.example"],"language":"en","languages":{"/*/tc/*":"zh-Hant-HK","/*/sc/*":"zh-Hans","/*/sc/tc/*":"ja"}}`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/www/tc/news/1": "zh-Hant-HK",
		"/www/sc/news/1": "zh-Hans",
		"/www/sc/tc/1":   "ja", // the longest pattern counts
		"/www/news/1":    "en",
		"":               "en",
	} {
		if got := r.LanguageAt(path); got != want {
			t.Errorf("%q: %s, want %s", path, got, want)
		}
	}
}

// Every role that a rule can give is read by its key, looked up by its selectors,
// and tells which of them matched.
func TestEveryRoleOfARule(t *testing.T) {
	root, err := dom.Parse(`<p class="one"></p><p class="two"></p>`)
	if err != nil {
		t.Fatal(err)
	}
	page := goquery.NewDocumentFromNode(root).Selection
	seen := map[string]bool{}
	for _, role := range roles {
		if role.key == "" {
			continue
		}
		if seen[role.key] {
			t.Errorf("two roles have the key %q", role.key)
		}
		seen[role.key] = true
		r, err := Parse([]byte(`{"name":"a","hosts":["a.example"],"` + role.key + `":[".none",".two@class",".one"]}`))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		r.Find(page, func(Role) bool { return true }, func(of Role, f Found) {
			got = append(got, string(of)+" "+f.Text+" "+f.Attr)
		})
		want := []string{string(role.role) + " .two@class class"}
		if role.every {
			want = append(want, string(role.role)+" .one ")
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", role.key, got, want)
		}
	}
}
