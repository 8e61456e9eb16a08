package fetch

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// NotAllowed is the kind of a page at a host that the configuration leaves out.
const NotAllowed Kind = "not-allowed"

// checkAllowed refuses a page that stands at none of Config.AllowHosts. Pictures
// may be anywhere: papers keep them at other hosts.
func (c *Config) checkAllowed(u *url.URL, lim limit) error {
	if len(c.AllowHosts) == 0 || lim != pageLimit || HostIn(u.Hostname(), c.AllowHosts) {
		return nil
	}
	return &Error{
		Kind: NotAllowed, Source: bare(u),
		Err: fmt.Errorf("host %q is none of those that pages may be read from", u.Hostname()),
	}
}

// HostIn reports whether a host is one of hosts, or beneath one of them. A port that
// stands behind one of them does not matter.
func HostIn(host string, hosts []string) bool {
	host, _ = splitPort(host)
	host = strings.TrimSuffix(asciiHost(host), ".")
	for _, one := range hosts {
		one, _ = splitPort(one)
		one = asciiHost(one)
		if host == one || strings.HasSuffix(host, "."+one) {
			return true
		}
	}
	return false
}

// portNamed reports whether one of the names HOST:PORT is of this port, and of the host
// or one that it is beneath.
func portNamed(host, port string, names []string) bool {
	for _, name := range names {
		if _, named := splitPort(name); named != "" && named == port && HostIn(host, []string{name}) {
			return true
		}
	}
	return false
}

// splitPort parts HOST:PORT; the port is "" where there is none. A host with several
// colons is an IPv6 address.
func splitPort(s string) (host, port string) {
	if strings.HasPrefix(s, "[") || strings.Count(s, ":") == 1 {
		if host, port, err := net.SplitHostPort(s); err == nil {
			return host, port
		}
	}
	return s, ""
}

// CheckHosts refuses what is not a plain host name or IP address, with a port or
// without, such as a URL.
func CheckHosts(hosts []string) error {
	const want = "want a name such as news.example, which stands for those beneath it, too, or HOST:PORT"
	for _, host := range hosts {
		name, port := splitPort(host)
		n, err := strconv.Atoi(port)
		isPort := port == "" && name == host || err == nil && n > 0 && n <= 65535
		if name == "" || !isPort || strings.ContainsAny(name, "/@?#*%[] \t\r\n\x00") || strings.HasPrefix(name, ".") {
			return fmt.Errorf("%q is not a host: %s", host, want)
		}
	}
	return nil
}
