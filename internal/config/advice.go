package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"offprint/internal/queue"
)

// Advice tells an operator of a weakness of the service that is not a fault.
type Advice struct{ What, Hint string }

// SetsService reports whether anything of the service is set up.
func (c *Config) SetsService() bool {
	for key := range c.origin {
		section, _, _ := strings.Cut(key, ".")
		switch section {
		case "data_dir", "serve", "store", "limits", "hooks", "callbacks", "lists", "readers":
			return true
		}
	}
	return c.Site.PublicURL != "" || queue.Exists(c.DataDir)
}

// Advise looks at the sections of the service together.
func (c *Config) Advise() []Advice {
	if !c.SetsService() {
		return nil
	}
	var list []Advice
	add := func(when bool, hint, what string, args ...any) {
		if when {
			list = append(list, Advice{fmt.Sprintf(what, args...), hint})
		}
	}
	public := c.Site.PublicURL != ""
	inTheClear := strings.HasPrefix(c.Site.PublicURL, "http://") && !atLoopback(hostOf(c.Site.PublicURL))
	add(inTheClear,
		"put a proxy with TLS before the service, and write https://",
		"site.public_url is http: keys and readers' links pass in the clear")
	add(public && len(c.Fetch.AllowHosts) == 0,
		"set fetch.allow_hosts to the hosts of your articles and pictures",
		"fetch.allow_hosts is not set: whoever has a key can have any public page read")
	add(public && c.origin["fetch.deny_private"] != "" && !c.Fetch.DenyPrivate,
		"leave fetch.deny_private out: the service then reads public addresses alone",
		"fetch.deny_private is false: pages at private addresses are read for whoever asks")
	add(c.Readers.Enabled && c.Readers.SecretFile == "",
		"set readers.secret_file to a file that your pages' program can read, too",
		"readers.secret_file is not set: only who can read readers.secret in data_dir can sign pages' tokens")
	add(c.Readers.Enabled && public && len(c.Site.Hosts) == 0,
		"set site.hosts to the hosts of your articles",
		"site.hosts is not set: pages of all fetch.allow_hosts may show the form")
	local := atLoopback(hostPart(c.ListenAddress()))
	behindProxy := public && local
	add(behindProxy && len(c.Serve.TrustedProxies) == 0,
		`set serve.trusted_proxies to the proxy's address, such as "127.0.0.1"`,
		"serve.trusted_proxies is not set: behind a proxy all readers count as one in limits.per_ip_per_minute")
	add(!public && !local,
		"set site.public_url, and make keys: offprint keys create",
		"the service listens at %s, but site.public_url is not set: other machines are turned away", c.ListenAddress())
	add(!atLoopback(hostPart(c.AdminAddress())),
		"let it listen at 127.0.0.1 or in a network of your own",
		"the operator's pages at %s can be reached from other machines; they ask for a key with the scope admin",
		c.AdminAddress())
	return list
}

// AdviceLines gives the advice as lines, for config check.
func (c *Config) AdviceLines() []string {
	var lines []string
	for _, a := range c.Advise() {
		lines = append(lines, a.What+". "+strings.ToUpper(a.Hint[:1])+a.Hint[1:])
	}
	return lines
}

// checkActions holds the actions of hooks against what they need.
func (c *Config) checkActions() error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(c.Hooks)) {
		for _, action := range c.Hooks[name].Actions {
			list, mails := strings.CutPrefix(action, "email:")
			if !mails {
				continue
			}
			if _, ok := c.Lists[list]; !ok {
				errs = append(errs, fmt.Errorf(
					"hooks.%s.actions: there is no list %q: write [lists.%s] with its recipients_file", name, list, list))
			}
			if c.Mail.Host == "" {
				errs = append(errs, fmt.Errorf("hooks.%s.actions mails, but mail.host is not set", name))
			}
		}
	}
	return errors.Join(errs...)
}

// checkReaders holds the readers' form against what it needs.
func (c *Config) checkReaders() error {
	if !c.Readers.Enabled {
		return nil
	}
	var errs []error
	if c.Mail.Host == "" {
		errs = append(errs, errors.New("readers.enabled is true, but mail.host is not set"))
	}
	if len(c.PublicHosts()) == 0 {
		errs = append(errs, errors.New("readers.enabled is true, but site.hosts is not set: name the hosts of your articles"))
	}
	return errors.Join(errs...)
}
