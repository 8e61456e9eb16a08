package hook

import (
	"net/url"
	"strings"
	"time"
)

// sharedHeader checks a header that carries the secret itself, alone or as Bearer
// SECRET: what systems can send that let headers be set but do not sign.
func sharedHeader(secrets []string, header string) (verifier, error) {
	if err := checkSecrets(secrets); err != nil {
		return nil, err
	}
	return func(r *Request, _ time.Time) (*claim, *Error) {
		given, refused := one(r.Header, header)
		if refused != nil {
			return nil, refused
		}
		given = strings.TrimSpace(given)
		if scheme, token, ok := strings.Cut(given, " "); ok && strings.EqualFold(scheme, "Bearer") {
			given = strings.TrimSpace(token)
		}
		return &claim{}, knows(secrets, given, "the header "+header)
	}, nil
}

// sharedQuery checks the parameter secret of the address that is called. Addresses
// are written into logs, so this is for systems that can send nothing else
// (WordPress.com).
func sharedQuery(secrets []string, _ string) (verifier, error) {
	if err := checkSecrets(secrets); err != nil {
		return nil, err
	}
	return func(r *Request, _ time.Time) (*claim, *Error) {
		_, query, _ := strings.Cut(r.Path, "?")
		values, err := url.ParseQuery(query)
		if err != nil || len(values["secret"]) != 1 {
			return nil, refuse(Unauthorized, "have the sender call the address with ?secret= and the secret at its end",
				"the address has no secret")
		}
		return &claim{}, knows(secrets, values["secret"][0], "the secret in the address")
	}, nil
}

// knows refuses what is none of the secrets. All are compared, so that the time
// does not tell which it was.
func knows(secrets []string, given, where string) *Error {
	found := false
	for _, secret := range secrets {
		found = sameSecret(given, secret) || found
	}
	if !found {
		return refuse(Unauthorized, "set the same secret in the sender and in secret_file", "%s holds another secret", where)
	}
	return nil
}
