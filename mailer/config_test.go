package mailer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writeFile(t testing.TB, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func goodConfig(t *testing.T) *Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	writeFile(t, file, "secret\n")
	c := &Config{From: "經濟通 <news@offprint.example>", DKIMDomain: "offprint.example", DKIMRSASelector: "r1", DKIMRSAKeyFile: file}
	c.Server = Server{Host: "smtp.offprint.example", Auth: "plain", User: "u", PasswordFile: file}
	return c
}

func TestConfigValidate(t *testing.T) {
	if err := goodConfig(t).Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   string
	}{
		{"no host", func(c *Config) { c.Host = "" }, "mail.host is missing"},
		{"host with a line break", func(c *Config) { c.Host = "a\r\nb" }, "mail.host is"},
		{"port", func(c *Config) { c.Port = 70000 }, "mail.port is 70000"},
		{"tls", func(c *Config) { c.TLS = "ssl" }, "want starttls, tls or none"},
		{"tls none to the world", func(c *Config) { c.TLS = NoTLS }, "is not this machine"},
		{"auth", func(c *Config) { c.Auth = "NTLM" }, "want PLAIN"},
		{"auth without user", func(c *Config) { c.User = "" }, "needs user and password_file"},
		{"user without auth", func(c *Config) { c.Auth = "" }, "mail.auth is missing"},
		{"password file", func(c *Config) { c.PasswordFile = "/nowhere/secret" }, "mail.password_file"},
		{"from", func(c *Config) { c.From = "news" }, "mail.from"},
		{"envelope domain", func(c *Config) { c.EnvelopeDomain = "localhost" }, "mail.envelope_domain"},
		{"selector without key", func(c *Config) { c.DKIMEd25519Selector = "e1" }, "set both or neither"},
		{"key without domain", func(c *Config) { c.DKIMDomain = "" }, "mail.dkim_domain is missing"},
		{"attach limit", func(c *Config) { c.AttachLimit = -1 }, "mail.attach_limit"},
		{"rate", func(c *Config) { c.RatePerSecond = -1 }, "mail.rate_per_second"},
		{"second server", func(c *Config) { c.Servers = []Server{{Host: "b.example"}, {}} }, "mail.servers[1].host is missing"},
		{"suppression file", func(c *Config) { c.SuppressionFile = "/nowhere/stop" }, "mail.suppression_file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := goodConfig(t)
			c.change(config)
			if err := config.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one about %q", err, c.want)
			}
		})
	}
}

func TestServerPort(t *testing.T) {
	for _, c := range []struct {
		server Server
		want   string
	}{
		{Server{Host: "a.example"}, "a.example:587"},
		{Server{Host: "a.example", TLS: ImplicitTLS}, "a.example:465"},
		{Server{Host: "::1", TLS: NoTLS}, "[::1]:25"},
		{Server{Host: "a.example", Port: 2525}, "a.example:2525"},
	} {
		if got := c.server.addr(); got != c.want {
			t.Errorf("%+v is reached at %s, want %s", c.server, got, c.want)
		}
	}
}
