package mailer

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"

	"offprint/internal/livefile"
)

// Key is one DKIM key with the place of its public half in the DNS:
// SELECTOR._domainkey.DOMAIN.
type Key struct {
	Domain   string
	Selector string
	signer   crypto.Signer
}

// Keys sign a message, in their order. A receiver needs only one good
// signature, so Ed25519 (RFC 8463) comes first and RSA, which everybody can
// check, second. No keys: messages stay unsigned.
type Keys []Key

// signedFields are the header fields that a signature covers (RFC 6376 §5.4.1),
// with both List-Unsubscribe fields, as RFC 8058 §4 demands. Those named twice
// are signed once more than they occur, so that nobody can add another.
var signedFields = []string{
	"From", "From", "To", "To", "Reply-To", "Reply-To", "Subject", "Subject", "Date", "Date",
	"Message-ID", "Message-ID", "MIME-Version", "Content-Type", "Content-Type", "Auto-Submitted",
	"List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID",
}

// minRSABits is the smallest RSA key that signs: RFC 8301 §3.2.
const minRSABits = 2048

// LoadKeys reads the DKIM keys of a configuration: Ed25519 first, then RSA.
func LoadKeys(c *Config) (Keys, error) {
	var keys Keys
	for _, k := range []struct{ kind, selector, file string }{
		{"ed25519", c.DKIMEd25519Selector, c.DKIMEd25519KeyFile},
		{"rsa", c.DKIMRSASelector, c.DKIMRSAKeyFile},
	} {
		if k.file == "" {
			continue
		}
		data, err := os.ReadFile(k.file)
		if err != nil {
			return nil, fmt.Errorf("load DKIM %s key: %w", k.kind, err)
		}
		key, err := ParseKey(c.DKIMDomain, k.selector, data)
		if err != nil {
			return nil, fmt.Errorf("load DKIM %s key %s: %w", k.kind, k.file, err)
		}
		if got := key.kind(); got != k.kind {
			return nil, fmt.Errorf("load DKIM %s key %s: it is an %s key", k.kind, k.file, got)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// KeyFiles are the DKIM keys of a configuration, whose files are read again when they
// change. While one of them cannot be read, the keys are as they were.
type KeyFiles struct {
	file *livefile.File[Keys]
}

// OpenKeyFiles reads the keys as [LoadKeys] does. told, which may be nil, is told of
// each later reading: nil, or why the keys stay as they were.
func OpenKeyFiles(c *Config, told func(error)) (*KeyFiles, error) {
	var paths []string
	for _, path := range []string{c.DKIMEd25519KeyFile, c.DKIMRSAKeyFile} {
		if path != "" {
			paths = append(paths, path)
		}
	}
	file, err := livefile.Open(paths, func() (Keys, error) { return LoadKeys(c) }, told)
	if err != nil {
		return nil, err
	}
	return &KeyFiles{file}, nil
}

// Keys gives the newest keys.
func (f *KeyFiles) Keys() Keys { return f.file.Get() }

// Look reads the files now.
func (f *KeyFiles) Look() { f.file.Look() }

// ParseKey reads a private key in PEM: PKCS #8 ("PRIVATE KEY", RSA or Ed25519)
// or PKCS #1 ("RSA PRIVATE KEY").
func ParseKey(domain, selector string, data []byte) (Key, error) {
	ascii, err := asciiDomain(domain)
	if err != nil {
		return Key{}, fmt.Errorf("read DKIM key: %w", err)
	}
	if _, err := asciiDomain(selector + ".invalid"); err != nil {
		return Key{}, fmt.Errorf("read DKIM key: selector %q: want letters, digits and hyphens", selector)
	}
	signer, err := parsePrivateKey(data)
	if err != nil {
		return Key{}, fmt.Errorf("read DKIM key: %w", err)
	}
	return Key{Domain: ascii, Selector: selector, signer: signer}, nil
}

func parsePrivateKey(data []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, errors.New("no PEM block in it: want -----BEGIN PRIVATE KEY-----")
	}
	var key any
	var err error
	switch block.Type {
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "PUBLIC KEY", "RSA PUBLIC KEY":
		return nil, errors.New("it is the public key: want the private one")
	case "ENCRYPTED PRIVATE KEY":
		return nil, errors.New("it is encrypted with a pass phrase: write it out without one (openssl pkey)")
	default:
		return nil, fmt.Errorf("PEM block is %q: want PRIVATE KEY or RSA PRIVATE KEY", block.Type)
	}
	if err != nil {
		return nil, err
	}
	switch k := key.(type) {
	case *rsa.PrivateKey:
		if bits := k.N.BitLen(); bits < minRSABits {
			return nil, fmt.Errorf("RSA key has %d bits: receivers want at least %d", bits, minRSABits)
		}
		return k, nil
	case ed25519.PrivateKey:
		return k, nil
	}
	return nil, fmt.Errorf("key is a %T: want RSA or Ed25519", key)
}

// kind is the key's name in a DNS record: "rsa" or "ed25519".
func (k Key) kind() string {
	if _, ok := k.signer.(ed25519.PrivateKey); ok {
		return "ed25519"
	}
	return "rsa"
}

// Sign gives the message with a DKIM-Signature of each key before its header.
// The signature holds the time of signing: sign once, and keep the bytes for
// every further try.
func (keys Keys) Sign(m *Message) (*Message, error) {
	signatures := make([]string, len(keys))
	size := len(m.Bytes)
	for i, k := range keys {
		signature, err := k.sign(m.Bytes, time.Now())
		if err != nil {
			return nil, fmt.Errorf("sign message with DKIM key %s of %s: %w", k.Selector, k.Domain, err)
		}
		signatures[i] = signature
		size += len(signature)
	}
	signed := *m
	signed.Bytes = make([]byte, 0, size)
	for _, signature := range signatures {
		signed.Bytes = append(signed.Bytes, signature...)
	}
	signed.file = span{len(signed.Bytes) + m.file.from, len(signed.Bytes) + m.file.to}
	signed.Bytes = append(signed.Bytes, m.Bytes...)
	return &signed, nil
}
