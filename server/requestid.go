package server

import (
	"context"
	"crypto/rand"
	"net/http"
	"regexp"
	"strings"
)

const requestIDHeader = "X-Request-Id"

var (
	requestIDs   = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)
	traceParents = regexp.MustCompile(`^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$`)
)

// withRequestInfo begins what is known of a request. The id that a caller or a proxy gave
// is kept if it is short and plain, since it goes into logs and headers; else the
// request gets a new one.
func (s *Server) withRequestInfo(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := &requestInfo{id: r.Header.Get(requestIDHeader), began: s.now(), caller: &caller{}}
		if !requestIDs.MatchString(info.id) {
			info.id = strings.ToLower(rand.Text())
		}
		info.parent, info.trace = traceParent(r.Header.Get("Traceparent"))
		info.client, info.local, info.forward = s.client(r)
		w.Header().Set(requestIDHeader, info.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestInfoKey{}, info)))
	})
}

// traceParent checks a traceparent header and gives it with its trace id. By the
// standard a malformed one, or one of zeros, counts as none.
func traceParent(header string) (parent, trace string) {
	m := traceParents.FindStringSubmatch(header)
	if m == nil || strings.HasPrefix(header, "ff") || strings.Trim(m[1], "0") == "" || strings.Trim(m[2], "0") == "" {
		return "", ""
	}
	return header, m[1]
}
