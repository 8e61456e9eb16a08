package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/net/idna"
)

// guard decides which addresses may be connected to. It is asked with the
// address itself, after the name was resolved, for each connection: the page's,
// the redirects' and the pictures'.
type guard struct {
	public      *ssrf.Guardian // public addresses, ports 80 and 443
	anyPort     *ssrf.Guardian // public addresses
	denyPrivate bool
	ports       []string // HOST:PORT beside 80 and 443 that the operator named
	control     func(network, address string) error

	mu    sync.Mutex
	typed map[string]*pin // by host name in ASCII, lower case
}

// pin holds a typed host to the addresses at which it was first reached. Its
// name may be the page's own, so a later answer of its DNS must not lead from a
// public address into the user's network (DNS rebinding).
type pin struct {
	settled bool                // a connection was made
	public  bool                // it has a public address
	private map[netip.Addr]bool // its private addresses
}

func newGuard(hosts []string, denyPrivate bool, control func(network, address string) error) *guard {
	g := &guard{
		public:      ssrf.New(),
		anyPort:     ssrf.New(ssrf.WithAnyPort()),
		denyPrivate: denyPrivate,
		control:     control,
		typed:       map[string]*pin{},
	}
	for _, host := range hosts {
		g.typed[asciiHost(host)] = &pin{private: map[netip.Addr]bool{}}
	}
	return g
}

func (g *guard) isTyped(host string) bool { return g.typed[asciiHost(host)] != nil }

// dial connects to address, a host and port, if the guard allows it.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	isNamed := portNamed(host, port, g.ports)
	p := g.typed[asciiHost(host)]
	dialer := net.Dialer{
		Timeout: 10 * time.Second,
		Control: func(network, address string, _ syscall.RawConn) error {
			if err := g.check(p, isNamed, network, address); err != nil {
				return &Error{Kind: Refused, Err: err}
			}
			if g.control != nil {
				return g.control(network, address)
			}
			return nil
		},
	}
	conn, err := dialer.DialContext(ctx, network, address)
	if err == nil && p != nil {
		g.mu.Lock()
		p.settled = true
		g.mu.Unlock()
	}
	return conn, err
}

// check allows or refuses one address; p is nil for a host that was not typed. isNamed
// says that the operator named the port for the host. Where strangers type, no other
// port but 80 and 443 is dialled: what listens there is no web site for the world.
func (g *guard) check(p *pin, isNamed bool, network, address string) error {
	if p == nil {
		return g.guardian(isNamed).Safe(network, address, nil)
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("address %q: %w", address, err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	notPublic := g.guardian(isNamed || !g.denyPrivate).Safe(network, address, nil)
	switch {
	case notPublic == nil:
		p.public = p.public || !p.settled
		return nil
	case g.denyPrivate:
		return notPublic
	case p.settled && !p.private[to.Addr()], !p.settled && p.public:
		return fmt.Errorf("the host now answers at %s, which is not public, and was reached elsewhere before", to.Addr())
	}
	p.private[to.Addr()] = true
	return nil
}

func (g *guard) guardian(anyPort bool) *ssrf.Guardian {
	if anyPort {
		return g.anyPort
	}
	return g.public
}

// asciiHost is a host name as it is dialled: in lower case, international names
// in Punycode.
func asciiHost(host string) string {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	return strings.ToLower(host)
}
