package mailer

import (
	"errors"
	"fmt"
	"math"
	"net"
	"os"
	"strconv"
	"strings"
)

// Server is one SMTP server that takes our mail.
type Server struct {
	Host         string `toml:"host"`
	Port         int    `toml:"port"`          // 0: 587 for starttls, 465 for tls, 25 for none
	TLS          string `toml:"tls"`           // starttls (default), tls, or none (loopback only)
	Auth         string `toml:"auth"`          // empty, PLAIN, LOGIN, SCRAM-SHA-256, XOAUTH2
	User         string `toml:"user"`          //
	PasswordFile string `toml:"password_file"` // password, or the access token of XOAUTH2
	CAFile       string `toml:"ca_file"`       // PEM; trusted instead of the system's authorities
}

// Config is the section [mail] of the configuration. The zero values of
// AttachLimit and RatePerSecond mean the default and no limit.
type Config struct {
	Server `toml:",squash"`
	// Servers are tried in order when the first one is out of reach.
	Servers []Server `toml:"servers"`

	From           string `toml:"from"`            // Name <address>: the publisher
	EnvelopeDomain string `toml:"envelope_domain"` // bounces go to bounce+TOKEN@ it; empty: to From

	DKIMDomain          string `toml:"dkim_domain"`
	DKIMRSASelector     string `toml:"dkim_rsa_selector"`
	DKIMRSAKeyFile      string `toml:"dkim_rsa_key_file"`
	DKIMEd25519Selector string `toml:"dkim_ed25519_selector"`
	DKIMEd25519KeyFile  string `toml:"dkim_ed25519_key_file"`

	AttachLimit     int64   `toml:"attach_limit"`     // bytes of PDF, before encoding
	RatePerSecond   float64 `toml:"rate_per_second"`  // messages
	SuppressionFile string  `toml:"suppression_file"` // who asked for no mail
}

// DefaultAttachLimit is how large a PDF may be, in bytes, to travel in a
// message: base64 makes 7 MB into 9.6 MB, and many hosts stop at 10.
const DefaultAttachLimit = 7_000_000

// The values of Server.TLS.
const (
	StartTLS    = "starttls"
	ImplicitTLS = "tls"
	NoTLS       = "none"
)

// authMethods are the values of Server.Auth.
var authMethods = []string{"PLAIN", "LOGIN", "SCRAM-SHA-256", "XOAUTH2"}

// Validate checks all that can be known without the network. It opens no file
// but says which ones are not there.
func (c *Config) Validate() error {
	var errs []error
	for i, s := range c.AllServers() {
		name := "mail"
		if i > 0 {
			name = fmt.Sprintf("mail.servers[%d]", i-1)
		}
		errs = append(errs, s.validate(name))
	}
	if _, err := ParseMailbox(c.From); err != nil {
		errs = append(errs, fmt.Errorf("mail.from: %w", err))
	}
	if c.EnvelopeDomain != "" {
		if _, err := asciiDomain(c.EnvelopeDomain); err != nil {
			errs = append(errs, fmt.Errorf("mail.envelope_domain: %w", err))
		}
	}
	if c.AttachLimit < 0 {
		errs = append(errs, fmt.Errorf("mail.attach_limit is %d: want bytes, 0 for %d", c.AttachLimit, DefaultAttachLimit))
	}
	if c.RatePerSecond < 0 || math.IsNaN(c.RatePerSecond) || math.IsInf(c.RatePerSecond, 0) {
		errs = append(errs, fmt.Errorf("mail.rate_per_second is %v: want messages a second, 0 for no limit", c.RatePerSecond))
	}
	return errors.Join(append(errs, c.validateKeys(), present("mail.suppression_file", c.SuppressionFile))...)
}

// validateKeys checks that each DKIM key has its selector and a domain.
func (c *Config) validateKeys() error {
	var errs []error
	for _, key := range []struct{ kind, selector, file string }{
		{"rsa", c.DKIMRSASelector, c.DKIMRSAKeyFile},
		{"ed25519", c.DKIMEd25519Selector, c.DKIMEd25519KeyFile},
	} {
		if (key.selector == "") != (key.file == "") {
			errs = append(errs, fmt.Errorf("mail.dkim_%[1]s_selector and mail.dkim_%[1]s_key_file: set both or neither",
				key.kind))
		}
		if key.file != "" && c.DKIMDomain == "" {
			errs = append(errs, fmt.Errorf("mail.dkim_domain is missing: mail.dkim_%s_key_file needs it", key.kind))
		}
		errs = append(errs, present("mail.dkim_"+key.kind+"_key_file", key.file))
	}
	if c.DKIMDomain != "" {
		if _, err := asciiDomain(c.DKIMDomain); err != nil {
			errs = append(errs, fmt.Errorf("mail.dkim_domain: %w", err))
		}
	}
	return errors.Join(errs...)
}

// AllServers lists the first server and those that stand in for it.
func (c *Config) AllServers() []Server { return append([]Server{c.Server}, c.Servers...) }

// Limit is the greatest size of a PDF in a message, in bytes.
func (c *Config) Limit() int64 {
	if c.AttachLimit == 0 {
		return DefaultAttachLimit
	}
	return c.AttachLimit
}

func (s *Server) validate(name string) error {
	var errs []error
	if s.Host == "" {
		errs = append(errs, fmt.Errorf("%s.host is missing: the name of an SMTP server", name))
	}
	if strings.ContainsFunc(s.Host, func(r rune) bool { return r <= ' ' || r == '/' || r == 0x7f }) {
		errs = append(errs, fmt.Errorf("%s.host is %q: want a host name or an IP address", name, s.Host))
	}
	if s.Port < 0 || s.Port > 65535 {
		errs = append(errs, fmt.Errorf("%s.port is %d: want 1 to 65535", name, s.Port))
	}
	switch s.TLS {
	case "", StartTLS, ImplicitTLS:
	case NoTLS:
		if !isLoopbackName(s.Host) {
			errs = append(errs, fmt.Errorf("%s.tls is none, but %q is not this machine: want starttls or tls", name, s.Host))
		}
	default:
		errs = append(errs, fmt.Errorf("%s.tls is %q: want starttls, tls or none", name, s.TLS))
	}
	errs = append(errs, s.validateAuth(name), present(name+".ca_file", s.CAFile))
	return errors.Join(errs...)
}

func (s *Server) validateAuth(name string) error {
	if s.Auth == "" {
		if s.User != "" || s.PasswordFile != "" {
			return fmt.Errorf("%s.auth is missing: user and password_file need it (%s)", name, strings.Join(authMethods, ", "))
		}
		return nil
	}
	known := false
	for _, method := range authMethods {
		known = known || strings.EqualFold(method, s.Auth)
	}
	switch {
	case !known:
		return fmt.Errorf("%s.auth is %q: want %s", name, s.Auth, strings.Join(authMethods, ", "))
	case s.User == "" || s.PasswordFile == "":
		return fmt.Errorf("%s.auth is %s: it needs user and password_file", name, s.Auth)
	}
	return present(name+".password_file", s.PasswordFile)
}

// port is the server's port, or the usual one.
func (s *Server) port() int {
	switch {
	case s.Port != 0:
		return s.Port
	case s.TLS == ImplicitTLS:
		return 465 // RFC 8314 §3.3
	case s.TLS == NoTLS:
		return 25
	}
	return 587
}

// addr is "host:port".
func (s *Server) addr() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.port())) }

func isLoopbackName(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// present complains when a file that is named is not there.
func present(key, file string) error {
	if file == "" {
		return nil
	}
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}
