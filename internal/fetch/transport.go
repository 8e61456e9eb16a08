package fetch

import (
	"context"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Transport is the way to the network for requests that belong to no page, such
// as callbacks. The guard decides as for a page's pictures, when a connection
// is made: only public addresses, ports 80 and 443. The listed hosts, which the
// operator trusts, may be anywhere and at any port, as may those beneath them.
// An address that is refused gives an [*Error] of kind [Refused].
//
// Control is as in [Config]. No proxy of the environment is used, and no
// redirect is followed; that is the business of an [http.Client].
func Transport(listed []string, control func(network, address string) error) (*http.Transport, error) {
	if err := CheckHosts(listed); err != nil {
		return nil, err
	}
	g := newGuard(nil, true, control)
	return &http.Transport{
		Proxy: nil, // a proxy would dial for us, past the guard
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err == nil && HostIn(host, listed) {
				return dialListed(ctx, network, address, control)
			}
			return g.dial(ctx, network, address)
		},
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // what comes back could unpack to anything
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        90 * time.Second,
	}, nil
}

// dialListed connects to wherever a host of the operator's list is.
func dialListed(
	ctx context.Context, network, address string, control func(network, address string) error,
) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	if control != nil {
		dialer.Control = func(network, address string, _ syscall.RawConn) error { return control(network, address) }
	}
	return dialer.DialContext(ctx, network, address)
}
