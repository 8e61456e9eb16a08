package mailer

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
)

// Tokens put addresses into links, sealed: who sees a link learns no address, and
// nobody can make one for another's. The same address always gives the same
// token, as a message composed again must have the same bytes, and it stays good
// as long as the key does: a reader may unsubscribe years later.
type Tokens struct {
	seal  cipher.AEAD
	nonce []byte // key of the nonces
}

// NewTokens makes the tokens of a key of 32 bytes.
func NewTokens(key []byte) (*Tokens, error) {
	if len(key) != 32 {
		return nil, fmt.Errorf("make tokens: a key of %d bytes, want 32", len(key))
	}
	block, err := aes.NewCipher(derive(key, "seal"))
	if err != nil {
		return nil, fmt.Errorf("make tokens: %w", err)
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make tokens: %w", err)
	}
	return &Tokens{seal: seal, nonce: derive(key, "nonce")}, nil
}

// Token seals an address: AES-GCM under a nonce that is a hash of the address
// with a key of its own, so that a nonce comes twice only for the same address.
// The token has letters, digits, - and _ alone.
func (t *Tokens) Token(a Address) string {
	nonce := derive(t.nonce, a.String())[:t.seal.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(t.seal.Seal(nonce, nonce, []byte(a.String()), nil))
}

// ErrToken says that a token was not made here, or was changed.
var ErrToken = errors.New("the link is not whole, or not from here")

// Address gives the address that a token seals, or [ErrToken].
func (t *Tokens) Address(token string) (Address, error) {
	const longest = 1024 // in characters, far above any address
	if len(token) > longest {
		return Address{}, ErrToken
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(sealed) < t.seal.NonceSize() {
		return Address{}, ErrToken
	}
	nonce, box := sealed[:t.seal.NonceSize()], sealed[t.seal.NonceSize():]
	plain, err := t.seal.Open(nil, nonce, box, nil)
	if err != nil {
		return Address{}, ErrToken
	}
	a, err := ParseAddress(string(plain))
	if err != nil {
		return Address{}, ErrToken
	}
	return a, nil
}

func derive(key []byte, purpose string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(purpose))
	return h.Sum(nil)
}
