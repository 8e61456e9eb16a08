package server

import (
	"net/http"
	"net/netip"
	"strings"
)

// forwardedHeaders are those by which proxies tell whom they speak for.
var forwardedHeaders = []string{
	"X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via",
}

// client tells who made a request. X-Forwarded-For is believed as far as the
// trusted proxies wrote it: it is read from its end, and the first address that
// is no trusted proxy is the client. Whatever stands before that, anybody may
// have written.
//
// local says that the request was made on this machine itself. A request with
// forwarded headers never counts as that: something passed it on.
func (s *Server) client(r *http.Request) (client netip.Addr, local, forwarded bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false, true
	}
	client = peer.Addr().Unmap().WithZone("")
	for _, name := range forwardedHeaders {
		forwarded = forwarded || r.Header.Get(name) != ""
	}
	local = client.IsLoopback() && !forwarded
	list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(list) - 1; i >= 0 && s.trusts(client); i-- {
		next, ok := parseForwarded(strings.TrimSpace(list[i]))
		if !ok {
			break
		}
		client = next
	}
	return client, local, forwarded
}

// parseForwarded reads an address as proxies write it: some add the port.
func parseForwarded(s string) (netip.Addr, bool) {
	a, err := netip.ParseAddr(s)
	if err != nil {
		var withPort netip.AddrPort
		withPort, err = netip.ParseAddrPort(s)
		a = withPort.Addr()
	}
	return a.Unmap().WithZone(""), err == nil
}

// trusts reports whether an address is a trusted proxy's.
func (s *Server) trusts(a netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
