package callback

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConfig(t *testing.T) {
	file := secretFile(t, oldSecret)
	cases := []struct {
		name   string
		config Config
		want   string // in the error; empty: none
	}{
		{"nothing", Config{}, ""},
		{"all", Config{URL: "https://cms.example/hook", SecretFile: file, AllowHosts: []string{"cms.example", "10.0.0.5", "::1"}}, ""},
		{"a listed host at a port", Config{URL: "http://cms.internal:9000/", SecretFile: file, AllowHosts: []string{"cms.internal"}}, ""},
		{"a port", Config{URL: "http://cms.example:9000/", SecretFile: file}, "callbacks.url: callback has the port 9000"},
		{"no secret: one of the data folder", Config{URL: "https://cms.example/hook"}, ""},
		{"no such file", Config{SecretFile: "/nowhere/secret"}, "callbacks.secret_file"},
		{"a URL for a host", Config{AllowHosts: []string{"https://cms.example"}}, "callbacks.allow_hosts"},
		{"a port in a host", Config{AllowHosts: []string{"cms.example:9000"}}, "leave out the port"},
		{"a password", Config{URL: "https://user:secret@cms.example/", SecretFile: file}, "user or password"},
		{"another scheme", Config{URL: "ftp://cms.example/", SecretFile: file}, "want https or http"},
		{"a relative URL", Config{URL: "/hook", SecretFile: file}, "want https or http"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := c.config.Validate()
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "user:secret") {
				t.Error("the error holds the password")
			}
		})
	}
	if _, err := New(&Config{}, Options{}); err == nil || !strings.Contains(err.Error(), "secret_file") {
		t.Errorf("a caller without secrets: %v", err)
	}
}

func TestReadSecrets(t *testing.T) {
	cases := []struct {
		name  string
		lines []string
		n     int
		want  string // in the error
	}{
		{"one", []string{oldSecret}, 1, ""},
		{"two, with room between", []string{"# since May", freshSecret, "", "  " + oldSecret + "\r", ""}, 2, ""},
		{"none", []string{"", "# to come"}, 0, "holds none"},
		{"no prefix", []string{strings.TrimPrefix(oldSecret, secretPrefix)}, 0, "line 1: a secret begins with whsec_"},
		{"not base64", []string{oldSecret, secretPrefix + "~"}, 0, "line 2: what follows whsec_ is not base64"},
		{"short", []string{secretOf('a', minSecret-1)}, 0, "23 bytes: want 24 to 64"},
		{"long", []string{secretOf('a', maxSecret+1)}, 0, "65 bytes: want 24 to 64"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			secrets, err := ReadSecrets(secretFile(t, c.lines...))
			if len(secrets) != c.n || (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%d secrets, %v; want %d, %q", len(secrets), err, c.n, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "YWFh") {
				t.Error("the error holds a secret")
			}
		})
	}
}

func TestMakeSecretFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "callback.secret")
	var before string
	for range 2 { // the second time it stays
		if err := MakeSecretFile(name); err != nil {
			t.Fatal(err)
		}
		secrets, err := ReadSecrets(name)
		if err != nil || len(secrets) != 1 {
			t.Fatal(secrets, err)
		}
		text, err := os.ReadFile(name)
		if err != nil || before != "" && before != string(text) {
			t.Errorf("the secret changed, %v", err)
		}
		before = string(text)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v: others can read it", info.Mode(), err)
	}
}
