package dkimkey

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"offprint/mailer"
)

// New makes a key of news.example from a fixed seed, and writes it to a file.
func New(t *testing.T, seed byte) (key mailer.Key, file string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	data := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	file = filepath.Join(t.TempDir(), "dkim.pem")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	key, err = mailer.ParseKey("news.example", "s1", data)
	if err != nil {
		t.Fatal(err)
	}
	return key, file
}
