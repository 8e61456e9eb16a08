package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Key names an object in a store: a SHA-256.
type Key [sha256.Size]byte

// ParseKey reads the 64 hexadecimal digits of [Key.String]. It takes nothing
// else, so that a key from an address can be used as a file name.
func ParseKey(s string) (Key, error) {
	var k Key
	if len(s) != hex.EncodedLen(len(k)) || strings.ToLower(s) != s {
		return Key{}, fmt.Errorf("read key %.80q: want 64 lower-case hexadecimal digits", s)
	}
	if _, err := hex.Decode(k[:], []byte(s)); err != nil {
		return Key{}, fmt.Errorf("read key %.80q: want 64 lower-case hexadecimal digits", s)
	}
	return k, nil
}

// ContentKey is the key of bytes that are named by themselves.
func ContentKey(b []byte) Key { return sha256.Sum256(b) }

// Part is the key of something that belongs to an object, such as the picture
// of one of its pages.
func (k Key) Part(name string) Key { return digest("offprint part 1", k[:], []byte(name)) }

// String gives 64 lower-case hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k == Key{} }

// MarshalText gives the key as String does.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a key by the rules of [ParseKey].
func (k *Key) UnmarshalText(text []byte) (err error) {
	*k, err = ParseKey(string(text))
	return err
}
