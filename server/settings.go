package server

import (
	"cmp"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"
)

// Settings are the section [serve] of the configuration. The zero value of each
// is its default.
type Settings struct {
	Listen         string        `toml:"listen"`          // address for the world; DefaultListen
	AdminListen    string        `toml:"admin_listen"`    // address for the operator; DefaultAdminListen
	TrustedProxies []string      `toml:"trusted_proxies"` // addresses or ranges whose X-Forwarded-For is believed; none
	MaxBody        int64         `toml:"max_body"`        // bytes of a request; 10,000,000
	HeaderTimeout  time.Duration `toml:"header_timeout"`  // for a request's headers to arrive; 10 s
	BodyTimeout    time.Duration `toml:"body_timeout"`    // for the rest of it to arrive; 30 s
	RequestTimeout time.Duration `toml:"request_timeout"` // for the answer to be ready; 90 s
	IdleTimeout    time.Duration `toml:"idle_timeout"`    // for the connection's next request; 2 minutes
	// DrainDelay lies between not being ready and taking no more requests. 0: 5 s where
	// the service has a public address, else none; -1 s: none.
	DrainDelay time.Duration `toml:"drain_delay"`
}

// publicDrain is how long a balancer needs at least to see that /readyz says no.
const publicDrain = 5 * time.Second

// Drain is the DrainDelay that holds, for a service with a public address or without.
func (s *Settings) Drain(public bool) time.Duration {
	if s.DrainDelay == 0 && public {
		return publicDrain
	}
	return max(s.DrainDelay, 0)
}

// The addresses of a service that is told none: this machine alone.
const (
	DefaultListen      = "127.0.0.1:8080"
	DefaultAdminListen = "127.0.0.1:8081"
)

// Limits are the part of the section [limits] that holds for requests. The zero
// value of each is its default.
type Limits struct {
	PerIPPerMinute  int `toml:"per_ip_per_minute"`  // requests of one address without a key; 120, or from this machine any number; -1: any number
	PerKeyPerMinute int `toml:"per_key_per_minute"` // requests with one key; 1,200; -1: any number
	PerKeyBytes     int `toml:"per_key_bytes"`      // kept for a key's jobs and letters; 1,000,000,000; -1: any number
}

const (
	minBody = 1_000
	maxBody = 1_000_000_000
)

func (s *Settings) setDefaults() {
	s.Listen = cmp.Or(s.Listen, DefaultListen)
	s.AdminListen = cmp.Or(s.AdminListen, DefaultAdminListen)
	s.MaxBody = cmp.Or(s.MaxBody, 10_000_000)
	s.HeaderTimeout = cmp.Or(s.HeaderTimeout, 10*time.Second)
	s.BodyTimeout = cmp.Or(s.BodyTimeout, 30*time.Second)
	s.RequestTimeout = cmp.Or(s.RequestTimeout, 90*time.Second)
	s.IdleTimeout = cmp.Or(s.IdleTimeout, 2*time.Minute)
}

func (l *Limits) setDefaults() {
	l.PerIPPerMinute = cmp.Or(l.PerIPPerMinute, 120)
	l.PerKeyPerMinute = cmp.Or(l.PerKeyPerMinute, 1200)
	l.PerKeyBytes = cmp.Or(l.PerKeyBytes, 1_000_000_000)
}

// keyBytes is how much is kept for the jobs of a key, in bytes; below 0: any amount.
func (l Limits) keyBytes() int64 {
	l.setDefaults()
	return int64(l.PerKeyBytes)
}

// Validate gives an error for the first setting that cannot be kept. It says what
// the setting may be.
func (s *Settings) Validate() error {
	for _, one := range []struct{ name, value string }{{"listen", s.Listen}, {"admin_listen", s.AdminListen}} {
		if one.value == "" {
			continue
		}
		if _, _, err := net.SplitHostPort(one.value); err != nil {
			return fmt.Errorf("serve.%s is %q: want HOST:PORT, such as %s, or :8080 for all addresses of this machine",
				one.name, one.value, DefaultListen)
		}
	}
	if _, port, _ := net.SplitHostPort(s.AdminListen); s.Listen != "" && s.Listen == s.AdminListen && port != "0" {
		return fmt.Errorf("serve.admin_listen is %q, which is serve.listen as well: want another port", s.AdminListen)
	}
	if _, err := parseProxies(s.TrustedProxies); err != nil {
		return err
	}
	if s.MaxBody != 0 && (s.MaxBody < minBody || s.MaxBody > maxBody) {
		return fmt.Errorf("serve.max_body is %d: want bytes, from %d to %d, or leave it out", s.MaxBody, minBody, maxBody)
	}
	for _, one := range []struct {
		name  string
		value time.Duration
	}{
		{"header_timeout", s.HeaderTimeout},
		{"body_timeout", s.BodyTimeout},
		{"request_timeout", s.RequestTimeout},
		{"idle_timeout", s.IdleTimeout},
		{"drain_delay", max(s.DrainDelay, 0)}, // less than none: none
	} {
		if one.value < 0 || one.value > time.Hour {
			return fmt.Errorf("serve.%s is %s: want a time such as 30s, at most 1h, or leave it out", one.name, one.value)
		}
	}
	return nil
}

// Validate gives an error for the first limit that cannot be kept.
func (l *Limits) Validate() error {
	for _, one := range []struct {
		name  string
		value int
	}{
		{"per_ip_per_minute", l.PerIPPerMinute},
		{"per_key_per_minute", l.PerKeyPerMinute},
		{"per_key_bytes", l.PerKeyBytes},
	} {
		if one.value < -1 {
			return fmt.Errorf("limits.%s is %d: want a number above 0, -1 for no limit, or leave it out", one.name, one.value)
		}
	}
	return nil
}

// parseProxies reads addresses (10.0.0.7) and ranges (10.0.0.0/8).
func parseProxies(list []string) ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for _, one := range list {
		p, err := netip.ParsePrefix(one)
		if err != nil && !strings.Contains(one, "/") {
			var a netip.Addr
			if a, err = netip.ParseAddr(one); err == nil {
				a = a.Unmap().WithZone("")
				p = netip.PrefixFrom(a, a.BitLen())
			}
		}
		if err != nil {
			return nil, fmt.Errorf("serve.trusted_proxies has %q: "+
				"want addresses such as 10.0.0.7 or ranges such as 10.0.0.0/8", one)
		}
		if p.Bits() == 0 {
			return nil, fmt.Errorf("serve.trusted_proxies has %q, which is everybody: name the proxies alone", one)
		}
		prefixes = append(prefixes, p.Masked())
	}
	return prefixes, nil
}
