package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"offprint/internal/config"
	"offprint/internal/dkimkey"
	"offprint/internal/doctor"
)

// exampleFolder copies an example configuration and makes the files that it names.
func exampleFolder(t *testing.T, example string) (file string) {
	t.Helper()
	dir := t.TempDir()
	text, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "offprint.toml")
	// The data folder of the example is not ours to make.
	text = bytes.Replace(text, []byte(`"/var/lib/offprint"`), []byte(`"data"`), 1)
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(rsaKey)
	if err != nil {
		t.Fatal(err)
	}
	_, ed25519File := dkimkey.New(t, 7)
	ed25519Key, err := os.ReadFile(ed25519File)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "secrets"), 0o700); err != nil {
		t.Fatal(err)
	}
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
	for name, content := range map[string][]byte{
		"offprint.toml":            text,
		"logo.png":                 pier(),
		"desk.csv":                 []byte("email,name,lang,font_size\ndesk@nanting.example,编辑部,zh-Hans,large\n"),
		"secrets/smtp.password":    []byte("correct horse\n"),
		"secrets/dkim-ed25519.pem": ed25519Key,
		"secrets/dkim-rsa.pem":     pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		"secrets/ghost.secret":     []byte("f00dfacef00dfacef00dfacef00dface\n"),
		"secrets/wordpress.secret": []byte(secret + "\n"),
		"secrets/callbacks.secret": []byte(secret + "\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// The examples in deploy/config are in order, and config check has nothing to
// say against them.
func TestExampleConfigurations(t *testing.T) {
	examples, err := filepath.Glob("../../deploy/config/*.toml")
	if err != nil || len(examples) < 2 {
		t.Fatalf("%v, error %v", examples, err)
	}
	for _, example := range examples {
		t.Run(filepath.Base(example), func(t *testing.T) {
			file := exampleFolder(t, example)
			var stdout, stderr bytes.Buffer
			code := run([]string{"config", "check", "--config", file}, nil, &stdout, &stderr)
			if code != exitDone || stderr.Len() > 0 {
				t.Errorf("exit code %d: %s", code, stderr.String())
			}
			c, err := config.Load(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range doctor.Secrets(c) {
				if f.Verdict != doctor.OK {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}
