package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// configured reads a configuration of these lines.
func configured(t *testing.T, text string) *Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), configName)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAdvice(t *testing.T) {
	const sound = "[fetch]\nallow_hosts = [\"news.example\"]\n[serve]\ntrusted_proxies = [\"127.0.0.1\"]\n"
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"private", "data_dir = \"d\"\n", ""},
		{"public", "site.public_url = \"https://print.news.example\"\n" + sound, ""},
		{"public at home", "site.public_url = \"http://127.0.0.1:8080\"\n" + sound, ""},
		{"without TLS", "site.public_url = \"http://print.news.example\"\n" + sound, "site.public_url is http"},
		{"any page", "site.public_url = \"https://print.news.example\"\nserve.trusted_proxies = [\"127.0.0.1\"]\n", "fetch.allow_hosts is not set"},
		{"no proxy named", "site.public_url = \"https://print.news.example\"\nfetch.allow_hosts = [\"news.example\"]\n", "serve.trusted_proxies is not set"},
		{"at every address", "serve.listen = \":8080\"\n", "other machines are turned away"},
		{"operator's pages", "serve.admin_listen = \"0.0.0.0:8081\"\n", "the operator's pages at 0.0.0.0:8081"},
		{"private pages", "site.public_url = \"https://print.news.example\"\n" + strings.Replace(sound, "[fetch]", "[fetch]\ndeny_private = false", 1), "fetch.deny_private is false"},
	} {
		var said []string
		for _, a := range configured(t, c.text).Advise() {
			if a.Hint == "" {
				t.Errorf("%s: %q has no hint", c.name, a.What)
			}
			said = append(said, a.What)
		}
		if c.want == "" && len(said) > 0 || c.want != "" && (len(said) != 1 || !strings.Contains(said[0], c.want)) {
			t.Errorf("%s: %q, want %q", c.name, said, c.want)
		}
	}
}

func TestActionsNeedTheirListsAndServers(t *testing.T) {
	const cms = "[hooks.cms]\nsource = \"ghost\"\nactions = [\"render\", \"email:desk\"]\n"
	for _, c := range []struct{ name, text, want string }{
		{"neither", cms, `hooks.cms.actions: there is no list "desk"`},
		{"no server", cms + "[lists.desk]\nrecipients_file = \"desk.csv\"\n", "mail.host is not set"},
		{"both", cms + "[lists.desk]\nrecipients_file = \"desk.csv\"\n[mail]\nhost = \"smtp.example\"\n", ""},
	} {
		err := configured(t, c.text).checkActions()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
