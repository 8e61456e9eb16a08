package mailer

import (
	"strings"
	"testing"
)

func TestEnvelopeFrom(t *testing.T) {
	c := goodConfig(t)
	id := NewMessageID(mustAddress(t, "news@offprint.example"), "job", "reader@example.com")
	for domain, want := range map[string]string{
		"":                   "news@offprint.example",
		"bounces.例子.example": "bounce+" + strings.TrimSuffix(id, "@offprint.example") + "@bounces.xn--fsqu00a.example",
	} {
		c.EnvelopeDomain = domain
		if got, err := c.EnvelopeFrom(id); err != nil || got.String() != want {
			t.Errorf("envelope sender with domain %q is %s, %v; want %s", domain, got, err, want)
		}
	}
}

func TestBounceToken(t *testing.T) {
	for address, want := range map[string]string{
		"bounce+0123abcd@bounces.example.com": "0123abcd",
		"Bounce+0123ABcd@bounces.example.com": "0123ABcd",
		" bounce+x@例子.example ":               "x",
		"bounce+a+b.c@example.com":            "a+b.c",
		"bounce+@example.com":                 "",
		"bounce@example.com":                  "",
		"bounces+x@example.com":               "",
		"news@example.com":                    "",
		"bounce+x":                            "",
		"bounce+x@localhost":                  "",
		"bounce+x y@example.com":              "",
		"<bounce+x@example.com>":              "",
		"":                                    "",
	} {
		if token, ok := BounceToken(address); token != want || ok != (want != "") {
			t.Errorf("token of %q is %q, %v; want %q", address, token, ok, want)
		}
	}
}

// BounceToken undoes EnvelopeFrom, whatever the Message-ID.
func FuzzBounceToken(f *testing.F) {
	f.Add("0123456789abcdef0123456789abcdef@offprint.example")
	f.Add("a+b@c.d")
	f.Add("編號@例.公司")
	f.Add("@")
	f.Fuzz(func(t *testing.T, id string) {
		c := Config{EnvelopeDomain: "bounces.example.com"}
		from, err := c.EnvelopeFrom(id)
		if err != nil {
			return
		}
		want, _, _ := strings.Cut(id, "@")
		token, ok := BounceToken(from.String())
		if token != want || ok != (want != "") {
			t.Errorf("%s: token %q, %v; want %q", from, token, ok, want)
		}
	})
}
