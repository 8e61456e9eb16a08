package hook

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// standardWebhooks checks signatures by Standard Webhooks 1.0.0
// (https://www.standardwebhooks.com): v1, HMAC-SHA256 with a secret whsec_…, and
// v1a, Ed25519 with a public key whpk_…, over "ID.TIMESTAMP.BODY". Several secrets
// and several signatures are what a change of secrets looks like: one pair must
// match.
//
// The libraries of the standard read the clock themselves and know no v1a, so this
// is our own; a test holds it against one of them.
func standardWebhooks(secrets []string, _ string) (verifier, error) {
	if err := checkSecrets(secrets); err != nil {
		return nil, err
	}
	var keys []standardKey
	for i, secret := range secrets {
		key, err := parseStandardKey(secret)
		if err != nil {
			return nil, wrong("secret_file",
				"a secret is whsec_ and base64 of 24 to 64 random bytes: echo whsec_$(openssl rand -base64 32)",
				"secret %d: %w", i+1, err)
		}
		keys = append(keys, key)
	}
	return func(r *Request, now time.Time) (*claim, *Error) {
		id, refused := one(r.Header, "Webhook-Id")
		if refused != nil {
			return nil, refused
		}
		timestamp, refused := one(r.Header, "Webhook-Timestamp")
		if refused != nil {
			return nil, refused
		}
		signatures, refused := one(r.Header, "Webhook-Signature")
		if refused != nil {
			return nil, refused
		}
		seconds, err := strconv.ParseInt(timestamp, 10, 64)
		if err != nil {
			return nil, refuse(Unauthorized, "send whole seconds since 1970", "webhook-timestamp is no number")
		}
		if refused := fresh(time.Unix(seconds, 0), now); refused != nil {
			return nil, refused
		}
		if !anySignature(keys, signatures) {
			return nil, mismatch("webhook-signature")
		}
		return &claim{id: id, match: func(body []byte) *Error {
			content := append([]byte(id+"."+timestamp+"."), body...)
			if !anySigned(keys, content, signatures) {
				return mismatch("webhook-signature")
			}
			return nil
		}}, nil
	}, nil
}

// standardKey checks signatures of one version.
type standardKey struct {
	version string
	match   func(content, signature []byte) bool
}

func parseStandardKey(secret string) (standardKey, error) {
	text, isPublic := strings.CutPrefix(secret, "whpk_")
	if !isPublic {
		text = strings.TrimPrefix(secret, "whsec_")
	}
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	switch {
	case err != nil:
		return standardKey{}, errors.New("it is not base64") // without the library's words, which quote it
	case isPublic && len(key) != ed25519.PublicKeySize:
		return standardKey{}, fmt.Errorf("a public key has %d bytes and this has %d", ed25519.PublicKeySize, len(key))
	case isPublic:
		return standardKey{"v1a", func(content, signature []byte) bool {
			return ed25519.Verify(key, content, signature)
		}}, nil
	case len(key) < 24 || len(key) > 64:
		return standardKey{}, fmt.Errorf("it has %d bytes", len(key))
	}
	return standardKey{"v1", func(content, signature []byte) bool {
		return hmac.Equal(sign(sha256.New, string(key), content), signature)
	}}, nil
}

// anySignature reports whether one of the texts, parted by spaces, could be a signature
// of one of the keys.
func anySignature(keys []standardKey, signatures string) bool {
	lengths := map[string]int{"v1": sha256.Size, "v1a": ed25519.SignatureSize}
	for item := range strings.FieldsSeq(signatures) {
		version, text, _ := strings.Cut(item, ",")
		signature, err := base64.StdEncoding.DecodeString(text)
		for _, key := range keys {
			if err == nil && key.version == version && len(signature) == lengths[version] {
				return true
			}
		}
	}
	return false
}

// anySigned reports whether one of the signatures, parted by spaces, is of one of
// the keys.
func anySigned(keys []standardKey, content []byte, signatures string) bool {
	for item := range strings.FieldsSeq(signatures) {
		version, text, _ := strings.Cut(item, ",")
		signature, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			continue
		}
		for _, key := range keys {
			if key.version == version && key.match(content, signature) {
				return true
			}
		}
	}
	return false
}
