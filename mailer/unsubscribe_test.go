package mailer

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	tokens, err := NewTokens(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	others, err := NewTokens(bytes.Repeat([]byte{8}, 32))
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"reader@example.com", "讀者@example.com", strings.Repeat("a", 60) + "@example.com"} {
		a, err := ParseAddress(address)
		if err != nil {
			t.Fatal(err)
		}
		token := tokens.Token(a)
		if token != tokens.Token(a) {
			t.Errorf("%s: two tokens", address)
		}
		if strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("%s: token %q does not fit into a link", address, token)
		}
		if got, err := tokens.Address(token); err != nil || got != a {
			t.Errorf("%s came back as %v, %v", address, got, err)
		}
		if _, err := others.Address(token); !errors.Is(err, ErrToken) {
			t.Errorf("%s: another key opens the token: %v", address, err)
		}
		// No character can be changed.
		for i := range token {
			changed := token[:i] + string(rune('A'+('B'-token[i]+26)%2)) + token[i+1:]
			if changed == token {
				continue
			}
			if got, err := tokens.Address(changed); !errors.Is(err, ErrToken) {
				t.Errorf("%s: changed at %d it gives %v, %v", address, i, got, err)
			}
		}
	}
	for _, bad := range []string{"", "x", "=", strings.Repeat("A", 40), strings.Repeat("A", 5000)} {
		if _, err := tokens.Address(bad); !errors.Is(err, ErrToken) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
	if _, err := NewTokens([]byte("short")); err == nil {
		t.Error("a short key is taken")
	}
}
