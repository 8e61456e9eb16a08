package mailer

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"
)

func pemKey(t testing.TB, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func rsaKey(t testing.TB, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// sampleKeys are an Ed25519 and an RSA key, loaded through a configuration.
func sampleKeys(t testing.TB) Keys {
	t.Helper()
	_, edward, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	c := &Config{
		DKIMDomain: "offprint.example", DKIMRSASelector: "r1", DKIMEd25519Selector: "e1",
		DKIMRSAKeyFile: filepath.Join(dir, "rsa.pem"), DKIMEd25519KeyFile: filepath.Join(dir, "ed.pem"),
	}
	for file, key := range map[string]any{c.DKIMRSAKeyFile: rsaKey(t, 2048), c.DKIMEd25519KeyFile: edward} {
		if err := os.WriteFile(file, pemKey(t, key), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keys, err := LoadKeys(c)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestSign(t *testing.T) {
	keys := sampleKeys(t)
	plain := sampleMessage(t)
	m, err := keys.Sign(plain)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(m.Bytes, plain.Bytes) {
		t.Error("signing changed the message")
	}
	checkWire(t, m.Bytes)
	added := m.Bytes[:len(m.Bytes)-len(plain.Bytes)]
	for line := range strings.SplitSeq(string(added), crlf) {
		if len(line) > 78 { // RFC 5322 §2.1.1
			t.Errorf("a line of a signature has %d characters: %q", len(line), line)
		}
	}
	records := map[string]string{}
	for _, k := range keys {
		records[k.RecordName()] = k.Record()
	}
	verifications, err := dkim.VerifyWithOptions(bytes.NewReader(m.Bytes), &dkim.VerifyOptions{
		LookupTXT: func(name string) ([]string, error) { return []string{records[name]}, nil },
	})
	if err != nil || len(verifications) != 2 {
		t.Fatalf("%d signatures, %v; want 2", len(verifications), err)
	}
	for _, v := range verifications {
		if v.Err != nil || v.Domain != "offprint.example" {
			t.Errorf("signature of %s: %v", v.Domain, v.Err)
		}
		signed := strings.ToLower(strings.Join(v.HeaderKeys, " "))
		for _, name := range []string{"from", "list-unsubscribe", "list-unsubscribe-post", "content-type"} {
			if !strings.Contains(signed, name) {
				t.Errorf("%s is not signed: %s", name, signed)
			}
		}
	}
	if first := string(m.Bytes[:200]); !strings.Contains(first, "ed25519") {
		t.Errorf("the first signature is not Ed25519's: %q", first)
	}
}

// Whatever white space a message holds, it is signed as verifiers read it.
func TestSignWhiteSpace(t *testing.T) {
	keys := sampleKeys(t)
	records := map[string]string{}
	for _, k := range keys {
		records[k.RecordName()] = k.Record()
	}
	const header = "From: a  <a@example.com>\r\nsubject :\tx \r\n\ty  \r\nTo:\r\n b@example.com\r\nTo: c@example.com\r\nX: y\r\n\r\n"
	for _, body := range []string{
		"", "\r\n", "\r\n\r\n\r\n", "x", "x\r\n", "x\r\n\r\n\r\n", " x\t \ty  \r\n \t \r\n\r\nz \r\n  \r\n", "\r\n\r\nx\r\n",
		" \t\r\n", "a\tb\r\n", "\t\ta  b",
	} {
		m, err := keys.Sign(&Message{Bytes: []byte(header + body)})
		if err != nil {
			t.Fatal(err)
		}
		verifications, err := dkim.VerifyWithOptions(bytes.NewReader(m.Bytes), &dkim.VerifyOptions{
			LookupTXT: func(name string) ([]string, error) { return []string{records[name]}, nil },
		})
		if err != nil || len(verifications) != 2 || verifications[0].Err != nil || verifications[1].Err != nil {
			t.Errorf("body %q: %v, %v, %v", body, verifications[0].Err, verifications[1].Err, err)
		}
	}
}

func TestParseKeyRefuses(t *testing.T) {
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := rsaKey(t, 2048)
	public, err := x509.MarshalPKIXPublicKey(good.Public())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name             string
		domain, selector string
		data             []byte
		want             string
	}{
		{"not PEM", "a.example", "s", []byte("hello"), "no PEM block"},
		{"short RSA", "a.example", "s", pemKey(t, rsaKey(t, 1024)), "1024 bits"},
		{"ECDSA", "a.example", "s", pemKey(t, other), "want RSA or Ed25519"},
		{"public key", "a.example", "s", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), "public key"},
		{"encrypted", "a.example", "s", pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: public}), "pass phrase"},
		{"damaged", "a.example", "s", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")}), "asn1"},
		{"domain", "localhost", "s", pemKey(t, good), "no dot"},
		{"no selector", "a.example", "", pemKey(t, good), "selector"},
		{"selector", "a.example", "s; x=y", pemKey(t, good), "selector"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := ParseKey(c.domain, c.selector, c.data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one about %q", err, c.want)
			}
		})
	}
	pkcs1 := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(good)})
	if _, err := ParseKey("a.example", "s", pkcs1); err != nil {
		t.Errorf("PKCS #1: %v", err)
	}
}

func TestCheckRecord(t *testing.T) {
	keys := sampleKeys(t)
	edward, rivest := keys[0], keys[1]
	record := rivest.Record()
	half := len(record) / 2
	for _, c := range []struct {
		name, record string
		key          Key
		want         string // "" for good
	}{
		{"Ed25519", edward.Record(), edward, ""},
		{"RSA", record, rivest, ""},
		{"RSA without k", strings.Replace(record, "k=rsa; ", "", 1), rivest, ""},
		{"as in a zone file", `( "` + record[:half] + `" "` + record[half:] + `" )`, rivest, ""},
		{"other key", sampleKeys(t)[0].Record(), edward, "another key"},
		{"other kind", record, edward, "rsa key, ours is ed25519"},
		{"revoked", "v=DKIM1; k=rsa; p=", rivest, "revoked"},
		{"no p", "v=DKIM1; k=rsa", rivest, "p= is missing"},
		{"not base64", "v=DKIM1; p=?", rivest, "not base64"},
		{"sha1 only", record + "; h=sha1", rivest, "does not allow sha256"},
		{"other service", record + "; s=chat", rivest, "does not allow e-mail"},
		{"version", strings.Replace(record, "DKIM1", "spf1", 1), rivest, "want DKIM1"},
		{"empty", "", rivest, "empty"},
		{"no tags", "hello", rivest, "not a tag"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.key.CheckRecord(c.record)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("error is %v, want %q", err, c.want)
			}
		})
	}
}

func BenchmarkSign(b *testing.B) {
	keys, m := sampleKeys(b), bigMessage(b, 300_000)
	for b.Loop() {
		if _, err := keys.Sign(m); err != nil {
			b.Fatal(err)
		}
	}
}
