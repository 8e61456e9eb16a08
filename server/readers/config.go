package readers

import (
	"cmp"
	"fmt"
)

// Config is the section [readers] of the configuration. The zero value of each is its
// default.
type Config struct {
	Enabled bool `toml:"enabled"` // the form is there
	Note    bool `toml:"note"`    // a letter may carry a few words of the reader's
	// SecretFile holds what page tokens are signed with, one secret a line; more than
	// one while they are changed. [ParseSecrets] reads it.
	SecretFile        string `toml:"secret_file"`
	ChallengeBits     int    `toml:"challenge_bits"`       // 18
	PerIPPerDay       int    `toml:"per_ip_per_day"`       // recipients; an IPv6 address counts as its /64; 20
	PerDomainPerHour  int    `toml:"per_domain_per_hour"`  // recipients of a mail domain; 200
	PerArticlePerHour int    `toml:"per_article_per_hour"` // recipients of an article; 500
}

// PerRecipientPerDay is how many letters an address gets by the form in a day.
const PerRecipientPerDay = 3

// Bounds of challenge_bits. Each bit doubles the work: 18 take a desktop computer about
// a second, 22 some sixteen.
const (
	leastBits = 8
	mostBits  = 22
)

// WithDefaults gives the settings that hold.
func (c Config) WithDefaults() Config {
	c.ChallengeBits = cmp.Or(c.ChallengeBits, 18)
	c.PerIPPerDay = cmp.Or(c.PerIPPerDay, 20)
	c.PerDomainPerHour = cmp.Or(c.PerDomainPerHour, 200)
	c.PerArticlePerHour = cmp.Or(c.PerArticlePerHour, 500)
	return c
}

// Validate gives an error for the first setting that cannot be kept.
func (c *Config) Validate() error {
	if c.ChallengeBits != 0 && (c.ChallengeBits < leastBits || c.ChallengeBits > mostBits) {
		return fmt.Errorf("readers.challenge_bits is %d: want %d to %d, or leave it out",
			c.ChallengeBits, leastBits, mostBits)
	}
	const mostLimit = 1_000_000
	for _, one := range []struct {
		name  string
		value int
	}{
		{"per_ip_per_day", c.PerIPPerDay},
		{"per_domain_per_hour", c.PerDomainPerHour},
		{"per_article_per_hour", c.PerArticlePerHour},
	} {
		if one.value < 0 || one.value > mostLimit {
			return fmt.Errorf("readers.%s is %d: want 1 to %d, or leave it out: the form has no use without limits",
				one.name, one.value, mostLimit)
		}
	}
	return nil
}
