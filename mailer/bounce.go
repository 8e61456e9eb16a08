package mailer

import (
	"fmt"
	"strings"
)

// bouncePrefix begins the address that a message's bounces go to.
const bouncePrefix = "bounce+"

// EnvelopeFrom is where a message's bounces go: bounce+TOKEN@ the envelope
// domain, TOKEN being the Message-ID's own part, so that a bounce names the
// message it is about; without an envelope domain, the From address.
func (c *Config) EnvelopeFrom(messageID string) (Address, error) {
	if c.EnvelopeDomain == "" {
		from, err := ParseMailbox(c.From)
		return from.Address, err
	}
	token, _, _ := strings.Cut(messageID, "@")
	return ParseAddress(bouncePrefix + token + "@" + c.EnvelopeDomain)
}

// Envelope sets the sender of the message's envelope, to which its bounces go: the
// address of [Config.EnvelopeFrom] if there is an envelope domain, else from.
func (c *Config) Envelope(m *Message, from Address) (err error) {
	if m.From = from; c.EnvelopeDomain == "" {
		return nil
	}
	if m.From, err = c.EnvelopeFrom(m.ID); err != nil {
		return fmt.Errorf("address envelope: %w", err)
	}
	return nil
}

// Finish makes a composed message ready to be delivered: it sets the envelope's
// sender and signs the message.
func (c *Config) Finish(m *Message, keys Keys) (*Message, error) {
	if err := c.Envelope(m, m.From); err != nil {
		return nil, err
	}
	return keys.Sign(m)
}

// BounceToken gives the token of an address that [Config.EnvelopeFrom] made:
// the part before the @ of the Message-ID that a report sent to this address is
// about. False means that it is another address. The domain is not looked at:
// mail for it arrives at whoever calls this. Servers may change the case of the
// word bounce, but not of the token (RFC 5321 §2.4).
func BounceToken(address string) (token string, ok bool) {
	parsed, err := ParseAddress(strings.TrimSpace(address))
	if err != nil || len(parsed.local) <= len(bouncePrefix) || !strings.EqualFold(parsed.local[:len(bouncePrefix)], bouncePrefix) {
		return "", false
	}
	return parsed.local[len(bouncePrefix):], true
}
