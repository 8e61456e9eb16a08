package hook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sign makes an HMAC of the parts, one after the other.
func sign(algorithm func() hash.Hash, secret string, parts ...[]byte) []byte {
	mac := hmac.New(algorithm, []byte(secret))
	for _, part := range parts {
		mac.Write(part)
	}
	return mac.Sum(nil)
}

// signedBy reports whether a signature is of one of the secrets.
func signedBy(secrets []string, given []byte, parts ...[]byte) bool {
	found := false
	for _, secret := range secrets {
		if hmac.Equal(sign(sha256.New, secret, parts...), given) {
			found = true
		}
	}
	return found
}

// claimOf is the claim of a signature in hexadecimal digits. What is no HMAC-SHA256 at
// all gives wrong at once.
func claimOf(signature string, matches func(given, body []byte) bool, wrong *Error) (*claim, *Error) {
	given, err := hex.DecodeString(signature)
	if err != nil || len(given) != sha256.Size {
		return nil, wrong
	}
	return &claim{match: func(body []byte) *Error {
		if !matches(given, body) {
			return wrong
		}
		return nil
	}}, nil
}

// ghostSignature checks X-Ghost-Signature: sha256=HEX, t=MILLISECONDS, an
// HMAC-SHA256 over the body and, right after it, t. Old versions of Ghost signed
// the body alone, so that t could be anything: such a signature does not match.
func ghostSignature(secrets []string, _ string) (verifier, error) {
	if err := checkSecrets(secrets); err != nil {
		return nil, err
	}
	return func(r *Request, now time.Time) (*claim, *Error) {
		header, refused := one(r.Header, "X-Ghost-Signature")
		if refused != nil {
			return nil, refused
		}
		signature, rest, _ := strings.Cut(header, ",")
		signature, isSignature := strings.CutPrefix(strings.TrimSpace(signature), "sha256=")
		timestamp, isTimestamp := strings.CutPrefix(strings.TrimSpace(rest), "t=")
		milliseconds, err := strconv.ParseInt(timestamp, 10, 64)
		if !isSignature || !isTimestamp || err != nil {
			return nil, refuse(Unauthorized, "Ghost writes sha256=HEX, t=MILLISECONDS", "X-Ghost-Signature cannot be read")
		}
		if refused := fresh(time.UnixMilli(milliseconds), now); refused != nil {
			return nil, refused
		}
		return claimOf(signature, func(given, body []byte) bool {
			return signedBy(secrets, given, body, []byte(timestamp))
		}, mismatch("X-Ghost-Signature"))
	}, nil
}

// contentfulSignature checks Contentful's request verification
// (https://www.contentful.com/developers/docs/webhooks/request-verification/): an
// HMAC-SHA256 in hexadecimal digits over four lines, which are method, path, the
// headers that x-contentful-signed-headers lists (name:value, parted by ;), and
// body.
func contentfulSignature(secrets []string, _ string) (verifier, error) {
	if err := checkSecrets(secrets); err != nil {
		return nil, err
	}
	return func(r *Request, now time.Time) (*claim, *Error) {
		signature, refused := one(r.Header, "X-Contentful-Signature")
		if refused != nil {
			return nil, refused
		}
		names, refused := one(r.Header, "X-Contentful-Signed-Headers")
		if refused != nil {
			return nil, refused
		}
		timestamp, refused := one(r.Header, "X-Contentful-Timestamp")
		if refused != nil {
			return nil, refused
		}
		headers, signsTime := canonicalHeaders(r.Header, names)
		milliseconds, err := strconv.ParseInt(timestamp, 10, 64)
		if err != nil || !signsTime {
			return nil, refuse(Unauthorized, "turn on request verification in Contentful", "the request's time is not signed")
		}
		if refused := fresh(time.UnixMilli(milliseconds), now); refused != nil {
			return nil, refused
		}
		head := []byte(r.Method + "\n" + r.Path + "\n" + headers + "\n")
		return claimOf(signature, func(given, body []byte) bool {
			return signedBy(secrets, given, head, body)
		}, refuse(Unauthorized,
			"set the same secret in Contentful and in secret_file; "+
				"the address that Contentful calls must have the path that arrives here",
			"X-Contentful-Signature does not match"))
	}, nil
}

// canonicalHeaders writes the headers that are signed in the order of their names.
// It reports whether the time is among them.
func canonicalHeaders(h http.Header, list string) (text string, signsTime bool) {
	names := strings.Split(strings.ToLower(list), ",")
	slices.Sort(names)
	var lines []string
	for _, name := range slices.Compact(names) {
		name = strings.TrimSpace(name)
		if values := h.Values(name); len(values) > 0 {
			lines = append(lines, name+":"+strings.TrimSpace(strings.Join(values, ", ")))
		}
		signsTime = signsTime || name == "x-contentful-timestamp"
	}
	return strings.Join(lines, ";"), signsTime
}

// bodySignature checks a header with the HMAC-SHA256 of the body in hexadecimal
// digits, sha256= before it or not, as many plugins of WordPress send it. Such a
// request holds no time: who records it can send it again.
func bodySignature(secrets []string, header string) (verifier, error) {
	if err := checkSecrets(secrets); err != nil {
		return nil, err
	}
	return func(r *Request, _ time.Time) (*claim, *Error) {
		signature, refused := one(r.Header, header)
		if refused != nil {
			return nil, refused
		}
		return claimOf(strings.TrimPrefix(strings.TrimSpace(signature), "sha256="), func(given, body []byte) bool {
			return signedBy(secrets, given, body)
		}, mismatch(header))
	}, nil
}
