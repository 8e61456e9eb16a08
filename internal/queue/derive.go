package queue

import (
	"crypto/hkdf"
	"crypto/sha256"
)

// DeriveKey makes a key of 32 bytes for another purpose from the queue's secret
// (RFC 5869). The same purpose gives the same key as long as the secret stays. A key
// tells nothing of the secret or of the other keys.
func (q *Queue) DeriveKey(purpose string) []byte { return deriveKey(q.options.Secret, purpose) }

func deriveKey(secret []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, "offprint "+purpose, 32)
	if err != nil {
		panic(err) // only for a length that SHA-256 cannot give
	}
	return key
}
