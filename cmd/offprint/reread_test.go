//go:build unix

package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// What the configuration names in files is read again when it changes, by itself and
// at SIGHUP. A file that is broken leaves what was there before.
func TestServeRereads(t *testing.T) {
	site := httptest.NewServer(newSite())
	t.Cleanup(site.Close)
	box, port := openLetterBox(t)
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, words string) {
		t.Helper()
		if err := os.WriteFile(path(name), []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	key := func() ed25519.PublicKey {
		public, private, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		der, err := x509.MarshalPKCS8PrivateKey(private)
		if err != nil {
			t.Fatal(err)
		}
		write("dkim.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
		return public
	}
	const oldSecret, newSecret = "0123456789abcdef-old", "0123456789abcdef-new"
	// callback counts what the publisher's system hears, by the secret that signed it.
	const oldCall, newCall = "whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xk", "whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3"
	var oldCalls, newCalls atomic.Int32
	publisher := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for secret, calls := range map[string]*atomic.Int32{oldCall: &oldCalls, newCall: &newCalls} {
			if hook, err := standardwebhooks.NewWebhook(secret); err == nil && hook.Verify(body, r.Header) == nil {
				calls.Add(1)
			}
		}
	}))
	t.Cleanup(publisher.Close)
	write("callback", oldCall+"\n")
	write("list.csv", "email\na@example.com\n")
	write("secret", oldSecret+"\n")
	write("stop", "# nobody\n")
	public := key()
	s := startService(t, fmt.Sprintf(`
[mail]
host = "127.0.0.1"
port = %d
tls = "none"
from = "news@offprint.example"
dkim_domain = "offprint.example"
dkim_ed25519_selector = "s1"
dkim_ed25519_key_file = %q
suppression_file = %q
[fetch]
deny_private = false
[lists.daily]
recipients_file = %q
[hooks.cms]
source = "generic"
verify = "header"
secret_file = %q
event_path = "event"
url_path = "url"
actions = ["render"]
[callbacks]
url = %q
secret_file = %q
allow_hosts = ["127.0.0.1"]
`, port, path("dkim.pem"), path("stop"), path("list.csv"), path("secret"), publisher.URL, path("callback")))
	mailList := func() {
		t.Helper()
		answer, body := s.ask("POST", "/v1/email", map[string]any{"url": site.URL + "/page.html", "list": "daily"})
		if answer.StatusCode != http.StatusAccepted {
			t.Fatalf("POST /v1/email: %d %s", answer.StatusCode, body)
		}
		id := filepath.Base(answer.Header.Get("Location"))
		s.finished(id)
	}
	hook := func(secret string) int {
		answer, _ := s.ask("POST", "/v1/hooks/cms", map[string]any{"event": "published", "url": site.URL + "/page.html"}, "Authorization", secret)
		return answer.StatusCode
	}
	got := func(want ...int) {
		t.Helper()
		for i, reader := range []string{"a@example.com", "b@example.com"} {
			if n := len(box.of(reader)); n != want[i] {
				t.Errorf("%s has %d letters, want %d\n%s", reader, n, want[i], s.log)
			}
		}
	}
	signed := func(letter string, public ed25519.PublicKey) error {
		results, err := dkim.VerifyWithOptions(strings.NewReader(letter), &dkim.VerifyOptions{LookupTXT: func(string) ([]string, error) {
			return []string{dkimText(public)}, nil
		}})
		if err == nil && len(results) != 1 {
			err = fmt.Errorf("%d signatures", len(results))
		}
		if err == nil {
			err = results[0].Err
		}
		return err
	}
	called := func(calls *atomic.Int32, what string) {
		t.Helper()
		before := calls.Load()
		mailList()
		for end := time.Now().Add(10 * time.Second); calls.Load() == before; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("no call is signed with %s (old %d, new %d)\n%s", what, oldCalls.Load(), newCalls.Load(), s.log)
			}
		}
	}
	called(&oldCalls, "the first secret")
	got(1, 0)
	if code := hook(oldSecret); code != http.StatusAccepted {
		t.Errorf("hook with its secret: %d", code)
	}
	// 1. By itself, within a second.
	write("list.csv", "email\nb@example.com\n")
	write("stop", "a@example.com\n")
	write("secret", newSecret+"\n")
	for end := time.Now().Add(10 * time.Second); hook(newSecret) != http.StatusAccepted; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the new secret is not taken\n%s", s.log)
		}
	}
	if code := hook(oldSecret); code != http.StatusUnauthorized {
		t.Errorf("hook with the old secret: %d", code)
	}
	mailList()
	got(1, 1)
	// 2. At SIGHUP, at once.
	hangUp := func(what string) {
		t.Helper()
		before := strings.Count(s.log.String(), what)
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(10 * time.Second); strings.Count(s.log.String(), what) == before; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("nothing was read at SIGHUP\n%s", s.log)
			}
		}
	}
	next := key()
	write("list.csv", "email\na@example.com\nb@example.com\n")
	write("callback", newCall+"\n")
	hangUp(`"file":"hooks.cms"`) // the last of them but the API's keys
	called(&newCalls, "the secret of now")
	got(1, 2)
	letters := box.of("b@example.com")
	if err := signed(letters[0], public); err != nil {
		t.Errorf("the first letter's signature: %v", err)
	}
	if err := signed(letters[1], next); err != nil {
		t.Errorf("a signature with the new key: %v", err)
	}
	// 3. Broken: what was there before holds, the log says so once, and the service is
	// as ready as it was.
	write("list.csv", "name\nnobody\n")
	write("stop", "no address\n")
	write("secret", "short\n")
	write("dkim.pem", "no key\n")
	write("callback", "whsec_short\n")
	hangUp(`"file":"hooks.cms"`)
	for range 2 {
		mailList()
	}
	called(&newCalls, "the secret that was read last")
	got(1, 5)
	if err := signed(box.of("b@example.com")[4], next); err != nil {
		t.Errorf("with a broken file: %v", err)
	}
	if code := hook(newSecret); code != http.StatusAccepted {
		t.Errorf("hook with a broken file: %d", code)
	}
	if answer, body := s.ask("GET", "/readyz", nil); answer.StatusCode != http.StatusOK {
		t.Errorf("readyz: %d %s", answer.StatusCode, body)
	}
	if n := strings.Count(s.log.String(), "what was read before still holds"); n != 5 {
		t.Errorf("the log complains %d times of 5 files:\n%s", n, s.log)
	}
	_, counted := s.ask("GET", s.ops+"/metrics", nil)
	for _, kind := range []string{"callback", "dkim", "hook", "list", "suppression"} {
		if line := fmt.Sprintf(`offprint_files_reread_total{file=%q,result="failed"} 1`, kind); !strings.Contains(string(counted), line) {
			t.Errorf("metrics lack %s", line)
		}
	}
	for _, secret := range []string{"short", oldCall, newCall, oldSecret, newSecret, "a@example.com", "b@example.com"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log tells %s:\n%s", secret, s.log)
		}
	}
}

// A service whose keys.json breaks goes on with the keys it had, also at SIGHUP; it
// says so once and counts it. Nobody else gets in.
func TestServeKeysBreak(t *testing.T) {
	s := startService(t, "")
	path := filepath.Join(s.data, "keys.json")
	var out, log bytes.Buffer
	if code := run([]string{"keys", "create", "cms", "--scope", "print,admin", "--data-dir", s.data, "--config", s.file}, strings.NewReader(""), &out, &log); code != 0 {
		t.Fatalf("keys create: exit %d\n%s", code, log.String())
	}
	key := "Bearer " + strings.TrimSpace(out.String())
	code := func(authorization ...string) int {
		answer, _ := s.ask("GET", "/v1/jobs/00000000000000000000000000", nil, authorization...)
		return answer.StatusCode
	}
	await := func(what string, good func() bool) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); !good(); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s\n%s", what, s.log)
			}
		}
	}
	await("the key is not taken", func() bool { return code("Authorization", key) == http.StatusNotFound })
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const complaint = "what was read before still holds"
	for name, broken := range map[string]string{"half written": string(whole[:len(whole)/2]), "another JSON": `["` + strings.Repeat("x", len(whole)) + `"]`} {
		before := strings.Count(s.log.String(), complaint)
		if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		await(name+": nothing is said", func() bool { return strings.Count(s.log.String(), complaint) > before })
		if n := code("Authorization", key); n != http.StatusNotFound {
			t.Errorf("%s: with its key: %d", name, n)
		}
		if n := code(); n != http.StatusUnauthorized {
			t.Errorf("%s: without a key: %d", name, n)
		}
	}
	if n := strings.Count(s.log.String(), complaint); n != 2 {
		t.Errorf("the log complains %d times of 2 files:\n%s", n, s.log)
	}
	_, counted := s.ask("GET", s.ops+"/metrics", nil, "Authorization", key)
	if line := `offprint_files_reread_total{file="keys",result="failed"} 2`; !strings.Contains(string(counted), line) {
		t.Errorf("metrics lack %s", line)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"keys", "revoke", "cms", "--data-dir", s.data, "--config", s.file}, strings.NewReader(""), &out, &log); code != 0 {
		t.Fatalf("keys revoke: exit %d\n%s", code, log.String())
	}
	await("the revoked key is taken", func() bool { return code("Authorization", key) == http.StatusUnauthorized })
}

// dkimText is the DNS record of a key.
func dkimText(public ed25519.PublicKey) string {
	return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
}
