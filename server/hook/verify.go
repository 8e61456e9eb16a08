package hook

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// tolerance is how far the time in a signature may lie from ours, either way: what
// the Standard Webhooks libraries allow, and far more than a sender's retries need.
const tolerance = 5 * time.Minute

// verifyNone lets everybody in.
const verifyNone = "none"

// way is a way in which senders show who they are.
type way struct {
	header string // carries secret or signature when the configuration names none
	// prepare reads the secrets, whose error never shows one.
	prepare func(secrets []string, header string) (verifier, error)
}

// verifier refuses a request whose head cannot be its sender's: what shows who sends is
// missing, cannot be read, or is too old. It does not look at the body.
type verifier func(r *Request, now time.Time) (*claim, *Error)

// claim is what the head of a request says of its sender.
type claim struct {
	id string // what the sender calls this delivery, where that is signed
	// match refuses a body that the sender did not sign. Nil: the head was enough.
	match func(body []byte) *Error
}

// signs reports, once the body is there, whether it is the sender's.
func (c *claim) signs(body []byte) *Error {
	if c.match == nil {
		return nil
	}
	return c.match(body)
}

// ways are all of them, by their name in the configuration.
var ways = map[string]way{
	"standard-webhooks": {prepare: standardWebhooks},
	"ghost":             {prepare: ghostSignature},
	"contentful":        {prepare: contentfulSignature},
	"hmac":              {prepare: bodySignature, header: "X-Webhook-Signature"},
	"header":            {prepare: sharedHeader, header: "Authorization"},
	"query":             {prepare: sharedQuery},
	verifyNone:          {prepare: nobody},
}

func verifyNames() []string { return slices.Sorted(maps.Keys(ways)) }

// ParseSecrets reads a secret file: a secret a line, the newest first or last;
// empty lines are passed over.
func ParseSecrets(file []byte) []string {
	var secrets []string
	for line := range strings.Lines(string(file)) {
		if line = strings.TrimSpace(line); line != "" {
			secrets = append(secrets, line)
		}
	}
	return secrets
}

// minSecret is the shortest secret, in bytes: 16 random characters are out of
// anybody's reach, a word is not.
const minSecret = 16

// checkSecrets refuses to go on without a secret that is worth the name.
func checkSecrets(secrets []string) error {
	const hint = "write into secret_file a line such as openssl rand -hex 32 prints, and the same into the sender"
	if len(secrets) == 0 {
		return wrong("secret_file", hint, "there is no secret")
	}
	for i, secret := range secrets {
		if len(secret) < minSecret {
			return wrong("secret_file", hint, "secret %d has fewer than %d characters", i+1, minSecret)
		}
	}
	return nil
}

// sameSecret compares in a time that tells nothing of the secret, not its length
// either.
func sameSecret(given, secret string) bool {
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(secret))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// one gives the value of a header that must be there once.
func one(h http.Header, name string) (string, *Error) {
	values := h.Values(name)
	switch {
	case len(values) == 0 || values[0] == "":
		return "", refuse(Unauthorized, "set the secret in the sender: without one it does not sign",
			"there is no header %s", name)
	case len(values) > 1:
		return "", refuse(Unauthorized, "send it once", "there are several headers %s", name)
	case len(values[0]) > maxSignature:
		return "", refuse(Unauthorized, "", "the header %s is longer than %d bytes", name, maxSignature)
	}
	return values[0], nil
}

// maxSignature is the longest header that carries a signature, in bytes.
const maxSignature = 4096

// mismatch is the answer to all that is signed with another secret.
func mismatch(what string) *Error {
	return refuse(Unauthorized,
		"set the same secret in the sender and in secret_file; nothing in between may change the body",
		"%s does not match", what)
}

// fresh refuses a request whose time, which is signed, is too far from ours.
func fresh(signed, now time.Time) *Error {
	if d := now.Sub(signed); d > tolerance || d < -tolerance {
		return refuse(Unauthorized, "set the clocks of both machines; a recorded request is not taken again",
			"the request was signed %s, which is more than %s from now", apart(d), tolerance)
	}
	return nil
}

func apart(d time.Duration) string {
	if d < 0 {
		return "for a time to come"
	}
	return fmt.Sprintf("%s ago", d.Round(time.Second))
}

// nobody asks for nothing. That is for senders on this machine, which the server
// sees to; but with a proxy in front everybody seems to be on this machine.
func nobody([]string, string) (verifier, error) {
	return func(r *Request, _ time.Time) (*claim, *Error) {
		for name := range r.Header {
			if forwarded(name) {
				return nil, refuse(Unauthorized, "set verify and secret_file for this hook",
					`verify is "none" and the header %s says that a proxy stands in front`, http.CanonicalHeaderKey(name))
			}
		}
		return &claim{}, nil
	}, nil
}

// forwarded reports whether a header of this name is added by proxies.
func forwarded(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, "x-forwarded-") {
		return true
	}
	switch name {
	case "forwarded", "x-forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip",
		"cf-connecting-ip", "cf-ray", "fastly-client-ip", "x-envoy-external-address", "x-azure-clientip", "cdn-loop":
		return true
	}
	return false
}
