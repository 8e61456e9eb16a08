package server

import (
	"context"
	"net/netip"
	"time"

	"offprint/internal/problem"
)

// requestInfo is what is known of one request while it is answered. The steps before
// the handler fill it in; the log is written from it.
type requestInfo struct {
	id      string     // X-Request-Id
	trace   string     // the trace's part of traceparent, "" without
	parent  string     // traceparent as it came, "" without
	client  netip.Addr // who asked, as far as proxies are believed
	forward bool       // it came with forwarded headers, believed or not
	local   bool       // it came from this machine, through no proxy
	began   time.Time

	route  *route // nil: none was found
	caller *caller
	source string // hash of the article's address, for the log
	code   problem.Code
}

type requestInfoKey struct{}

// infoFrom gives what is known of the request that a context belongs to. A context
// that came through no server gives an empty one, so callers need no check for nil.
func infoFrom(ctx context.Context) *requestInfo {
	if info, ok := ctx.Value(requestInfoKey{}).(*requestInfo); ok {
		return info
	}
	return &requestInfo{caller: &caller{}}
}

// TraceParent is the W3C trace context that a request came with, to be carried
// into what it sets off; "" without. See https://www.w3.org/TR/trace-context/.
func TraceParent(ctx context.Context) string { return infoFrom(ctx).parent }
