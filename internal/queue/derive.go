package queue

import (
	"crypto/hkdf"
	"crypto/sha256"
)

// DeriveKey gives a key of 32 bytes for another purpose, made of the queue's
// secret (RFC 5869): the same for the same purpose as long as the secret stays,
// and telling nothing of it or of the other keys.
func (q *Queue) DeriveKey(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, q.options.Secret, nil, "offprint "+purpose, 32)
	if err != nil {
		panic(err) // only for a length that SHA-256 cannot give
	}
	return key
}
