package keys

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// The text of a key is op_ID_SECRET, which scanners for leaked secrets find by
//
//	\bop_[a-z2-7]{8}_[a-z2-7]{40}\b
//
// ID is 8 characters, not secret. SECRET is 32 characters that are 160 random
// bits, and 8 that are a checksum of all before them: 40 bits of its SHA-256. So
// a key that was copied badly is told from one that is not known, without a look
// at the store.
const (
	textPrefix = "op_"
	idLength   = 8
	bodyLength = 32
	sumLength  = 8
	textLength = len(textPrefix) + idLength + len("_") + bodyLength + sumLength
)

// alphabet is that of RFC 4648 §6 in lower case: it has no 0, 1, 8 and 9 to be
// mistaken for letters.
var alphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// newText makes a key's text. It cannot fail: crypto/rand ends the program when
// the system has no randomness.
func newText() (id, text string) {
	var random [5 + 20]byte
	rand.Read(random[:])
	id = alphabet.EncodeToString(random[:5])
	text = textPrefix + id + "_" + alphabet.EncodeToString(random[5:])
	return id, text + checksum(text)
}

// readText takes a key's ID out of its text. False: no key has such a text.
func readText(text string) (id string, ok bool) {
	if len(text) != textLength || !strings.HasPrefix(text, textPrefix) || text[len(textPrefix)+idLength] != '_' {
		return "", false
	}
	body, sum := text[:textLength-sumLength], text[textLength-sumLength:]
	id = text[len(textPrefix):][:idLength]
	return id, isID(id) && checksum(body) == sum
}

func checksum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return alphabet.EncodeToString(sum[:5])
}

// isID reports whether s has the form of an ID.
func isID(s string) bool {
	return len(s) == idLength && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}
