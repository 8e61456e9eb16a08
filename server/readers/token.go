package readers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Token lets the article at an address be mailed until a moment. The publisher's pages
// carry theirs: whoever has no secret cannot make one.
//
//	exp "." base64url(HMAC-SHA256(secret, url "\n" exp))
//
// exp is in Unix seconds, base64url without padding, and url the canonical address.
func Token(secret []byte, url string, expires time.Time) string {
	exp := strconv.FormatInt(expires.Unix(), 10)
	return exp + "." + base64.RawURLEncoding.EncodeToString(sign(secret, url, exp))
}

func sign(secret []byte, url, exp string) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(url + "\n" + exp))
	return h.Sum(nil)
}

const (
	// LongestLife is how far ahead a token may expire: pages are kept by caches.
	LongestLife = 30 * 24 * time.Hour
	// clockSlip is how far the publisher's clock may be ahead of ours.
	clockSlip = 5 * time.Minute
	// longestToken is above any token's length.
	longestToken = 80
)

// Errors of a token, in words for the publisher.
var (
	ErrToken   = errors.New("the page's token is not signed for this address with the service's secret")
	ErrExpired = errors.New("the page's token has expired")
	ErrLife    = errors.New("the page's token is good for more than 30 days")
)

// CheckToken gives an error when a token does not let the article at an address be
// mailed now. Any of the secrets will do.
func CheckToken(secrets [][]byte, url, token string, now time.Time) error {
	exp, mac, found := strings.Cut(token, ".")
	if !found || len(token) > longestToken {
		return ErrToken
	}
	seconds, err := strconv.ParseInt(exp, 10, 64)
	if err != nil || strconv.FormatInt(seconds, 10) != exp {
		return ErrToken
	}
	got, err := base64.RawURLEncoding.Strict().DecodeString(mac)
	if err != nil {
		return ErrToken
	}
	signed := false
	for _, secret := range secrets {
		signed = hmac.Equal(got, sign(secret, url, exp)) || signed
	}
	switch {
	case !signed:
		return ErrToken
	case now.Unix() >= seconds:
		return ErrExpired
	case seconds > now.Add(LongestLife+clockSlip).Unix():
		return ErrLife
	}
	return nil
}

// leastSecret is how many bytes a secret has at least.
const leastSecret = 32

// ParseSecrets reads a file of secrets: one a line, without the spaces around it.
func ParseSecrets(file []byte) ([][]byte, error) {
	var secrets [][]byte
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if len(line) < leastSecret {
			return nil, fmt.Errorf("a secret has %d characters, and %d are the least", len(line), leastSecret)
		}
		secrets = append(secrets, []byte(line))
	}
	if secrets == nil {
		return nil, errors.New("there is no secret in it")
	}
	return secrets, nil
}
