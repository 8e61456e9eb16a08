package doctor

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/config"
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
	c, err := config.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &doctor{Options: Options{Timeout: 5 * time.Second}, config: c, now: time.Now}
}

func TestDoctorLooksAtFolders(t *testing.T) {
	d := configured(t, "data_dir = \"not/yet\"\n[store]\ndir = \"pdf\"\n")
	found := d.checkFolders()
	if len(found) != 2 || found[0].Verdict != OK || !strings.Contains(found[0].Message, "first start") {
		t.Errorf("not there yet: %+v", found)
	}
	if err := os.MkdirAll(d.config.DataDir, 0o700); err != nil {
		t.Fatal(err)
	}
	if found = d.checkFolders(); found[0].Verdict != OK || !strings.Contains(found[0].Message, "can be written") {
		t.Errorf("there: %+v", found)
	}
	if err := os.WriteFile(d.config.Store.Dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found = d.checkFolders(); found[1].Verdict != Failed || found[1].Fault != Broken || found[1].Hint == "" {
		t.Errorf("a file: %+v", found)
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(d.config.DataDir, 12345, 12345); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("cannot give a folder away here: %v", err)
			}
			t.Skipf("cannot give a folder away here: %v", err)
		}
		if found = d.checkFolders(); found[0].Verdict != Warning || !strings.Contains(found[0].Message, "another user's (12345)") {
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
		want          Verdict
		says          string
	}{
		{"free", "127.0.0.1:0", OK, "is free"},
		{"ours", ours.Listener.Addr().String(), OK, "offprint 9.9.9 answers"},
		{"our operator's pages", operators.Listener.Addr().String(), OK, "offprint answers"},
		{"another's", another.Listener.Addr().String(), Failed, "another program"},
		{"not this machine's", "192.0.2.1:8080", Failed, "192.0.2.1"},
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
		for _, f := range Secrets(d.config) {
			if f.Verdict == Failed {
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
	if f := d.checkRing()[0]; f.Verdict != Warning || !strings.Contains(f.Hint, "keys create") {
		t.Errorf("without keys: %+v", f)
	}
	ring, err := keys.Open(d.config.DataDir)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := ring.Create(keys.Params{Name: "desk", Scopes: []keys.Scope{keys.Print}}); err != nil {
		t.Fatal(err)
	}
	if f := d.checkRing()[0]; f.Verdict != OK || !strings.Contains(f.Message, "1 can") {
		t.Errorf("with one: %+v", f)
	}
	// A key of before, which pages have and which opens mail: it is told of until it is
	// revoked.
	_, old, err := ring.Create(keys.Params{Name: "buttons", Scopes: []keys.Scope{keys.Print}, Origins: []string{"https://www.news.example"}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(d.config.DataDir, "keys.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if found := d.checkRing(); len(found) != 1 || found[0].Verdict != OK {
		t.Errorf("with a key of pages that opens no mail: %+v", found)
	}
	// The scopes of the second key stand last.
	at := strings.LastIndex(string(text), `"print"`)
	if err := os.WriteFile(file, []byte(string(text[:at])+`"email", `+string(text[at:])), 0o600); err != nil {
		t.Fatal(err)
	}
	found := d.checkRing()
	if len(found) != 2 || found[0].Verdict != Warning || !strings.Contains(found[0].Message, "key "+old.ID+" (buttons) has origins") ||
		found[0].Hint != "offprint keys revoke "+old.ID || !strings.Contains(found[1].Message, "2 can") {
		t.Errorf("with a key of pages that has the scope email: %+v", found)
	}
	if _, err := ring.Revoke(old.ID); err != nil {
		t.Fatal(err)
	}
	if found := d.checkRing(); len(found) != 1 || found[0].Verdict != OK {
		t.Errorf("when it is revoked: %+v", found)
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := d.checkRing()[0]; f.Verdict != Failed || f.Hint == "" {
		t.Errorf("damaged: %+v", f)
	}
}
