package callback

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"

	"offprint/internal/fetch"
	"offprint/internal/queue"
)

// Config is the section [callbacks] of the configuration.
type Config struct {
	// URL is told of every job that names no callback of its own. Empty: nothing is.
	URL string `toml:"url"`
	// SecretFile holds the secrets that calls are signed with: see [ReadSecrets].
	SecretFile string `toml:"secret_file"`
	// AllowHosts may be called also where they are at private addresses and at
	// other ports than 80 and 443, with the hosts beneath them. It does not keep
	// calls from other hosts that are public.
	AllowHosts []string `toml:"allow_hosts"`
}

// Validate checks all that can be known without the network. It opens no file
// but says when one is not there.
func (c *Config) Validate() error {
	var errs []error
	if err := fetch.CheckHosts(c.AllowHosts); err != nil {
		errs = append(errs, fmt.Errorf("callbacks.allow_hosts: %w", err))
	}
	for _, host := range c.AllowHosts {
		if name, _, err := net.SplitHostPort(host); err == nil {
			errs = append(errs, fmt.Errorf("callbacks.allow_hosts: %q: leave out the port; all of %s may be called", host, name))
		}
	}
	if c.URL != "" {
		if err := c.Check(c.URL); err != nil {
			errs = append(errs, fmt.Errorf("callbacks.url: %w", err))
		}
	}
	if c.SecretFile != "" {
		if _, err := os.Stat(c.SecretFile); err != nil {
			errs = append(errs, fmt.Errorf("callbacks.secret_file: %w", err))
		}
	}
	return errors.Join(errs...)
}

// Check refuses a callback that could never be called, so that who submits a
// job learns it at once. An address that is not public is found out only when it
// is called.
func (c *Config) Check(address string) error {
	if err := queue.CheckCallback(address); err != nil {
		return err
	}
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	switch u.Port() {
	case "", "80", "443":
		return nil
	}
	if fetch.HostIn(u.Hostname(), c.AllowHosts) {
		return nil
	}
	return fmt.Errorf("callback has the port %s: want 80 or 443, or the host in allow_hosts of the section [callbacks]",
		u.Port())
}
