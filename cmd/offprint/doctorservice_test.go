package main

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/keys"
	"offprint/server/hook"
)

// configured gives a doctor with a configuration of these lines.
func configured(t *testing.T, text string) *doctor {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "offprint.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{configFile: file, timeout: 5 * time.Second}
	c, err := a.loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	return &doctor{app: a, config: c, now: time.Now}
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
		for _, a := range configured(t, c.text).config.advise() {
			if a.hint == "" {
				t.Errorf("%s: %q has no hint", c.name, a.what)
			}
			said = append(said, a.what)
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
		err := configured(t, c.text).config.checkActions()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestDoctorLooksAtFolders(t *testing.T) {
	d := configured(t, "data_dir = \"not/yet\"\n[store]\ndir = \"pdf\"\n")
	found := d.checkFolders()
	if len(found) != 2 || found[0].Verdict != wellDone || !strings.Contains(found[0].Message, "first start") {
		t.Errorf("not there yet: %+v", found)
	}
	if err := os.MkdirAll(d.config.DataDir, 0o700); err != nil {
		t.Fatal(err)
	}
	if found = d.checkFolders(); found[0].Verdict != wellDone || !strings.Contains(found[0].Message, "can be written") {
		t.Errorf("there: %+v", found)
	}
	if err := os.WriteFile(d.config.Store.Dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found = d.checkFolders(); found[1].Verdict != failed || found[1].exit != exitRender || found[1].Hint == "" {
		t.Errorf("a file: %+v", found)
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(d.config.DataDir, 12345, 12345); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("cannot give a folder away here: %v", err)
			}
			t.Skipf("cannot give a folder away here: %v", err)
		}
		if found = d.checkFolders(); found[0].Verdict != warned || !strings.Contains(found[0].Message, "another user's (12345)") {
			t.Errorf("another's: %+v", found)
		}
	}
}

func TestDoctorLooksAtAddresses(t *testing.T) {
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`{"name":"offprint","version":"9.9.9"}`))
	}))
	t.Cleanup(ours.Close)
	operators := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		w.Write([]byte(`{"type":"/problems/unauthorized"}`))
	}))
	t.Cleanup(operators.Close)
	another := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(another.Close)
	for _, c := range []struct {
		name, address string
		want          verdict
		says          string
	}{
		{"free", "127.0.0.1:0", wellDone, "is free"},
		{"ours", ours.Listener.Addr().String(), wellDone, "offprint 9.9.9 answers"},
		{"our operator's pages", operators.Listener.Addr().String(), wellDone, "offprint answers"},
		{"another's", another.Listener.Addr().String(), failed, "another program"},
		{"not this machine's", "192.0.2.1:8080", failed, "192.0.2.1"},
	} {
		d := configured(t, "")
		if f := d.checkAddress(t.Context(), "serve.listen", c.address); f.Verdict != c.want || !strings.Contains(f.Message, c.says) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestDoctorReadsSecrets(t *testing.T) {
	d := configured(t, "")
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=\n")
	bad := write("bad", "hello\n")
	for _, c := range []struct {
		name, hook, callbacks string
		want                  int // faults
	}{
		{"both good", good, good, 0},
		{"hook's missing", filepath.Join(dir, "nowhere"), good, 1},
		{"callbacks' is no secret", good, bad, 1},
		{"neither", bad, bad, 2},
	} {
		d.config.Hooks = map[string]hook.Config{"cms": {Source: "standard-webhooks", SecretFile: c.hook}}
		d.config.Callbacks.SecretFile = c.callbacks
		faults := 0
		for _, f := range d.checkSecrets() {
			if f.Verdict == failed {
				faults++
			}
			if strings.Contains(f.Message, "hello") {
				t.Errorf("%s: the secret is shown: %+v", c.name, f)
			}
		}
		if faults != c.want {
			t.Errorf("%s: %d faults, want %d", c.name, faults, c.want)
		}
	}
}

func TestDoctorLooksForKeys(t *testing.T) {
	d := configured(t, "data_dir = \"data\"\nsite.public_url = \"https://print.news.example\"\n")
	if found := d.checkRing(); found != nil {
		t.Errorf("without a folder: %+v", found)
	}
	if err := os.MkdirAll(d.config.DataDir, 0o700); err != nil {
		t.Fatal(err)
	}
	if f := d.checkRing()[0]; f.Verdict != warned || !strings.Contains(f.Hint, "keys create") {
		t.Errorf("without keys: %+v", f)
	}
	ring, err := keys.Open(d.config.DataDir)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := ring.Create(keys.Params{Name: "desk", Scopes: []keys.Scope{keys.Print}}); err != nil {
		t.Fatal(err)
	}
	if f := d.checkRing()[0]; f.Verdict != wellDone || !strings.Contains(f.Message, "1 can") {
		t.Errorf("with one: %+v", f)
	}
	if err := os.WriteFile(filepath.Join(d.config.DataDir, "keys.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := d.checkRing()[0]; f.Verdict != failed || f.Hint == "" {
		t.Errorf("damaged: %+v", f)
	}
}

// serve --check is the health check of a container.
func TestServeCheck(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
		w.Write([]byte(`{"detail":"the program is about to end"}`))
	}))
	t.Cleanup(server.Close)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, c := range []struct {
		name, listen string
		status, exit int
		says         string
	}{
		{"ready", server.Listener.Addr().String(), http.StatusOK, exitDone, ""},
		{"draining", server.Listener.Addr().String(), http.StatusServiceUnavailable, exitFetch, "not ready: 503 the program is about to end"},
		{"not there", closed.Addr().String(), http.StatusOK, exitFetch, "does not answer"},
	} {
		status = c.status
		var stdout, stderr bytes.Buffer
		code := run([]string{"serve", "--check", "--listen", c.listen}, nil, &stdout, &stderr)
		if code != c.exit || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%s: exit code %d, %s", c.name, code, stderr.String())
		}
	}
}

func TestReachable(t *testing.T) {
	for listen, want := range map[string]string{
		":8080": "127.0.0.1:8080", "0.0.0.0:80": "127.0.0.1:80", "[::]:80": "[::1]:80",
		"127.0.0.1:8080": "127.0.0.1:8080", "print.example:81": "print.example:81",
	} {
		if got := reachable(listen); got != want {
			t.Errorf("%s: %s, want %s", listen, got, want)
		}
	}
}
