package server

import (
	"context"
	"net/netip"
	"time"

	"offprint/internal/problem"
)

// exchange is what is known of one request while it is answered. The steps before
// the handler fill it in; the log is written from it.
type exchange struct {
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

type exchangeKey struct{}

// of gives the request's exchange. A context that came through no server has an
// empty one, so that nothing need ask.
func of(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{caller: &caller{}}
}

// RequestID is the id of the request that a context belongs to.
func RequestID(ctx context.Context) string { return of(ctx).id }

// TraceParent is the W3C trace context that a request came with, to be carried
// into what it sets off; "" without. See https://www.w3.org/TR/trace-context/.
func TraceParent(ctx context.Context) string { return of(ctx).parent }
