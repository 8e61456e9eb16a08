package config

import (
	"cmp"
	"net"
	"net/url"

	"offprint/server"
)

// ListenAddress is where the service listens.
func (c *Config) ListenAddress() string { return cmp.Or(c.Serve.Listen, server.DefaultListen) }

// AdminAddress is where the operator's pages are.
func (c *Config) AdminAddress() string { return cmp.Or(c.Serve.AdminListen, server.DefaultAdminListen) }

// PublicHosts are the hosts whose pages anybody may print.
func (c *Config) PublicHosts() []string {
	if len(c.Site.Hosts) > 0 {
		return c.Site.Hosts
	}
	return c.Fetch.AllowHosts
}

// Reachable is an address at which a listener can be asked: one that listens at all
// addresses of the machine is asked at loopback.
func Reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
	}
	return net.JoinHostPort(host, port)
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
