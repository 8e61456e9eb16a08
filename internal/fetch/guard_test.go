package fetch

import (
	"net/netip"
	"testing"
)

// Addresses that a page must not reach, whatever it calls them.
var privateTargets = []string{
	"127.0.0.1:80", "127.255.255.254:80", "0.0.0.0:80", "[::1]:80", "[::]:80", "[::ffff:127.0.0.1]:80",
	"10.0.0.1:80", "172.16.0.1:80", "172.31.255.255:80", "192.168.1.1:80", "169.254.169.254:80",
	"100.64.0.1:80", "100.100.100.200:80", "192.0.0.192:80", "192.0.2.1:80", "198.18.0.1:80", "198.19.255.255:80",
	"198.51.100.1:80", "203.0.113.1:80", "192.88.99.1:80", "224.0.0.1:80", "239.255.255.250:80", "240.0.0.1:80", "255.255.255.255:80",
	"[fe80::1]:80", "[fc00::1]:80", "[fd00:ec2::254]:80", "[fec0::1]:80", "[ff02::1]:80",
	"[64:ff9b::7f00:1]:80", "[64:ff9b:1::a00:1]:80", "[2002:7f00:1::1]:80", "[2001::1]:80", "[2001:db8::1]:80",
	"[3fff::1]:80", "[5f00::1]:80", "[::7f00:1]:80", "[100::1]:80",
}

func networkOf(t *testing.T, address string) string {
	t.Helper()
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		t.Fatal(err)
	}
	if to.Addr().Is4() {
		return "tcp4"
	}
	return "tcp6"
}

func TestHostsOfThePageMustBePublic(t *testing.T) {
	g := newGuard(nil, false, nil)
	for _, address := range privateTargets {
		if err := g.check(nil, false, networkOf(t, address), address); err == nil {
			t.Errorf("%s is allowed", address)
		}
	}
	cases := []struct {
		address string
		allowed bool
	}{
		{"1.1.1.1:80", true},
		{"1.1.1.1:443", true},
		{"[2606:4700::1111]:443", true},
		{"1.1.1.1:25", false},
		{"1.1.1.1:6379", false},
	}
	for _, c := range cases {
		if err := g.check(nil, false, networkOf(t, c.address), c.address); (err == nil) != c.allowed {
			t.Errorf("%s: %v, want allowed %v", c.address, err, c.allowed)
		}
	}
}

// step is one dial of a typed host: the address its name has become, and
// whether a connection was made.
type step struct {
	address string
	allowed bool
	connect bool
}

func TestTypedHost(t *testing.T) {
	cases := []struct {
		name        string
		denyPrivate bool
		steps       []step
	}{
		{"on the user's network", false, []step{{"10.0.0.5:8080", true, true}, {"10.0.0.5:9000", true, true}}},
		{"on this machine, two addresses", false, []step{{"[::1]:80", true, false}, {"127.0.0.1:80", true, true}, {"127.0.0.1:80", true, true}}},
		{"public, any port", false, []step{{"1.1.1.1:8080", true, true}, {"1.0.0.1:8080", true, true}}},
		{"rebound to loopback", false, []step{{"1.1.1.1:80", true, true}, {"127.0.0.1:80", false, false}}},
		{"rebound before it answered", false, []step{{"1.1.1.1:80", true, false}, {"127.0.0.1:80", false, false}}},
		{"rebound within the network", false, []step{{"10.0.0.5:80", true, true}, {"10.0.0.6:80", false, false}}},
		{"moved out of the network", false, []step{{"10.0.0.5:80", true, true}, {"1.1.1.1:80", true, true}, {"10.0.0.5:80", true, true}}},
		{"private hosts denied", true, []step{{"10.0.0.5:80", false, false}, {"127.0.0.1:80", false, false}, {"1.1.1.1:8080", false, false}, {"1.1.1.1:443", true, true}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := newGuard([]string{"news.example"}, c.denyPrivate, nil)
			p := g.typed["news.example"]
			for i, s := range c.steps {
				err := g.check(p, false, networkOf(t, s.address), s.address)
				if (err == nil) != s.allowed {
					t.Fatalf("step %d, %s: %v, want allowed %v", i, s.address, err, s.allowed)
				}
				p.settled = p.settled || s.connect
			}
		})
	}
}

func TestAsciiHost(t *testing.T) {
	cases := []struct{ host, want string }{
		{"News.Example", "news.example"},
		{"新聞.example", "xn--efvv70d.example"},
		{"127.0.0.1", "127.0.0.1"},
		{"::1", "::1"},
	}
	for _, c := range cases {
		if got := asciiHost(c.host); got != c.want {
			t.Errorf("asciiHost(%q) = %q, want %q", c.host, got, c.want)
		}
	}
}

// Where strangers type, private addresses are refused however they are written, and of
// ports only 80, 443 and those that the operator named for the host.
func TestTypedByStrangers(t *testing.T) {
	g := newGuard([]string{"news.example"}, true, nil)
	forms := append([]string{
		"[::ffff:7f00:1]:80", "[::ffff:10.0.0.1]:80", "[::ffff:169.254.169.254]:80", "[::127.0.0.1]:80", "[::10.0.0.1]:80",
		"[64:ff9b::10.0.0.1]:80", "[64:ff9b::169.254.169.254]:80", "[64:ff9b:1::7f00:1]:80", "[fe80::1%eth0]:80",
		"[::1%lo]:80", "[::ffff:0:127.0.0.1]:80", "[2002:a00:1::1]:80",
	}, privateTargets...)
	for _, address := range forms {
		for _, named := range []bool{false, true} {
			p := g.typed["news.example"]
			if err := g.check(p, named, networkOf(t, address), address); err == nil {
				t.Errorf("%s is allowed, named %v", address, named)
			}
			if err := g.check(nil, named, networkOf(t, address), address); err == nil {
				t.Errorf("%s is allowed to a page, named %v", address, named)
			}
		}
	}
	ports := []string{"news.example:8443", "other.example", "[2606:4700::1111]:8080"}
	for _, c := range []struct {
		host, port string
		allowed    bool
	}{
		{"news.example", "80", true},
		{"news.example", "443", true},
		{"news.example", "8443", true},
		{"www.news.example", "8443", true},
		{"NEWS.example.", "8443", true},
		{"2606:4700::1111", "8080", true},
		{"news.example", "22", false},
		{"news.example", "6379", false},
		{"other.example", "8443", false},
		{"notnews.example", "8443", false},
		{"news.example", "08443", false},
	} {
		named := portNamed(c.host, c.port, ports)
		address := "1.1.1.1:" + c.port
		for _, p := range []*pin{nil, {private: map[netip.Addr]bool{}}} {
			if err := g.check(p, named, "tcp4", address); c.port != "08443" && (err == nil) != c.allowed {
				t.Errorf("%s:%s, typed %v: %v", c.host, c.port, p != nil, err)
			}
		}
	}
	for _, bad := range []string{"news.example:", "news.example:0", "news.example:70000", "news.example:http", ":80", "a/b:80"} {
		if CheckHosts([]string{bad}) == nil {
			t.Errorf("%q is taken for a host", bad)
		}
	}
	if err := CheckHosts(ports); err != nil {
		t.Error(err)
	}
}
