package mailer

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// RecordName is where the key's public half is looked up in the DNS.
func (k Key) RecordName() string { return k.Selector + "._domainkey." + k.Domain }

// Record is the TXT record to publish at RecordName (RFC 6376 §3.6.1).
func (k Key) Record() string {
	return "v=DKIM1; k=" + k.kind() + "; p=" + base64.StdEncoding.EncodeToString(k.publicBytes())
}

// publicBytes is the public half as p= holds it: SubjectPublicKeyInfo for RSA,
// the 32 bytes themselves for Ed25519 (RFC 8463 §4).
func (k Key) publicBytes() []byte {
	switch public := k.signer.Public().(type) {
	case ed25519.PublicKey:
		return public
	case *rsa.PublicKey:
		if der, err := x509.MarshalPKIXPublicKey(public); err == nil {
			return der
		}
	}
	return nil
}

// CheckRecord holds the key against the text of a TXT record, as the DNS gives
// it (its strings joined) or as it stands in a zone file, quotes and all. The
// error says what a receiver would trip over.
func (k Key) CheckRecord(record string) error {
	tags, err := parseRecord(record)
	if err != nil {
		return fmt.Errorf("check DKIM record of %s: %w", k.RecordName(), err)
	}
	if err := k.checkTags(tags); err != nil {
		return fmt.Errorf("check DKIM record of %s: %w; publish: %s", k.RecordName(), err, k.Record())
	}
	return nil
}

func (k Key) checkTags(tags map[string]string) error {
	if v, ok := tags["v"]; ok && v != "DKIM1" {
		return fmt.Errorf("v=%s: want DKIM1", v)
	}
	kind, ok := tags["k"]
	if !ok {
		kind = "rsa"
	}
	if kind != k.kind() {
		return fmt.Errorf("record is for an %s key, ours is %s", kind, k.kind())
	}
	if h, ok := tags["h"]; ok && !listHas(h, "sha256") {
		return fmt.Errorf("h=%s does not allow sha256", h)
	}
	if s, ok := tags["s"]; ok && !listHas(s, "email") && !listHas(s, "*") {
		return fmt.Errorf("s=%s does not allow e-mail", s)
	}
	p, ok := tags["p"]
	switch {
	case !ok:
		return errors.New("p= is missing")
	case p == "":
		return errors.New("p= is empty: the key has been revoked")
	}
	public, err := base64.StdEncoding.DecodeString(p)
	if err != nil {
		return errors.New("p= is not base64")
	}
	if !k.matches(public) {
		return errors.New("p= holds the public half of another key")
	}
	return nil
}

// matches compares the public key; an RSA key may also stand in its PKCS #1
// form, which RFC 6376 names and some zones hold.
func (k Key) matches(public []byte) bool {
	if bytes.Equal(public, k.publicBytes()) {
		return true
	}
	ours, ok := k.signer.Public().(*rsa.PublicKey)
	return ok && bytes.Equal(public, x509.MarshalPKCS1PublicKey(ours))
}

// parseRecord reads a tag list (RFC 6376 §3.2).
func parseRecord(record string) (map[string]string, error) {
	record = strings.NewReplacer(`"`, "", "(", "", ")", "").Replace(record)
	tags := map[string]string{}
	for tag := range strings.SplitSeq(record, ";") {
		tag = strings.Join(strings.Fields(tag), "")
		if tag == "" {
			continue
		}
		name, value, found := strings.Cut(tag, "=")
		if _, twice := tags[name]; !found || twice {
			return nil, fmt.Errorf("%.40q is not a tag of its own: want v=DKIM1; k=…; p=…", tag)
		}
		tags[name] = value
	}
	if len(tags) == 0 {
		return nil, errors.New("it is empty")
	}
	return tags, nil
}

// listHas reports whether a colon-separated list holds an entry.
func listHas(list, entry string) bool {
	for e := range strings.SplitSeq(list, ":") {
		if e == entry {
			return true
		}
	}
	return false
}
