package fetch

import (
	"errors"
	"net/url"
	"testing"
)

func TestHostIn(t *testing.T) {
	hosts := []string{"news.example", "例子.公司", "192.0.2.7"}
	for _, c := range []struct {
		host string
		want bool
	}{
		{"news.example", true},
		{"NEWS.example.", true},
		{"cdn.news.example", true},
		{"xn--fsqu00a.xn--55qx5d", true},
		{"192.0.2.7", true},
		{"badnews.example", false},
		{"news.example.org", false},
		{"example", false},
		{"", false},
	} {
		if got := HostIn(c.host, hosts); got != c.want {
			t.Errorf("HostIn(%q) = %v", c.host, got)
		}
	}
}

func TestCheckHosts(t *testing.T) {
	if err := CheckHosts([]string{"news.example", "例子.公司", "::1"}); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"", "https://news.example", "news.example/a", "*.news.example", ".news.example", "a b", "a\nb"} {
		if CheckHosts([]string{bad}) == nil {
			t.Errorf("%q is taken for a host", bad)
		}
	}
	if _, err := New(Config{AllowHosts: []string{"https://news.example"}}); err == nil {
		t.Error("New takes a URL for a host")
	}
}

// A page may be read only from the hosts named, also at the end of redirects;
// its pictures may be elsewhere.
func TestAllowHosts(t *testing.T) {
	server := site(t)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := "http://localhost:" + u.Port()
	for _, c := range []struct {
		name, source string
		allow        []string
		refused      bool
	}{
		{"named", server.URL + "/page", []string{"127.0.0.1"}, false},
		{"any", server.URL + "/page", nil, false},
		{"another", server.URL + "/page", []string{"news.example"}, true},
		{"redirected away", elsewhere + "/to?where=" + url.QueryEscape(server.URL+"/page"), []string{"localhost"}, true},
	} {
		client, err := New(Config{AllowHosts: c.allow, BaseURL: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		r, err := client.Open(t.Context(), c.source)
		var failed *Error
		if c.refused != (errors.As(err, &failed) && failed.Kind == NotAllowed) {
			t.Errorf("%s: %v", c.name, err)
		}
		if err == nil {
			r.Close()
		}
	}
	client, err := New(Config{AllowHosts: []string{"news.example"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.OpenPicture(t.Context(), server.URL+"/page"); err != nil {
		t.Errorf("a logo from elsewhere: %v", err)
	}
}
