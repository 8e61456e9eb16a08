package server

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/httprate"

	"offprint/internal/problem"
)

// limiters count requests a minute.
type limiters struct {
	perIP       *httprate.RateLimiter // nil: no limit
	mostPerIP   int
	perKey      *httprate.RateLimiter
	sparesLocal bool // perIP is not for this machine's programs
	sparesKeys  bool // perKey is for keys alone that have a rate of their own
}

func newLimiters(l Limits) limiters {
	made := limiters{sparesLocal: l.PerIPPerMinute == 0, sparesKeys: l.PerKeyPerMinute < 0}
	l.setDefaults()
	if l.PerIPPerMinute > 0 {
		made.perIP, made.mostPerIP = newLimiter(l.PerIPPerMinute), l.PerIPPerMinute
	}
	made.perKey = newLimiter(max(1, l.PerKeyPerMinute))
	return made
}

func newLimiter(n int) *httprate.RateLimiter {
	return httprate.NewRateLimiter(n, time.Minute,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{})) // we set Retry-After ourselves
}

// allow counts a request against its key, or without one against its address; an
// IPv6 address counts as its /64, which one client has all of.
func (s *Server) allow(w http.ResponseWriter, r *http.Request) bool {
	info := infoFrom(r.Context())
	limiter, name := s.limiterOf(info)
	if info.caller.key != nil {
		limiter, name = s.limits.perKey, info.caller.id()
		if n := info.caller.key.PerMinute(); n > 0 {
			r = r.WithContext(httprate.WithRequestLimit(r.Context(), n))
		} else if s.limits.sparesKeys {
			limiter = nil
		}
	}
	if limiter == nil || !limiter.OnLimit(w, r, name) {
		return true
	}
	s.tooMany(w, r)
	return false
}

// limiterOf gives the limiter of a caller's address, nil when there is none, and
// the address as it counts.
func (s *Server) limiterOf(info *requestInfo) (*httprate.RateLimiter, string) {
	if info.local && s.limits.sparesLocal {
		return nil, ""
	}
	return s.limits.perIP, httprate.CanonicalizeIP(info.client.String())
}

func (s *Server) tooMany(w http.ResponseWriter, r *http.Request) {
	refused := problem.New(problem.RateLimited, "more requests than are answered in a minute", "")
	s.fail(w, r, retryLater(refused, time.Minute))
}

// tolerate admits a client that was refused less often than the limit in the last
// minute.
func (s *Server) tolerate(w http.ResponseWriter, r *http.Request) bool {
	limiter, name := s.limiterOf(infoFrom(r.Context()))
	if limiter == nil {
		return true
	}
	if _, rate, err := limiter.Status(name); err == nil && int(math.Round(rate)) < s.limits.mostPerIP {
		return true
	}
	s.tooMany(w, r)
	return false
}

// countRefusal counts a request that ended in a problem.
func (s *Server) countRefusal(w http.ResponseWriter, r *http.Request) {
	info := infoFrom(r.Context())
	if limiter, name := s.limiterOf(info); limiter != nil && info.code != "" {
		limiter.OnLimit(w, r, name)
	}
}

// retryAfter writes a Retry-After header's value: whole seconds, at least one.
func retryAfter(d time.Duration) string {
	return strconv.Itoa(max(1, int((d+time.Second-1)/time.Second)))
}
