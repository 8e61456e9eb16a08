package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Config check and doctor warn of a key of before that pages have and whose scopes have
// email, and not of keys as they are made now.
func TestKeyAdvice(t *testing.T) {
	dir := t.TempDir()
	config, data := filepath.Join(dir, "offprint.toml"), filepath.Join(dir, "data")
	if err := os.WriteFile(config, []byte("data_dir = \"data\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	offprint := func(args ...string) (stdout, stderr string, code int) {
		var out, log bytes.Buffer
		code = run(append(args, "--config", config), strings.NewReader(""), &out, &log)
		return out.String(), log.String(), code
	}
	if _, log, code := offprint("keys", "create", "buttons", "--scope", "print", "--origin", "https://www.news.example", "--data-dir", data); code != 0 {
		t.Fatalf("keys create: exit %d\n%s", code, log)
	}
	const words = "(buttons) has origins, so that everybody may know it, and opens nothing but print although its scopes have email"
	if out, log, code := offprint("config", "check"); code != 0 || strings.Contains(out+log, words) {
		t.Errorf("config check of a key without email: exit %d\n%s%s", code, out, log)
	}
	file := filepath.Join(data, "keys.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte(`"print"`), []byte(`"print", "email"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	out, log, code := offprint("config", "check")
	if code != 0 || !strings.Contains(log, "offprint: warning: key ") || !strings.Contains(log, words) {
		t.Errorf("config check: exit %d\n%s%s", code, out, log)
	}
	if out, _, _ := offprint("config", "check", "--json"); !strings.Contains(out, words) {
		t.Errorf("config check --json:\n%s", out)
	}
}
