package main

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"

	"offprint/internal/queue"
)

// advice is something about the service that is no fault, and that an operator
// would want to know before the world finds out.
type advice struct{ what, hint string }

// setsService reports whether anything of the service is set up.
func (c *config) setsService() bool {
	for key := range c.origin {
		section, _, _ := strings.Cut(key, ".")
		switch section {
		case "data_dir", "serve", "store", "limits", "hooks", "callbacks", "lists":
			return true
		}
	}
	return c.Site.PublicURL != "" || queue.Exists(c.DataDir)
}

// advise looks at the sections of the service together.
func (c *config) advise() []advice {
	if !c.setsService() {
		return nil
	}
	var list []advice
	add := func(when bool, hint, what string, args ...any) {
		if when {
			list = append(list, advice{fmt.Sprintf(what, args...), hint})
		}
	}
	public := c.Site.PublicURL != ""
	add(strings.HasPrefix(c.Site.PublicURL, "http://") && !atLoopback(hostOf(c.Site.PublicURL)),
		"put a proxy with TLS before the service, and write https://", "site.public_url is http: keys and readers' links pass in the clear")
	add(public && len(c.Fetch.AllowHosts) == 0,
		"set fetch.allow_hosts to the hosts of your articles and pictures", "fetch.allow_hosts is not set: whoever has a key can have any public page read")
	add(public && c.origin["fetch.deny_private"] != "" && !c.Fetch.DenyPrivate,
		"leave fetch.deny_private out: the service then reads public addresses alone", "fetch.deny_private is false: pages at private addresses are read for whoever asks")
	add(public && atLoopback(hostPart(c.listenAddress())) && len(c.Serve.TrustedProxies) == 0,
		`set serve.trusted_proxies to the proxy's address, such as "127.0.0.1"`, "serve.trusted_proxies is not set: behind a proxy all readers count as one in limits.per_ip_per_minute")
	add(!public && !atLoopback(hostPart(c.listenAddress())),
		"set site.public_url, and make keys: offprint keys create", "the service listens at %s, but site.public_url is not set: other machines are turned away", c.listenAddress())
	add(!atLoopback(hostPart(c.adminAddress())),
		"let it listen at 127.0.0.1 or in a network of your own", "the operator's pages at %s can be reached from other machines; they ask for a key with the scope admin", c.adminAddress())
	return list
}

// adviceLines are for config check.
func (c *config) adviceLines() []string {
	var lines []string
	for _, a := range c.advise() {
		lines = append(lines, a.what+". "+strings.ToUpper(a.hint[:1])+a.hint[1:])
	}
	return lines
}

// checkActions holds the actions of hooks against what they need.
func (c *config) checkActions() error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(c.Hooks)) {
		for _, action := range c.Hooks[name].Actions {
			list, mails := strings.CutPrefix(action, "email:")
			if !mails {
				continue
			}
			if _, ok := c.Lists[list]; !ok {
				errs = append(errs, fmt.Errorf("hooks.%s.actions: there is no list %q: write [lists.%s] with its recipients_file", name, list, list))
			}
			if c.Mail.Host == "" {
				errs = append(errs, fmt.Errorf("hooks.%s.actions mails, but mail.host is not set", name))
			}
		}
	}
	return errors.Join(errs...)
}

// hostOf is the host of a URL, "" when it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// hostPart is the host of HOST:PORT.
func hostPart(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}

// atLoopback reports whether a host is this machine alone.
func atLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
