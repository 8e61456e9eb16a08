package site

import (
	"strings"
	"testing"
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
