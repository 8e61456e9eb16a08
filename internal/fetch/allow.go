package fetch

import (
	"fmt"
	"net/url"
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

// HostIn reports whether a host is one of hosts, or beneath one of them.
func HostIn(host string, hosts []string) bool {
	host = strings.TrimSuffix(asciiHost(host), ".")
	for _, one := range hosts {
		one = asciiHost(one)
		if host == one || strings.HasSuffix(host, "."+one) {
			return true
		}
	}
	return false
}

// CheckHosts refuses what is not a plain host name or IP address, such as a URL.
func CheckHosts(hosts []string) error {
	for _, host := range hosts {
		if host == "" || strings.ContainsAny(host, "/@?#*%[] \t\r\n\x00") || strings.HasPrefix(host, ".") {
			return fmt.Errorf("%q is not a host: want a name such as news.example, which stands for those beneath it, too", host)
		}
	}
	return nil
}
