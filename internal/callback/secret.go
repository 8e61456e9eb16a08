package callback

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"offprint/internal/durable"
)

// secretPrefix is how a secret for HMAC-SHA256 begins (Standard Webhooks 1.0.0,
// "Signature scheme").
const secretPrefix = "whsec_"

// Sizes of a secret, in bytes before base64; the specification's.
const (
	minSecret = 24
	maxSecret = 64
	newSecret = 32
)

// Secrets sign calls, each call with all of them: the receiver's passes while a
// new one takes the place of an old one.
type Secrets []*standardwebhooks.Webhook

// ReadSecrets reads a file with a secret a line: whsec_ and 24 to 64 random bytes
// in base64. Empty lines and those that begin with # do not count. To change the
// secret, add the new one, tell the receiver, and then take out the old one.
func ReadSecrets(file string) (Secrets, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read secrets of callbacks: %w", err)
	}
	var secrets Secrets
	for i, line := range bytes.Split(text, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		s, err := parseSecret(string(line))
		if err != nil {
			return nil, fmt.Errorf("read secrets of callbacks: %s, line %d: %w", file, i+1, err)
		}
		secrets = append(secrets, s)
	}
	if len(secrets) == 0 {
		return nil, fmt.Errorf("read secrets of callbacks: %s holds none: "+
			"want a line such as %s… with 32 random bytes in base64", file, secretPrefix)
	}
	return secrets, nil
}

// parseSecret never puts the secret into an error.
func parseSecret(line string) (*standardwebhooks.Webhook, error) {
	encoded, ok := strings.CutPrefix(line, secretPrefix)
	if !ok {
		return nil, fmt.Errorf("a secret begins with %s", secretPrefix)
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("what follows %s is not base64", secretPrefix)
	}
	if len(key) < minSecret || len(key) > maxSecret {
		return nil, fmt.Errorf("a secret of %d bytes: want %d to %d", len(key), minSecret, maxSecret)
	}
	return standardwebhooks.NewWebhookRaw(key)
}

// MakeSecretFile makes a file with a new secret that its owner alone can read,
// unless there is a file of that name.
func MakeSecretFile(file string) error {
	key := make([]byte, newSecret)
	rand.Read(key)
	line := secretPrefix + base64.StdEncoding.EncodeToString(key) + "\n"
	err := durable.CreateFile(file, []byte(line), 0o600)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make secret of callbacks: %w", err)
	}
	return nil
}

// Sign gives the header webhook-signature: a signature a secret, parted by
// spaces.
func (s Secrets) Sign(id string, at time.Time, body []byte) (string, error) {
	signatures := make([]string, len(s))
	for i, secret := range s {
		var err error
		if signatures[i], err = secret.Sign(id, at, body); err != nil {
			return "", fmt.Errorf("sign call: %w", err)
		}
	}
	return strings.Join(signatures, " "), nil
}
