package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"offprint/internal/problem"
)

// checkHost refuses requests that were made for another host. A page in a
// browser can make its own name lead to this machine (DNS rebinding). It would then be
// let in as if it were the service's own. The name in the Host header tells it apart.
// See https://www.w3.org/TR/2021/WD-cors-for-private-networks/
// and CWE-350.
func (s *Server) checkHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.knowsHost(r) {
			want := "ask for localhost or 127.0.0.1, or set site.public_url"
			if s.public != nil {
				want = "ask for " + s.public.Host + ", which is site.public_url; a proxy in between must pass the Host header on"
			}
			s.fail(w, r, problem.New(problem.Forbidden, "the service has another name than the request's Host header", want))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// knowsHost reports whether the Host header names this service. The probes of a
// balancer or cluster ask by address, and give nothing away.
func (s *Server) knowsHost(r *http.Request) bool {
	if probes[r.URL.Path] {
		return true
	}
	host := hostname(r.Host)
	if s.public != nil && host == hostname(s.public.Host) {
		return true
	}
	if s.public != nil && !infoFrom(r.Context()).local {
		return false
	}
	listen, _, _ := net.SplitHostPort(s.config.Settings.Listen)
	return isLoopbackName(host) || (listen != "" && !isUnspecified(listen) && host == hostname(listen))
}

// hostname is the name in a Host header, without port, in lower case.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// isLoopbackName reports whether a host is this machine, in one of the forms by which
// browsers know that: to these alone they say from where a page's requests come
// (Secure Contexts §3.1, Fetch Metadata §2). To http://[::ffff:127.0.0.1] they send
// another site's plain GET without Origin and Sec-Fetch-Site, as a program does.
func isLoopbackName(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && (a.Is4() && a.IsLoopback() || a == netip.IPv6Loopback())
}

// ownProgram reports whether a request is one of this machine's own programs, and not of
// a page that a browser here shows.
func (s *Server) ownProgram(r *http.Request) bool {
	return infoFrom(r.Context()).local && isLoopbackName(hostname(r.Host)) && !crossSite(r)
}

func isUnspecified(host string) bool {
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && a.IsUnspecified()
}
